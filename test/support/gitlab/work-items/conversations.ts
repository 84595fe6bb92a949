import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import type { EmbeddedUser } from '../../../../src/demo/state.ts';
import { userJson } from '../../../../src/demo/user-json.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, developer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedNote, EmbeddedReaction, EmbeddedState } from '../state/state.ts';
import { isOnDiff } from './diff-position.ts';
import {
  type EmbeddedNoteable,
  type EmbeddedTalk,
  noteableOf,
  noteablePattern,
  writerOf,
} from './find-noteable.ts';
import { addNote } from './new-note.ts';
import { discussionIdOf, discussionJson, discussionsOf, noteJson } from './note-json.ts';

type Discussion = readonly EmbeddedNote[];

/** The discussion of that id, or GitLab's words that there is none. */
export function discussionOf(of: EmbeddedTalk, id: string): Discussion | EmbeddedAnswer {
  return (
    discussionsOf(of).find(([first]) => first !== undefined && discussionIdOf(first) === id) ??
    refused(refusals.noDiscussion)
  );
}

/** An id that no discussion has yet. */
export function newDiscussionId(state: EmbeddedState): string {
  state.nextId += 1;
  return state.nextId.toString(16).padStart(40, '0');
}

function startDiscussion(
  request: EmbeddedRequest,
  of: EmbeddedNoteable,
  state: EmbeddedState,
): EmbeddedAnswer {
  const author = writerOf(request);
  if ('status' in author) return author;
  const { position } = request.body;
  const isPlaced = typeof position === 'object' && position !== null && of.kind === 'MergeRequest';
  if (isPlaced && !isOnDiff(position, of.item)) return refused(refusals.lineOffDiff);
  const fields: Partial<EmbeddedNote> =
    typeof position === 'object' && position !== null
      ? { type: 'DiffNote', position }
      : { type: 'DiscussionNote' };
  const note = addNote(of, { request, author, state }, { ...fields, discussion_id: newDiscussionId(state) });
  return 'status' in note ? note : { status: 201, body: discussionJson([note], of) };
}

/** A reply makes a discussion of a note of its own. */
function reply(
  { request, of, state }: { request: EmbeddedRequest; of: EmbeddedNoteable; state: EmbeddedState },
  notes: Discussion,
): EmbeddedAnswer {
  const author = writerOf(request);
  if ('status' in author) return author;
  const [first] = notes;
  if (first === undefined) return refused(refusals.noDiscussion);
  if (first.system) return refused(refusals.replyToSystemNote);
  const discussion = discussionIdOf(first);
  const note = addNote(
    of,
    { request, author, state },
    { type: first.type ?? 'DiscussionNote', discussion_id: discussion },
  );
  if ('status' in note) return note;
  first.discussion_id = discussion;
  first.type ??= 'DiscussionNote';
  return { status: 201, body: noteJson(note, of) };
}

/** Allowed for Developers, the author of the object, and the user who started it: https://docs.gitlab.com/user/project/merge_requests/#resolve-a-thread */
function mayResolve(user: EmbeddedUser, of: EmbeddedNoteable, state: EmbeddedState): boolean {
  const { item } = of;
  return item.author?.id === user.id || accessLevelOf(user.id, item.project_id, state) >= developer;
}

function resolve(
  { request, of, state }: { request: EmbeddedRequest; of: EmbeddedNoteable; state: EmbeddedState },
  notes: Discussion,
): EmbeddedAnswer {
  const user = writerOf(request);
  if ('status' in user) return user;
  if (!mayResolve(user, of, state)) return refused(refusals.roleTooLow);
  const wanted = request.body['resolved'] ?? request.query.get('resolved');
  if (wanted === null) return refused(refusals.missingField, 'resolved');
  const resolved = wanted === true || wanted === 'true';
  for (const note of notes.filter(({ type, system }) => type !== undefined && !system)) {
    note.resolved = resolved;
    note.resolved_by = resolved ? user : null;
  }
  return ok(discussionJson(notes, of));
}

const discussionRoutes: readonly Route[] = [
  route('GET', noteablePattern('/discussions'), (request, parts, state) => {
    const of = noteableOf(request, parts, state);
    if ('status' in of) return of;
    return page(
      discussionsOf(of).map((notes) => discussionJson(notes, of)),
      request,
    );
  }),
  route('POST', noteablePattern('/discussions'), (request, parts, state) => {
    const of = noteableOf(request, parts, state);
    return 'status' in of ? of : startDiscussion(request, of, state);
  }),
  ...(['GET', 'PUT', 'POST'] as const).map((method) =>
    route(
      method,
      noteablePattern(`/discussions/([0-9a-f]+)${method === 'POST' ? '/notes' : ''}`),
      (request, parts, state) => {
        const of = noteableOf(request, parts, state);
        if ('status' in of) return of;
        const notes = discussionOf(of, parts[3] ?? '');
        if ('status' in notes) return notes;
        if (method === 'GET') return ok(discussionJson(notes, of));
        return method === 'PUT'
          ? resolve({ request, of, state }, notes)
          : reply({ request, of, state }, notes);
      },
    ),
  ),
];

function reactionJson({ user, ...fields }: EmbeddedReaction): object {
  return { ...fields, user: userJson(user) };
}

/** Source: https://docs.gitlab.com/api/emoji_reactions/ */
function react(
  request: EmbeddedRequest,
  on: { reactions?: EmbeddedReaction[] },
  state: EmbeddedState,
): EmbeddedAnswer {
  const user = writerOf(request);
  if ('status' in user) return user;
  const name = request.body['name'] ?? request.query.get('name');
  if (typeof name !== 'string') return refused(refusals.missingField, 'name');
  if (!/^[a-z0-9_+-]+$/.test(name)) return refused(refusals.reactionUnknown);
  const given = on.reactions ?? [];
  const isTaken = given.some((one) => one.name === name && one.user.id === user.id);
  if (isTaken) return refused(refusals.reactionTaken);
  state.nextId += 1;
  const reaction = { id: state.nextId, name, user };
  on.reactions = [...given, reaction];
  return { status: 201, body: reactionJson(reaction) };
}

function unreact(
  request: EmbeddedRequest,
  on: { reactions?: EmbeddedReaction[] },
  id: string,
): EmbeddedAnswer {
  const user = writerOf(request);
  if ('status' in user) return user;
  const reaction = (on.reactions ?? []).find((one) => String(one.id) === id);
  if (reaction === undefined) return refused(refusals.noReaction);
  if (reaction.user.id !== user.id) return refused(refusals.reactionOfOthers);
  on.reactions = (on.reactions ?? []).filter((one) => one !== reaction);
  return { status: 204, body: '' };
}

const reactionRoutes: readonly Route[] = ['GET', 'POST', 'DELETE'].map((method) =>
  route(
    method,
    noteablePattern(`(?:/notes/(\\d+))?/award_emoji${method === 'DELETE' ? '/(\\d+)' : ''}`),
    (request, parts, state) => {
      const of = noteableOf(request, parts, state);
      if ('status' in of) return of;
      const [, , , noteId = '', id = ''] = parts;
      const on = noteId === '' ? of.item : of.item.notes.find((note) => String(note.id) === noteId);
      if (on === undefined) return refused(refusals.noNote);
      if (method === 'GET') return page((on.reactions ?? []).map(reactionJson), request);
      return method === 'POST' ? react(request, on, state) : unreact(request, on, id);
    },
  ),
);

/** Discussions and emoji reactions of merge requests and issues. Source: https://docs.gitlab.com/api/discussions/ */
export const conversationRoutes: readonly Route[] = [...discussionRoutes, ...reactionRoutes];
