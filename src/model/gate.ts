/** Whose act made a failed gate not count. */
export interface GateOverride {
  readonly label: string;
  /** Name of the user who set the label; null when GitLab does not say. */
  readonly setBy: string | null;
}

/** The verdict on one condition of `fail-on` or `warn-on`. */
export interface GateVerdict {
  /** The condition as the user wrote it: `coverage-drop>0.5`. */
  readonly condition: string;
  /** `fail` conditions decide the exit code and the status; `warn` ones are only said. */
  readonly grade: 'fail' | 'warn';
  readonly outcome: 'passed' | 'failed' | 'unknown';
  /** What was found, and for a failed gate what would fix it; one sentence. */
  readonly message: string;
  /** Set on a failed gate that a label of the merge request allows: the comment shows it, and it fails nothing. */
  readonly override: GateOverride | null;
}

/** True for a verdict that fails the job. */
export function failsJob({ grade, outcome, override }: GateVerdict): boolean {
  return grade === 'fail' && outcome === 'failed' && override === null;
}
