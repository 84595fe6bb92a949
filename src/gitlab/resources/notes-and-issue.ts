import * as z from 'zod';
import { GitLabError } from '../../errors.ts';
import { isFromVersion } from '../../model/gitlab-version.ts';
import { claimedIssueKey } from '../../model/issue-marker.ts';
import type { FoundIssue, Note, NotesAndIssue, Shortcuts, User } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { graphqlPath } from '../transport/follow-redirects.ts';
import { graphqlText } from '../transport/graphql-text.ts';
import { fitAnswer, readJson } from '../transport/json-answer.ts';
import { requestOf } from '../transport/send-json.ts';
import { numberOfGlobalId } from './global-id.ts';

/** The most that GitLab gives. Source: https://docs.gitlab.com/api/graphql/#limits */
const maxNotes = 100;
/**
 * The bot opens one; two runs at once may open two. Of others that have the label, each has its comments in the answer.
 */
const maxIssues = 3;

/** A list of which each row that counts is there: GitLab omits without a word what the token may not see. */
function wholeList<T>(row: z.ZodType<T>, max: number) {
  return z
    .object({
      count: z.number().int(),
      nodes: z.array(row),
      pageInfo: z.object({ hasNextPage: z.boolean() }),
    })
    .refine(
      ({ count, nodes, pageInfo }) =>
        nodes.length === Math.min(count, max) && pageInfo.hasNextPage === count > max,
      'rows are missing',
    )
    .transform(({ nodes: rows, pageInfo: { hasNextPage: more } }) => ({ rows, more }));
}

/** Built with the first question, as most runs ask none. */
function dataSchema() {
  const author = z.object({ id: numberOfGlobalId });
  const note = z
    .object({
      id: numberOfGlobalId,
      body: z.string(),
      author,
      system: z.boolean(),
      createdAt: z.string(),
      updatedAt: z.string(),
    })
    .transform(({ author: { id: authorId }, ...fields }): Note => ({ ...fields, authorId }));
  const number = z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number);
  const comments = wholeList(note, maxNotes);
  const issue = z.object({ iid: number, description: z.string().nullish(), author, notes: comments });
  return z.object({
    currentUser: z.object({ id: numberOfGlobalId, username: z.string() }),
    project: z.object({
      id: numberOfGlobalId,
      mergeRequest: z.object({ iid: number, notes: comments }),
      issues: wholeList(issue, maxIssues),
    }),
  });
}

const answer = z.lazy(() => z.object({ data: dataSchema(), errors: z.array(z.unknown()).max(0).nullish() }));

type Data = z.infer<typeof answer>['data'];

const more = 'pageInfo{hasNextPage}';
const noteFields = 'id body author{id}system createdAt updatedAt';
const notes = `notes(filter:ONLY_COMMENTS first:${maxNotes}){count nodes{${noteFields}}${more}}`;

function queryFor(path: string, iid: number, label: string): string {
  const found = `labelName:[${graphqlText(label)}] sort:CREATED_ASC first:${maxIssues}`;
  const issues = `issues(${found}){count nodes{iid description author{id}${notes}}${more}}`;
  const project = `id mergeRequest(iid:"${iid}"){iid ${notes}}${issues}`;
  return `{currentUser{id username}project(fullPath:${graphqlText(path)}){${project}}}`;
}

/** The oldest own issue with the key, as `findOwnIssue` finds it. */
function issueOf({ currentUser, project: { id, issues } }: Data, key: string): FoundIssue {
  const found = issues.rows.find(
    ({ author: { id: authorId }, description }) =>
      authorId === currentUser.id && claimedIssueKey(description ?? '') === key,
  );
  if (found === undefined) return { kind: issues.more ? 'unknown' : 'none' };
  if (found.notes.more) return { kind: 'unknown' };
  const issue = { project: id, iid: found.iid, authorId: found.author.id };
  return { kind: 'found', issue, comments: found.notes.rows };
}

async function ask(api: Api, query: string): Promise<Data | null> {
  const request = await requestOf({ method: 'GET', path: graphqlPath, query: { query } });
  try {
    const given = await api.call({ ...request, maxBytes: api.maxBytes, isShortcut: true });
    return fitAnswer(answer, readJson(request, given), request).data;
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    api.log.debug(`comments and issues are asked for one by one: ${error.message}`);
    return null;
  }
}

/**
 * One request of GraphQL instead of two or three of REST, with a complexity of about 80 of 200. It is used only where
 * it gives everything: a job token has no GraphQL, an older GitLab lacks fields (notes have a filter since 16.6), and
 * a token may see fewer fields than it sees by REST. Comments come oldest first, as in REST:
 * `app/finders/notes_finder.rb` of GitLab ends with its scope `fresh`. Further sources:
 * `app/graphql/resolvers/noteable/notes_resolver.rb`, `app/graphql/types/notes/note_type.rb`,
 * `app/graphql/resolvers/base_issues_resolver.rb`, https://docs.gitlab.com/api/graphql/reference/#projectissues
 */
export function createShortcuts(
  api: Api,
  version: string | undefined,
  remember: (user: User) => void,
): Shortcuts {
  return {
    async fetchNotesAndIssue({ project, projectPath, iid }, { label, key }): Promise<NotesAndIssue | null> {
      if (version !== undefined && !isFromVersion(version, 16, 6)) return null;
      const data = await ask(api, queryFor(projectPath, iid, label));
      if (data === null) return null;
      const { id, mergeRequest } = data.project;
      // A path can belong to another project than the one that had it.
      if ((typeof project === 'number' && project !== id) || mergeRequest.iid !== iid) return null;
      remember(data.currentUser);
      const { rows, more: hasMore } = mergeRequest.notes;
      return { user: data.currentUser, notes: rows, more: hasMore, issue: issueOf(data, key) };
    },
  };
}
