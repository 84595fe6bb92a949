import { Commits, Issues, MergeRequests, ProjectReleases, Repositories } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../../errors.ts';
import type { MergedRequest, ReleasedIssue } from '../../../model/release.ts';
import type { ReleaseCommit } from '../../../model/release-range.ts';
import type { CommitList, Releases } from '../../ports/releases.ts';
import type { Api } from '../../transport/api.ts';
import { createOnce } from '../../transport/create-once.ts';
import { getJson } from '../../transport/get-json.ts';
import { requestsOnly, untyped } from '../../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../../transport/null-if-gone.ts';
import { walkPages } from '../../transport/pager.ts';
import { readPages } from '../../transport/read-pages.ts';
import { send } from '../../transport/send-json.ts';
import { commitFactsAnswer } from '../commit-answers.ts';

const commits = new Commits(requestsOnly);
const issues = new Issues(requestsOnly);
const mergeRequests = new MergeRequests(requestsOnly);
const releases = new ProjectReleases(requestsOnly);
const repositories = new Repositories(requestsOnly);

const commitTime = z
  .object({ committed_date: z.string().nullish(), created_at: z.string().nullish() })
  .transform((row) => ({ committedAt: row.committed_date ?? row.created_at ?? null }));

const commitRow: z.ZodType<ReleaseCommit> = commitFactsAnswer.and(commitTime);

const milestone = z.object({ id: z.number().int(), title: z.string() });

/** Labels come as their names, unless their details are asked for. */
const labels = z
  .array(z.unknown())
  .nullish()
  .transform((all) => (all ?? []).filter((label) => typeof label === 'string'));

/** Source: https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests */
const mergedAnswer = z.object({
  iid: z.number().int(),
  title: z.string(),
  description: z.string().nullish(),
  labels,
  milestone: milestone.nullish(),
  merge_commit_sha: z.string().nullish(),
  squash_commit_sha: z.string().nullish(),
  sha: z.string().nullish(),
});

function mergedOf(row: z.infer<typeof mergedAnswer>): MergedRequest {
  return {
    iid: row.iid,
    title: row.title,
    description: row.description ?? '',
    labels: row.labels,
    milestone: row.milestone ?? null,
    mergeSha: row.merge_commit_sha ?? null,
    squashSha: row.squash_commit_sha ?? null,
    headSha: row.sha ?? null,
  };
}

const mergedRow = mergedAnswer.transform(mergedOf);
const ofCommit = z.array(
  mergedAnswer.extend({ state: z.string(), target_project_id: z.number().int().nullish() }),
);

/** Source: https://docs.gitlab.com/api/issues/#list-project-issues */
const issueRow = z
  .object({
    iid: z.number().int(),
    title: z.string(),
    web_url: z.string(),
    labels,
    milestone: milestone.nullish(),
    confidential: z.boolean().nullish(),
  })
  .transform(
    (row): ReleasedIssue => ({
      iid: row.iid,
      title: row.title,
      url: row.web_url,
      labels: row.labels,
      milestone: row.milestone ?? null,
      // What GitLab does not call public is not shown.
      confidential: row.confidential ?? true,
    }),
  );

const releaseAnswer = z
  .object({ name: z.string().nullish(), description: z.string().nullish() })
  .transform(({ name, description }) => ({ name: name ?? '', description: description ?? '' }));

const idAnswer = z.object({ id: z.string() });

const perPage = 100;
/** 2,000 merge requests. */
const maxPages = 20;

async function fetchCommits(api: Api, list: Promise<unknown>, max: number): Promise<CommitList> {
  const found: ReleaseCommit[] = [];
  const pages = walkPages({ list, row: commitRow, maxPages: Math.ceil(max / perPage) + 1 }, api);
  for await (const { rows, hasMore } of pages) {
    found.push(...rows);
    if (found.length > max || (found.length === max && hasMore))
      return { commits: found.slice(0, max), complete: false };
    if (found.length === max) break;
  }
  return { commits: found, complete: true };
}

