/**
 * Replaces `rate-limiter-flexible` in the bundle (see tools/build.mjs): gitbeaker only ever constructs these two,
 * and the requests are limited by `request-budget.ts` instead.
 */
export class RateLimiterMemory {
  readonly points = Infinity;
}

export class RateLimiterQueue {
  removeTokens(): Promise<number> {
    return Promise.resolve(0);
  }
}
