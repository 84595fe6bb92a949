import type { Span } from '../../model/digest.ts';
import type { ProjectHistory } from '../../model/project-history.ts';
import type { ConnectedWorld } from '../world.ts';
import type { HistoryStore } from './history-store.ts';
import { type HistoryScope, projectsOfScope } from './projects-of-scope.ts';
import { readHistory } from './read-history.ts';
import { createAllowance } from './reading/allowance.ts';

export type HistoriesWorld = Pick<ConnectedWorld, 'gitlab' | 'clock' | 'mask' | 'log'>;

export interface HistoriesWish {
  readonly scope: HistoryScope;
  /** The period before and the period, in this order. */
  readonly spans: readonly [Span, Span];
  readonly reportJob: string | null;
  /** For all projects together; null = as many as it takes. */
  readonly maxRequests: number | null;
  readonly store: HistoryStore;
  /** Gets each project's history once, in any order; nothing holds it afterwards. */
  readonly onHistory: (history: ProjectHistory) => void;
}

export interface ReadHistories {
  /** Those whose history was handed over. */
  readonly projects: number;
  readonly requests: number;
  /** What a reader should know, as plain sentences. */
  readonly remarks: readonly string[];
}

/** So many projects are read side by side; the requests of each wait for their turn anyway. */
const lanes = 3;

/** A reading that was stopped is gone on with for so long. */
const resumeMs = 60 * 60_000;

/** How often the log says how far it is. */
const progressMs = 10_000;

/**
 * Reads the histories of one or many projects. Each is handed over and kept as soon as it is there, so that memory does
 * not grow with their number, and a second start goes on where the first one was stopped.
 */
export async function readHistories(world: HistoriesWorld, wish: HistoriesWish): Promise<ReadHistories> {
  const { gitlab } = world;
  const { scope, spans, reportJob, store, onHistory } = wish;
  const allowance = createAllowance(wish.maxRequests);
  const { projects, gaps } = await projectsOfScope(gitlab, scope, allowance);
  const remarks = [...gaps];
  const say = progressOf(world, projects.length, allowance.used);
  const waiting = [...projects];
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      const kept = await store.load(project.id);
      const resume = projects.length > 1 ? resumeMs : 0;
      const one = { project, spans, reportJob, kept, maxRequests: null, resumeMs: resume };
      const read = await readHistory(world, { ...one, isLimited: wish.maxRequests !== null }, allowance);
      remarks.push(...read.remarks);
      onHistory(read.history);
      if (read.kept !== kept) await store.save(project.id, read.kept);
      done += 1;
      say(done);
    }
  };
  const stopAll = (error: unknown): never => {
    waiting.length = 0;
    throw error;
  };
  // One after another where requests are limited: so that the first projects are whole. Nothing goes on after an error.
  const count = wish.maxRequests === null ? lanes : 1;
  const ended = await Promise.allSettled(Array.from({ length: count }, () => lane().catch(stopAll)));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return { projects: done, requests: allowance.used(), remarks };
}

/** Says how far it is, now and then. */
function progressOf(
  { clock, log }: HistoriesWorld,
  projects: number,
  requests: () => number,
): (done: number) => void {
  let next = clock.now().getTime() + progressMs;
  return (done) => {
    const now = clock.now().getTime();
    if (projects < 2 || (now < next && done < projects)) return;
    next = now + progressMs;
    log.info(`read ${done} of ${projects} projects in ${requests()} requests`);
  };
}