async function fetchIssues(
  api: Api,
  project: number,
  iids: readonly number[],
): Promise<readonly ReleasedIssue[]> {
  const found: ReleasedIssue[] = [];
  for (let at = 0; at < iids.length; at += perPage) {
    const some = [...iids.slice(at, at + perPage)];
    const list = issues.all({ projectId: project, scope: 'all', iids: some, ...untyped({ state: 'all' }) });
    found.push(...(await readPages({ list, row: issueRow, maxPages: 2 }, api)));
  }
  return found;
}

/** What people read of a release. */
function releaseTexts(api: Api): Pick<Releases, 'fetchReleaseText' | 'createRelease' | 'updateReleaseText'> {
  const fetchReleaseText: Releases['fetchReleaseText'] = (project, tag) =>
    nullIfGone(getJson(api, releases.show(project, tag), releaseAnswer));

  async function postRelease(
    project: number,
    tag: string,
    description: string,
  ): Promise<'created' | 'there'> {
    try {
      // Without `ref` GitLab makes no tag (`ensure_tag` in `app/services/releases/create_service.rb`).
      await send(releases.create(project, { tagName: tag, name: tag, description }), api);
      return 'created';
    } catch (error) {
      if (error instanceof GitLabRefusedError && error.status === 409) return 'there';
      throw error;
    }
  }

  return {
    fetchReleaseText,

    createRelease(project, tag, description) {
      const create = (): Promise<'created' | 'there'> => postRelease(project, tag, description);
      const findLanded = async (): Promise<'created' | 'there' | null> => {
        const found = await fetchReleaseText(project, tag);
        if (found === null) return null;
        return found.description.trim() === description.trim() ? 'created' : 'there';
      };
      return createOnce({ create, findLanded }, api.clock);
    },

    async updateReleaseText(project, tag, description) {
      await send(releases.edit(project, tag, { description }), api);
    },
  };
}

/**
 * The part of the port about what a release brought. Sources: https://docs.gitlab.com/api/commits/,
 * https://docs.gitlab.com/api/repositories/#retrieve-a-merge-base, https://docs.gitlab.com/api/merge_requests/,
 * https://docs.gitlab.com/api/commits/#list-merge-requests-associated-with-a-commit, https://docs.gitlab.com/api/issues/,
 * https://docs.gitlab.com/api/releases/
 */
export function createReleases(api: Api): Releases {
  return {
    fetchCommitsBetween(project, { from, to }, max) {
      const list = commits.all(project, { refName: from === null ? to : `${from}..${to}` });
      return nullIfGone(fetchCommits(api, list, max));
    },

    async fetchMergeBase(project, shas) {
      try {
        return (await getJson(api, repositories.mergeBase(project, [...shas]), idAnswer)).id;
      } catch (error) {
        // 404: they have none in common. 400: GitLab no longer has one of them.
        const none = error instanceof GitLabRefusedError && [400, 404].includes(error.status ?? 0);
        if (none) return null;
        throw error;
      }
    },

    fetchMergedPages(project, { changedSince, madeBefore }) {
      const list = mergeRequests.all({
        projectId: project,
        scope: 'all',
        state: 'merged',
        orderBy: 'created_at',
        sort: 'desc',
        ...(changedSince === null ? {} : { updatedAfter: changedSince }),
        ...(madeBefore === null ? {} : { createdBefore: madeBefore }),
      });
      return walkPages({ list, row: mergedRow, maxPages }, api);
    },

    async fetchMergedOfCommit(project, sha) {
      const question = commits.allMergeRequests(project, sha, untyped({ state: 'merged' }));
      const found = (await nullIfGone(getJson(api, question, ofCommit))) ?? [];
      // Older versions know no `state`, and a commit of a fork can be in another project's merge request.
      const isOurs = ({ state, target_project_id: at }: (typeof found)[number]): boolean =>
        state === 'merged' && (at ?? project) === project;
      return found.filter(isOurs).map(mergedOf);
    },

    fetchIssuesByIid: (project, iids) => fetchIssues(api, project, iids),

    ...releaseTexts(api),
  };
}
