import { readKeptHistory, writeKeptHistory } from '../../digest/kept-history/format.ts';
import type { KeptHistory } from '../../digest/kept-history/kept-history.ts';
import type { Project } from '../../gitlab/ports/repository.ts';
import type { Span } from '../../model/digest.ts';
import type { Instant, ProjectHistory } from '../../model/project-history.ts';
import type { ConnectedWorld } from '../world.ts';
import { type Allowance, createAllowance } from './reading/allowance.ts';
import { historyOf, keptOf, masked, type ReadParts, withCauses, withDetails } from './reading/assemble.ts';
import { readCauses } from './reading/read-causes.ts';
import { readDetails } from './reading/read-details.ts';
import {
  type PartsWish,
  readDeployments,
  readIssues,
  readMainCommits,
  readMergeRequests,
  readRefs,
  readReport,
} from './reading/read-parts.ts';
import { fewRequests, readPipelines } from './reading/read-pipelines.ts';
import { resumedHistory } from './reading/resume.ts';

export type HistoryWorld = Pick<ConnectedWorld, 'gitlab' | 'clock' | 'mask'>;

export interface HistoryWish {
  readonly project: Project;
  /** The period before and the period, in this order. */
  readonly spans: readonly [Span, Span];
  /** The job of the project that leaves `herald-report.json`; null = none. */
  readonly reportJob: string | null;
  /** The file of an earlier reading; null = there is none. */
  readonly kept: string | null;
  /** Null = as many requests as it takes. */
  readonly maxRequests: number | null;
  /** What was read less than so long ago is not read again: for readings that were stopped. 0 = never. */
  readonly resumeMs: number;
  /** Whether a limit on all projects may end this reading: then its lists are read one after another. */
  readonly isLimited?: boolean;
}

export interface ReadHistory {
  readonly history: ProjectHistory;
  /** The file for the next reading. */
  readonly kept: string;
  /** What a reader should know, as plain sentences. */
  readonly remarks: readonly string[];
  readonly requests: number;
}

/** What a first reading should cost, and one that goes on from what is kept. Details of merge requests get the rest. */
const targets = { first: 156, next: 36 } as const;

/** The first target is meant for so much time, a month and the one before; for what is new it is as much less. */
const targetMs = 60 * 86_400_000;

/** The details get at least this share, where the lists alone cost more. */
const leastShareOfDetails = 0.25;

/** How many logs are read to learn why jobs fail. */
const logs = { least: 3, most: 12 } as const;

/** Pipelines that ended just before the last reading may have become visible after it. */
const overlapMs = 3_600_000;

/** What is older is not kept, unless the window reaches back farther. */
const keptMs = 100 * 86_400_000;

/**
 * Reads what happened in a project in a period and the one before, from the kept history and what is new since. Each
 * part that is refused, missing or cut costs itself only, with its reason. Throws for a token that is not valid.
 */
export async function readHistory(
  world: HistoryWorld,
  wish: HistoryWish,
  parent?: Allowance,
): Promise<ReadHistory> {
  const { gitlab, clock, mask } = world;
  const { project, spans, reportJob } = wish;
  const allowance = createAllowance(wish.maxRequests, parent);
  const now = clock.now().getTime();
  const window = { from: spans[0].from, until: spans[1].until };
  const { kept, remarks } = openKept(world, wish, now);
  const stopped =
    wish.resumeMs === 0 ? null : resumedHistory(kept, { project, window, now, resumeMs: wish.resumeMs });
  if (stopped !== null && wish.kept !== null)
    return { history: stopped, kept: wish.kept, remarks, requests: 0 };
  const isLimited = wish.isLimited ?? wish.maxRequests !== null;
  const asked: PartsWish = { gitlab, project, kept, allowance, reportJob, window, now, isLimited };
  const parts = await readParts(asked);
  const { rows } = parts.mergeRequests.part;
  const aim = requestsToAimAt({ kept, now });
  const target = { gitlab, of: project, mergeRequests: rows, spans, commits: parts.commits.rows };
  const details = await readDetails(
    {
      ...target,
      isLimited: allowance.left() < fewRequests,
      requests: Math.max(aim.all - allowance.used(), aim.leastForDetails),
    },
    asked,
    allowance,
  );
  const causes = await readCauses(
    {
      ...{ gitlab, of: project, mask, jobs: parts.pipelines.jobs.rows, span: spans[1] },
      suitesSince: parts.pipelines.areTogether
        ? Math.min(now, kept?.readAt ?? window.from) - overlapMs
        : null,
      logs: logsToAllow(kept !== null, allowance.used()),
    },
    allowance,
  );
  const whole = masked(withDetails(withCauses(parts, causes), details), mask);
  const history = historyOf(whole, details.read, asked);
  const next = keptOf(whole, asked, { history, oldest: now - keptMs });
  return {
    history,
    kept: writeKeptHistory(next, gitlab.signature),
    remarks,
    requests: allowance.used(),
  };
}

