/** The verdict on one condition of `fail-on`. */
export interface GateVerdict {
  /** The condition as the user wrote it: `coverage-drop>0.5`. */
  readonly condition: string;
  readonly outcome: 'passed' | 'failed' | 'unknown';
  /** What was found, and for a failed gate what would fix it; one sentence. */
  readonly message: string;
}
