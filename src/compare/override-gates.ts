import type { GateVerdict } from '../model/gate.ts';
import { failsJob } from '../model/gate.ts';
import { parseCondition } from './parse-condition.ts';

/** A label on a merge request with the name of the user who added it; null when GitLab does not say. */
export interface SetLabel {
  readonly label: string;
  readonly setBy: string | null;
}

const allowing = /^herald::?allow-([a-z-]+)$/i;

/** The labels among these that allow a gate that failed; none when nothing failed. */
export function allowingLabels(
  verdicts: readonly GateVerdict[],
  labels: readonly string[],
): readonly string[] {
  const failed = new Set(verdicts.filter(failsJob).map(gateOf));
  return labels.filter((label) => failed.has(allowing.exec(label)?.[1]?.toLowerCase() ?? ''));
}

/**
 * The verdicts, with those that a label allows marked: the comment shows them as failed, with the user who allowed it,
 * and they fail nothing.
 */
export function overrideGates(
  verdicts: readonly GateVerdict[],
  labels: readonly SetLabel[],
): readonly GateVerdict[] {
  return verdicts.map((verdict) => {
    if (!failsJob(verdict)) return verdict;
    const gate = gateOf(verdict);
    const allowed = labels.find(({ label }) => allowing.exec(label)?.[1]?.toLowerCase() === gate);
    return allowed === undefined
      ? verdict
      : { ...verdict, override: { label: allowed.label, setBy: allowed.setBy } };
  });
}

function gateOf({ condition }: GateVerdict): string {
  return parseCondition(condition).name;
}
