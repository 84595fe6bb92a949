import { type EmbeddedAnswer, type EmbeddedRequest, ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import type { EmbeddedUser } from '../../../../src/demo/state.ts';
import { isFromVersion } from '../../../../src/model/gitlab-version.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedDraft, EmbeddedMergeRequest, EmbeddedState } from '../state/state.ts';
import { isOnDiff } from './diff-position.ts';
import { noteableOf, writerOf } from './find-noteable.ts';

interface Reviewer {
  readonly mr: EmbeddedMergeRequest;
  readonly user: EmbeddedUser;
  readonly request: EmbeddedRequest;
  readonly state: EmbeddedState;
}

type Answer = (reviewer: Reviewer, parts: readonly string[]) => EmbeddedAnswer;

function ofReviewer(method: string, rest: string, answer: Answer): Route {
  const pattern = new RegExp(`^/projects/([^/]+)/(merge_requests)/(\\d+)${rest}$`);
  return route(method, pattern, (request, parts, state) => {
    const of = noteableOf(request, parts, state);
    if ('status' in of) return of;
    if (of.kind !== 'MergeRequest') return refused(refusals.noMergeRequest);
    const user = writerOf(request);
    return 'status' in user ? user : answer({ mr: of.item, user, request, state }, parts.slice(3));
  });
}

function ownDrafts({ mr, user, state }: Reviewer): readonly EmbeddedDraft[] {
  return state.drafts.filter((draft) => draft.mr === mr && draft.author === user);
}

function draftJson({ id, note, position }: EmbeddedDraft): object {
  return { id, note, position };
}

const create: Answer = ({ mr, user, request, state }) => {
  const { note, position } = request.body;
  if (typeof note !== 'string' || typeof position !== 'object' || position === null)
    return refused(refusals.draftWithoutPlace);
  state.nextId += 1;
  const draft: EmbeddedDraft = { id: state.nextId, mr, author: user, note, position };
  state.drafts.push(draft);
  return { status: 201, body: draftJson(draft) };
};

function drop(draft: EmbeddedDraft, state: EmbeddedState): void {
  state.drafts.splice(state.drafts.indexOf(draft), 1);
}

/** All at once; a line that the diff does not show makes GitLab refuse. */
const publish: Answer = (reviewer) => {
  const { mr, user, state } = reviewer;
  const drafts = ownDrafts(reviewer);
  if (drafts.some(({ position }) => !isOnDiff(position, mr))) return refused(refusals.lineOffDiff);
  for (const draft of drafts) {
    state.nextId += 1;
    const now = new Date().toISOString();
    mr.notes.push({
      id: state.nextId,
      author: user,
      body: draft.note,
      system: false,
      created_at: now,
      updated_at: now,
      type: 'DiffNote',
      position: draft.position,
      discussion_id: state.nextId.toString(16).padStart(40, '0'),
    });
    drop(draft, state);
  }
  becomeReviewer(reviewer);
  return { status: 204, body: '' };
};

/** From 19.4 who submits a review becomes a reviewer; from 19.2 it takes a note and a state. */
function becomeReviewer({ mr, user, request, state }: Reviewer): void {
  const { note, reviewer_state: wanted } = request.body;
  const isNew = !(mr.reviewer_ids ?? []).includes(user.id);
  if (isNew && isFromVersion(state.version, 19, 4)) mr.reviewer_ids = [...(mr.reviewer_ids ?? []), user.id];
  if (!isFromVersion(state.version, 19, 2)) return;
  const isAsked = wanted === 'requested_changes';
  mr.review_states = new Map(mr.review_states).set(user.id, isAsked ? wanted : 'reviewed');
  if (typeof note !== 'string') return;
  state.nextId += 1;
  const now = new Date().toISOString();
  mr.notes.push({
    id: state.nextId,
    author: user,
    body: note,
    system: false,
    created_at: now,
    updated_at: now,
  });
}

/** Versions of a diff and drafts of a review. Sources: https://docs.gitlab.com/api/merge_requests/, https://docs.gitlab.com/api/draft_notes/ */
export const reviewRoutes: readonly Route[] = [
  ofReviewer('GET', '/versions', ({ mr }) => {
    const base = mr.diff_base_sha ?? mr.sha;
    return ok([{ id: 1, base_commit_sha: base, start_commit_sha: base, head_commit_sha: mr.sha }]);
  }),
  ofReviewer('GET', '/draft_notes', (reviewer) => ok(ownDrafts(reviewer).map(draftJson))),
  ofReviewer('POST', '/draft_notes', create),
  ofReviewer('POST', '/draft_notes/bulk_publish', publish),
  ofReviewer('DELETE', '/draft_notes/(\\d+)', (reviewer, [id]) => {
    const draft = ownDrafts(reviewer).find((one) => String(one.id) === id);
    if (draft === undefined) return refused(refusals.noDraft);
    drop(draft, reviewer.state);
    return { status: 204, body: '' };
  }),
];
