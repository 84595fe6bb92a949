import type { FoundBaseline } from '../compare/compare-runs.ts';
import type { BaselineRelation, MissingBaseline } from '../model/comparison.ts';
import type { EarlierRun } from '../model/earlier-run.ts';

/** An earlier run as the baseline, with the relation of its commit to the wanted one. */
export function foundBaseline(
  earlier: EarlierRun,
  relation: BaselineRelation,
  commitsBehind: number | null = relation === 'exact' ? 0 : null,
): FoundBaseline {
  const { sha, ref, pipelineId, source } = earlier;
  return {
    earlier,
    origin: { sha, ref, pipelineId, relation, commitsBehind, source },
  };
}

/** No baseline, and why. */
export function noBaseline(missing: MissingBaseline): FoundBaseline {
  return { earlier: null, missing };
}