/** A log is read for each of the jobs that fail most, and more where the target leaves something. */
export function logsToAllow(goesOn: boolean, used: number): number {
  const target = goesOn ? targets.next : targets.first;
  return Math.max(logs.least, Math.min(logs.most, target - used));
}

/** The kept history, or a remark why it cannot be used. */
export function openKept(
  { gitlab }: Pick<HistoryWorld, 'gitlab'>,
  { project, kept: text, spans }: HistoryWish,
  now: Instant,
): { readonly kept: KeptHistory | null; readonly remarks: readonly string[] } {
  if (text === null) return { kept: null, remarks: [] };
  const { id: projectId, url: projectUrl } = project;
  const sign = (content: string): string => gitlab.signature(content);
  const kept = readKeptHistory(text, { projectId, projectUrl, now, sign });
  const again = (why: string): readonly string[] => [
    `The kept history of ${project.path} ${why}: everything was read again.`,
  ];
  if ('unusable' in kept) return { kept: null, remarks: again(kept.unusable) };
  const reaches = kept.jobs === null || kept.jobs.from <= spans[0].from;
  return { kept, remarks: reaches ? [] : again('begins later than this period needs') };
}

/**
 * What the whole reading should cost: a first one its target; one that goes on from what is kept the other one, and
 * more only where it goes on after more than two weeks.
 */
export function requestsToAimAt({ kept, now }: Pick<PartsWish, 'kept' | 'now'>): {
  readonly all: number;
  readonly leastForDetails: number;
} {
  if (kept === null) return { all: targets.first, leastForDetails: targets.first * leastShareOfDetails };
  const newShare = (now - kept.readAt) / targetMs;
  const all = Math.max(targets.next, Math.min(targets.first, Math.round(targets.first * newShare)));
  return { all, leastForDetails: targets.next * leastShareOfDetails };
}

/** The lists, side by side; where requests are limited one after another, so that the same are read each time. */
async function readParts(wish: PartsWish): Promise<ReadParts> {
  const started = wish.isLimited ? inTurn() : atOnce;
  const mergeRequests = started(() => readMergeRequests(wish));
  const deployments = started(() => readDeployments(wish));
  const issues = started(() => readIssues(wish));
  const commits = started(() => readMainCommits(wish));
  const refs = started(() => readRefs(wish));
  const tests = started(() => readReport(wish));
  const pipelines = started(() => readPipelines(wish));
  await Promise.all([mergeRequests, deployments, issues, commits, refs, tests, pipelines]);
  return {
    mergeRequests: await mergeRequests,
    deployments: await deployments,
    issues: await issues,
    commits: await commits,
    refs: await refs,
    tests: await tests,
    pipelines: await pipelines,
  };
}

function atOnce<Value>(work: () => Promise<Value>): Promise<Value> {
  return work();
}

/** Begins a work when all before it have ended. */
function inTurn(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next;
    return next;
  };
}
