import * as z from 'zod';
import { addressInProject } from '../../model/project-address.ts';
import type {
  HistoryBranch,
  HistoryPart,
  HistoryRelease,
  HistoryTag,
  HistoryTests,
  Instant,
  PartRead,
} from '../../model/project-history.ts';

/** What every reading asks for as a whole: kept so that a group's reading which was stopped need not ask again. */
export interface KeptRest {
  /** The start of the window that was read. */
  readonly from: Instant;
  readonly read: Readonly<Record<HistoryPart, PartRead>>;
  readonly branches: readonly HistoryBranch[];
  readonly tags: readonly HistoryTag[];
  readonly releases: readonly HistoryRelease[];
  readonly openIssues: number | null;
  readonly tests: HistoryTests | null;
}

const instant = z.int().min(-8.64e15).max(8.64e15);
const count = z.int().nonnegative();
const partRead = z.object({
  from: instant.nullable(),
  until: instant,
  gap: z.string().nullable(),
  usable: z.boolean(),
});

export const restSchema = z.object({
  from: instant,
  read: z.object({
    deployments: partRead,
    'merge-requests': partRead,
    'merge-request-details': partRead,
    'open-merge-requests': partRead,
    issues: partRead,
    incidents: partRead,
    pipelines: partRead,
    jobs: partRead,
    commits: partRead,
    branches: partRead,
    tags: partRead,
    releases: partRead,
    tests: partRead,
  }),
  branches: z.array(
    z.object({
      name: z.string(),
      committedAt: instant,
      isMerged: z.boolean(),
      isDefault: z.boolean(),
      isProtected: z.boolean(),
    }),
  ),
  tags: z.array(z.object({ name: z.string(), at: instant, sha: z.string() })),
  releases: z.array(z.object({ tag: z.string(), name: z.string(), releasedAt: instant, sha: z.string() })),
  openIssues: count.nullable(),
  tests: z
    .object({
      tests: z.array(
        z.object({
          name: z.string(),
          runs: count,
          failedRuns: count,
          retriedRuns: count,
          isFlaky: z.boolean(),
        }),
      ),
      runs: z.array(
        z.object({
          pipelineId: count,
          at: instant,
          coveragePercent: z.number().nullable(),
          testSeconds: z.number().nullable(),
        }),
      ),
    })
    .nullable(),
});

/** As it is written: without addresses. */
export function writeRest({ releases, ...rest }: KeptRest): z.input<typeof restSchema> {
  const { from, read, branches, tags, openIssues, tests } = rest;
  return {
    from,
    read,
    branches: [...branches],
    tags: [...tags],
    releases: releases.map(({ url: _url, ...release }) => release),
    openIssues,
    tests: tests === null ? null : { tests: [...tests.tests], runs: [...tests.runs] },
  };
}

export function readRest({ releases, ...rest }: z.infer<typeof restSchema>, projectUrl: string): KeptRest {
  return {
    ...rest,
    releases: releases.map((release) => ({
      ...release,
      url: addressInProject(projectUrl, 'releases', release.tag),
    })),
  };
}
