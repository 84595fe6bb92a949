/** The clocks of the machine, as a receiver uses them. */
export const realTime = {
  /** Time of day. */
  now: (): Date => new Date(),
  /** Milliseconds of a clock that nobody sets. */
  elapsed: (): number => performance.now(),
  /** Calls back after this number of milliseconds; returns what takes it back. */
  callAfter(milliseconds: number, callback: () => void): () => void {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};
