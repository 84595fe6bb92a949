import type { Clock } from '../../io/port.ts';

export interface BudgetLimits {
  readonly maxRequestsPerMinute: number;
  readonly maxInFlight: number;
}

export interface RequestBudget {
  /** Runs a request once there is room for it; first come, first served. */
  run<T>(request: () => Promise<T>): Promise<T>;
  /** Takes `RateLimit-Remaining` of an answer. Source: https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers */
  heard(remaining: string | undefined): void;
  /** Requests started so far. */
  count(): number;
  /** Requests that GitLab still allows in its present minute, as its last answer says; null where none said it. */
  remaining(): number | null;
}

/** The number in `RateLimit-Remaining`; null for anything else. */
export function remainingOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,9}$/.test(header.trim()) ? Number(header) : null;
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
  let remaining: number | null = null;

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
    heard(header) {
      remaining = remainingOf(header) ?? remaining;
    },
    count: () => count,
    remaining: () => remaining,
  };
}
