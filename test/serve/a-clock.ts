/** A clock that moves only when a test moves it, and calls back in the order of time. */
export function aClock(): {
  now(): number;
  callAfter(milliseconds: number, callback: () => void): () => void;
  moveTo(moment: number): void;
} {
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  let now = 0;
  return {
    now: () => now,
    callAfter(milliseconds: number, callback: () => void) {
      const timer = { at: now + milliseconds, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    moveTo(moment: number) {
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= moment).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        now = Math.max(now, next.at);
        timers = timers.filter((one) => one !== next);
        next.callback();
      }
      now = moment;
    },
  };
}
