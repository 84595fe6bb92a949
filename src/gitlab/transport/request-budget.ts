import type { Clock } from '../../io/port.ts';

export interface BudgetLimits {
  readonly maxRequestsPerMinute: number;
  readonly maxInFlight: number;
}

export interface RequestBudget {
  /** Runs a request once there is room for it; first come, first served. */
  run<T>(request: () => Promise<T>): Promise<T>;
  /** Requests started so far. */
  count(): number;
}

const minuteMs = 60_000;

/**
 * A token bucket with a full minute's worth, and a limit on concurrent requests: what a polite client asks of an
 * instance.
 */
export function createRequestBudget(
  { maxRequestsPerMinute, maxInFlight }: BudgetLimits,
  clock: Clock,
): RequestBudget {
  const perMs = maxRequestsPerMinute / minuteMs;
  const waiting: (() => void)[] = [];
  let tokens = maxRequestsPerMinute;
  let filledAt = clock.now().getTime();
  let inFlight = 0;
  let count = 0;

  async function takeToken(): Promise<void> {
    const now = clock.now().getTime();
    tokens = Math.min(maxRequestsPerMinute, tokens + Math.max(0, now - filledAt) * perMs) - 1;
    filledAt = now;
    // Below zero the bucket counts waiting requests, so that each waits for its turn.
    if (tokens < 0) await clock.sleep(Math.ceil(-tokens / perMs));
  }

  return {
    async run(request) {
      if (inFlight < maxInFlight) inFlight += 1;
      else {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
      try {
        await takeToken();
        count += 1;
        return await request();
      } finally {
        // The next request in line gets the slot, or the slot becomes free.
        const next = waiting.shift();
        if (next === undefined) inFlight -= 1;
        else next();
      }
    },
    count: () => count,
  };
}
