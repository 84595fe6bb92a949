import type { TraceUse } from '../../model/failure-cause.ts';
import type { World } from '../world.ts';

export interface TraceBudget {
  /** Takes one log of the budget, or says why none may be read any more. */
  refusal(): TraceUse | null;
  /** A log starts, perhaps again. */
  beginTrace(jobId: number): void;
  /** Bytes of a log that came; `spent` when no more of it may come. */
  spend(jobId: number, bytes: number): 'left' | 'spent';
  /** Notes why a log could not be had, and that no other can be had either. */
  stopAt(failure: { readonly use: TraceUse; readonly forAll: boolean }): TraceUse;
  /** The bounds in words. */
  readonly bounds: string;
}

const maxTraces = 10;
/** GitLab's own limit of a log is 100 MB unless an administrator raised it: https://docs.gitlab.com/administration/instance_limits/ */
const maxBytesOfTrace = 120 * 1024 * 1024;
const maxBytes = 240 * 1024 * 1024;
const maxMilliseconds = 60_000;

/** What the logs of one run may cost: ten of them, 120 MiB each, 240 MiB in all, one minute. */
export function createTraceBudget({ gitlab, clock }: Pick<World, 'gitlab' | 'clock'>): TraceBudget {
  const startedAt = clock.now().getTime();
  const bytesOf = new Map<number, number>();
  let traces = 0;
  let total = 0;
  let stopped: TraceUse | null = gitlab?.tokenKind === 'job' ? 'job-token' : null;
  const isLate = (): boolean => clock.now().getTime() - startedAt > maxMilliseconds;
  return {
    bounds: 'at most 10 logs, 120 MiB each, 240 MiB and one minute in total',
    refusal() {
      if (stopped !== null) return stopped;
      if (traces >= maxTraces || total >= maxBytes || isLate()) return 'over-limit';
      traces += 1;
      return null;
    },
    beginTrace(jobId) {
      bytesOf.set(jobId, 0);
    },
    spend(jobId, bytes) {
      const ofTrace = (bytesOf.get(jobId) ?? 0) + bytes;
      bytesOf.set(jobId, ofTrace);
      total += bytes;
      return ofTrace > maxBytesOfTrace || total > maxBytes || isLate() ? 'spent' : 'left';
    },
    stopAt({ use, forAll }) {
      if (forAll) stopped = use;
      return use;
    },
  };
}
