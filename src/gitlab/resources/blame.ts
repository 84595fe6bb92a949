import { Commits, RepositoryFiles } from '@gitbeaker/rest';
import * as z from 'zod';
import type { BlamedCommit } from '../../model/blame.ts';
import type { Blame } from '../ports/blame.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { nullIfNoFile } from '../transport/null-if-no-file.ts';

const commits = new Commits(requestsOnly);
const files = new RepositoryFiles(requestsOnly);

/** The lines themselves are not needed. Source: `lib/api/entities/blame_range_commit.rb` of GitLab */
const blameAnswer = z.lazy(() =>
  z.array(
    z.object({
      commit: z.object({
        id: z.string(),
        message: z.string().nullish(),
        author_name: z.string().nullish(),
      }),
    }),
  ),
);

const mergeRequestAnswer = z.lazy(() =>
  z.object({
    iid: z.number().int(),
    web_url: z.string(),
    state: z.string(),
    merged_at: z.string().nullish(),
  }),
);

type Answered = z.infer<typeof mergeRequestAnswer>;

/** By the time of their merge, those that are open last. */
function firstMerged(all: readonly Answered[]): Answered | null {
  const known = all.filter(({ state }) => state === 'merged' || state === 'opened');
  const timeOf = ({ state, merged_at: at }: Answered): number =>
    state === 'merged' ? Date.parse(at ?? '') || 0 : Number.MAX_SAFE_INTEGER;
  return known.sort((a, b) => timeOf(a) - timeOf(b) || a.iid - b.iid)[0] ?? null;
}

function commitOf([first]: z.infer<typeof blameAnswer>): BlamedCommit | null {
  if (first === undefined) return null;
  const { id: sha, message, author_name: authorName } = first.commit;
  const [title = ''] = (message ?? '').split('\n', 1);
  return { sha, title, authorName: authorName ?? '' };
}

/**
 * The part of the port about where lines and commits came from. A line behind the end of a file has an empty answer
 * (`lib/gitlab/git/blame.rb` of GitLab). Sources: https://docs.gitlab.com/api/repository_files/#get-file-blame-from-repository,
 * https://docs.gitlab.com/api/commits/#list-merge-requests-associated-with-a-commit
 */
export function createBlame(api: Api): Blame {
  return {
    async fetchBlame({ project, path, ref }, line) {
      const range = { start: line, end: line };
      const question = files.allFileBlames(project, path, ref, { range });
      const answer = await nullIfNoFile(getJson(api, question, blameAnswer));
      return answer === null ? null : commitOf(answer);
    },

    // GitLab lists those into this project: `lib/api/commits.rb`.
    async fetchMergeRequestOfCommit(project, sha) {
      const question = commits.allMergeRequests(project, sha);
      const answer = await nullIfGone(getJson(api, question, z.array(mergeRequestAnswer)));
      const found = firstMerged(answer ?? []);
      return found === null ? null : { iid: found.iid, url: found.web_url };
    },
  };
}
