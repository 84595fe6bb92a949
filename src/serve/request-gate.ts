/** One limit on requests to GitLab for all that share a token, whatever the number of their processes. */

export interface GateLimits {
  readonly maxRequestsPerMinute: number;
  readonly maxInFlight: number;
}

export interface GateWorld {
  /** Milliseconds of a clock that nobody sets. */
  now(): number;
  /** Calls back after this number of milliseconds; returns what takes it back. */
  callAfter(milliseconds: number, callback: () => void): () => void;
}

export interface RequestGate {
  /**
   * Calls `begin` once there is room for a request; first come, first served. Returns what must be called when the
   * request is over, or is not wanted any more; calling it again does nothing.
   */
  enter(begin: () => void): () => void;
}

/** A second more than a minute: a request reaches GitLab a moment after it was let through. */
const windowMilliseconds = 61_000;

/** Makes a gate that lets through no more than the limit in any minute, at its start, too. */
export function createRequestGate(limits: GateLimits, { now, callAfter }: GateWorld): RequestGate {
  /** When the requests of the last minute began, oldest first. */
  const begun: number[] = [];
  const waiting = new Set<() => void>();
  let inFlight = 0;
  let takeBackTimer: (() => void) | null = null;

  function wait(): number {
    const oldest = begun[0];
    while (begun[0] !== undefined && begun[0] + windowMilliseconds <= now()) begun.shift();
    const [first = oldest] = begun;
    return begun.length < limits.maxRequestsPerMinute || first === undefined
      ? 0
      : first + windowMilliseconds - now();
  }

  function pump(): void {
    takeBackTimer?.();
    takeBackTimer = null;
    for (const start of waiting) {
      if (inFlight >= limits.maxInFlight) return;
      const milliseconds = wait();
      if (milliseconds > 0) {
        takeBackTimer = callAfter(milliseconds, pump);
        return;
      }
      waiting.delete(start);
      begun.push(now());
      inFlight += 1;
      start();
    }
  }

  return {
    enter(begin) {
      let state: 'waiting' | 'begun' | 'over' = 'waiting';
      const start = (): void => {
        state = 'begun';
        begin();
      };
      waiting.add(start);
      pump();
      return () => {
        if (state === 'begun') inFlight -= 1;
        waiting.delete(start);
        state = 'over';
        pump();
      };
    },
  };
}
