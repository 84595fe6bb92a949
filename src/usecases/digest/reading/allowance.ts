/** How many requests a reading may still make. */
export interface Allowance {
  /** Takes one request; false where none is left. */
  take(): boolean;
  used(): number;
  /** Infinity where there is no limit. */
  left(): number;
  /** Whether a request was ever refused: then something was not read. */
  isSpent(): boolean;
}

/** At most so many requests, null = any number; and never more than `parent` has left. */
export function createAllowance(max: number | null, parent?: Allowance): Allowance {
  let used = 0;
  let spent = false;
  return {
    take() {
      const isLeft = (max === null || used < max) && (parent?.take() ?? true);
      if (isLeft) used += 1;
      else spent = true;
      return isLeft;
    },
    used: () => used,
    left: () =>
      Math.min((max ?? Number.POSITIVE_INFINITY) - used, parent?.left() ?? Number.POSITIVE_INFINITY),
    isSpent: () => spent,
  };
}
