import type { Reviews } from '../ports/reviews.ts';
import type { Api } from '../transport/api.ts';
import { createDraftNotes } from './draft-notes.ts';
import { createMergeRequestVersions } from './merge-request-versions.ts';

/** The part of the port about comments on a diff. */
export function createReviews(api: Api): Reviews {
  return { ...createMergeRequestVersions(api), ...createDraftNotes(api) };
}
