import { Commits as CommitsResource, Repositories } from '@gitbeaker/rest';
import * as z from 'zod';
import type { CommitRange } from '../../model/incident.ts';
import type { Commits } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';

const commits = new CommitsResource(requestsOnly);
const repositories = new Repositories(requestsOnly);

const commitAnswer = z.lazy(() => z.object({ id: z.string(), parent_ids: z.array(z.string()).nullish() }));

const statusAnswer = z.lazy(() =>
  z.object({
    id: z.number().int(),
    status: z.string(),
    pipeline_id: z.number().int().nullish(),
  }),
);

/** The last ones are kept: the newest are the first to look at. */
const maxCommits = 100;

const rangeAnswer = z.lazy(() =>
  z.object({
    commits: z
      .array(z.object({ id: z.string(), title: z.string().nullish(), author_name: z.string().nullish() }))
      .nullish(),
    diffs: z
      .array(z.object({ new_path: z.string(), old_path: z.string(), deleted_file: z.boolean().nullish() }))
      .nullish(),
    compare_timeout: z.boolean().nullish(),
  }),
);

function rangeOf({ commits: all, diffs, compare_timeout: isCut }: z.infer<typeof rangeAnswer>): CommitRange {
  const listed = all ?? [];
  return {
    commits: listed.slice(-maxCommits).map(({ id, title, author_name: authorName }) => ({
      sha: id,
      title: title ?? '',
      authorName: authorName ?? '',
    })),
    files: (diffs ?? []).map((diff) => (diff.deleted_file === true ? diff.old_path : diff.new_path)),
    complete: isCut !== true && listed.length <= maxCommits,
  };
}

/** The part of the port about commits. Source: https://docs.gitlab.com/api/commits/ */
export function createCommits(api: Api): Commits {
  return {
    async fetchAncestors(projectId, sha) {
      const newest = commits.all(projectId, { refName: sha, perPage: 100 });
      return (await getJson(api, newest, z.array(commitAnswer))).map(({ id, parent_ids: parents }) => ({
        sha: id,
        parents: parents ?? [],
      }));
    },

    // Source: https://docs.gitlab.com/api/repositories/#compare-branches-tags-or-commits
    async fetchCommitRange(projectId, { from, to }) {
      return rangeOf(await getJson(api, repositories.compare(projectId, from, to), rangeAnswer));
    },

    // GitLab counts jobs among the statuses of a commit, under the job's id.
    async fetchJobsOfCommit(projectId, { sha, ref, jobName }) {
      const page = { ref, name: jobName, all: true, ...untyped({ per_page: 100 }) };
      const question = commits.allStatuses(projectId, sha, page);
      return (await getJson(api, question, z.array(statusAnswer)))
        .map(({ id, status, pipeline_id: pipelineId }) => ({ id, status, pipelineId: pipelineId ?? null }))
        .sort((a, b) => b.id - a.id);
    },
  };
}
