import type { Api } from './api.ts';
import { createDiscussions } from './discussions.ts';
import { createDraftNotes } from './draft-notes.ts';
import { createMergeRequestVersions } from './merge-request-versions.ts';
import type { Users } from './port.ts';
import type { Reviews } from './ports/reviews.ts';

/** The part of the port about comments on a diff. */
export function createReviews(api: Api, users: Users): Reviews {
  return { ...createMergeRequestVersions(api), ...createDiscussions(api, users), ...createDraftNotes(api) };
}
