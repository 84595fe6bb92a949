/** One level of a report: the root, a suite, an assembly. */
interface Level {
  /** Failures and errors that it states itself; null = it states none. */
  readonly own: number | null;
  /** What the levels below state together; null = none of them does. */
  below: number | null;
  /** Signs of failure that it holds: tests often have several, and tools count either. */
  signs: number;
  /** Failures that levels below state and do not hold. */
  missing: number;
}

function root(): Level {
  return { own: null, below: null, signs: 0, missing: 0 };
}

/** Failures of both kinds together; null when neither is stated. */
export function failuresOf(...counts: readonly (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}

/**
 * Holds what the levels of a report state about failures against what they hold. Levels contradict each other, and
 * tools count tests, assertions or verdicts: a level lacks failures only when it states more than it holds of anything
 * that could have been counted.
 */
export class StatedFailures {
  readonly #levels: Level[] = [root()];
  #failedRuns = 0;
  #uncounted = 0;

  open(own: number | null): void {
    this.#levels.push({ ...root(), own });
  }

  /** One test with so many signs of failure that the report may have counted, and so many runs that failed. */
  failed(signs: number, failedRuns: number): void {
    this.#failedRuns += failedRuns;
    const level = this.#levels.at(-1);
    if (level !== undefined) level.signs += signs;
  }

  /** A failure that the report has not counted: a suite that failed beside its tests. */
  failedUncounted(): void {
    this.#uncounted += 1;
  }

  close(): void {
    if (this.#levels.length < 2) return;
    const level = this.#levels.pop();
    const above = this.#levels.at(-1);
    if (level === undefined || above === undefined) return;
    const { own, below, signs, missing } = level;
    above.signs += signs;
    above.missing += Math.max(missing, (own ?? 0) - signs);
    if (own !== null || below !== null) above.below = (above.below ?? 0) + Math.max(own ?? 0, below ?? 0);
  }

  /**
   * Failures to declare: no more than were read, unless some are missing. Null when the report states none.
   * `elsewhere` is how many it counts outside of its suites, which says more only where no run that failed was read.
   */
  declared(elsewhere = 0): number | null {
    const declared = this.#declaredBySuites();
    return elsewhere > 0 && this.#failedRuns === 0 ? (declared ?? 0) + elsewhere : declared;
  }

  #declaredBySuites(): number | null {
    while (this.#levels.length > 1) this.close();
    const [whole] = this.#levels;
    if (whole === undefined || whole.below === null) return null;
    const counted =
      whole.missing > 0 ? this.#failedRuns + whole.missing : Math.min(whole.below, this.#failedRuns);
    return counted + this.#uncounted;
  }
}
