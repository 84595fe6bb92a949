import { Branches, Commits, ProjectReleases, Tags } from '@gitbeaker/rest';
import * as z from 'zod';
import { addressInProject } from '../../../model/project-address.ts';
import type {
  HistoryBranch,
  HistoryCommit,
  HistoryRelease,
  HistoryTag,
} from '../../../model/project-history.ts';
import type { History, HistoryPlace } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { requestsOnly, untyped } from '../../transport/gitbeaker-requester.ts';
import { walkPages } from '../../transport/pager.ts';
import { instant, instantOrNull } from './instant.ts';
import { maxPages } from './max-pages.ts';
import { withoutNull } from './without-null.ts';

const branches = new Branches(requestsOnly);
const commits = new Commits(requestsOnly);
const releases = new ProjectReleases(requestsOnly);
const tags = new Tags(requestsOnly);

/** How `git revert` and GitLab name what a commit takes back. Source: https://git-scm.com/docs/git-revert */
const reverted = /\bThis reverts commit ([0-9a-f]{7,64})\b/g;

const commitRow = z
  .object({
    id: z.string(),
    parent_ids: z.array(z.string()).nullish(),
    authored_date: instantOrNull,
    committed_date: instantOrNull,
    created_at: instant,
    title: z.string().nullish(),
    message: z.string().nullish(),
    stats: z.object({ additions: z.number().int(), deletions: z.number().int() }).nullish(),
  })
  .transform((row): HistoryCommit => {
    const committedAt = row.committed_date ?? row.created_at;
    return {
      sha: row.id,
      parents: row.parent_ids ?? [],
      authoredAt: row.authored_date ?? committedAt,
      committedAt,
      added: row.stats?.additions ?? null,
      removed: row.stats?.deletions ?? null,
      title: row.title ?? '',
      reverts: [...(row.message ?? '').matchAll(reverted)].map(([, sha = '']) => sha),
    };
  });

const branchRow = z
  .object({
    name: z.string(),
    merged: z.boolean().nullish(),
    default: z.boolean().nullish(),
    protected: z.boolean().nullish(),
    commit: z.object({ committed_date: instantOrNull, created_at: instantOrNull }).nullish(),
  })
  .transform((row, context): HistoryBranch => {
    const committedAt = row.commit?.committed_date ?? row.commit?.created_at ?? null;
    if (committedAt === null) {
      context.addIssue({ code: 'custom', path: ['commit'], message: 'no time' });
      return z.NEVER;
    }
    return {
      name: row.name,
      committedAt,
      isMerged: row.merged ?? false,
      isDefault: row.default ?? false,
      isProtected: row.protected ?? false,
    };
  });

/** Only tags with a message have a time of their own, and only newer versions of GitLab show it. */
const tagRow = z
  .object({
    name: z.string(),
    target: z.string().nullish(),
    created_at: instantOrNull,
    commit: z.object({ id: z.string(), committed_date: instantOrNull, created_at: instantOrNull }).nullish(),
  })
  .transform((row, context): HistoryTag => {
    const at = row.created_at ?? row.commit?.committed_date ?? row.commit?.created_at ?? null;
    if (at !== null) return { name: row.name, at, sha: row.commit?.id ?? row.target ?? '' };
    context.addIssue({ code: 'custom', path: ['commit'], message: 'no time' });
    return z.NEVER;
  });

const releaseAnswer = z.object({
  tag_name: z.string(),
  name: z.string().nullish(),
  released_at: instantOrNull,
  created_at: instantOrNull,
  upcoming_release: z.boolean().nullish(),
  commit: z.object({ id: z.string() }).nullish(),
});

/** A release without its tag keeps its name; who cannot see the code sees no commit. */
function releaseRow(of: HistoryPlace): z.ZodType<HistoryRelease | null> {
  return releaseAnswer.transform((row) => {
    const releasedAt = row.released_at ?? row.created_at;
    if (row.upcoming_release === true || releasedAt === null) return null;
    return {
      tag: row.tag_name,
      name: row.name ?? row.tag_name,
      url: addressInProject(of.url, 'releases', row.tag_name),
      releasedAt,
      sha: row.commit?.id ?? '',
    };
  });
}

/**
 * Sources: https://docs.gitlab.com/api/commits/, https://docs.gitlab.com/api/branches/, https://docs.gitlab.com/api/tags/,
 * https://docs.gitlab.com/api/releases/
 */
export function createRepositoryHistory(
  api: Api,
): Pick<History, 'fetchCommitPages' | 'fetchBranchPages' | 'fetchTagPages' | 'fetchReleasePages'> {
  return {
    fetchCommitPages(of, { ref, since }) {
      const wanted = { refName: ref, since: new Date(since).toISOString(), withStats: true } as const;
      return walkPages({ list: commits.all(of.id, wanted), row: commitRow, maxPages }, api);
    },

    fetchBranchPages(of) {
      const list = branches.all(of.id, untyped({ sort: 'updated_desc' }));
      return walkPages({ list, row: branchRow, maxPages }, api);
    },

    fetchTagPages(of) {
      const list = tags.all(of.id, { orderBy: 'updated', sort: 'desc' });
      return walkPages({ list, row: tagRow, maxPages }, api);
    },

    fetchReleasePages(of) {
      const list = releases.all(of.id, { orderBy: 'released_at', sort: 'desc' });
      return withoutNull(walkPages({ list, row: releaseRow(of), maxPages }, api));
    },
  };
}
