import type { FoundBaseline } from '../../../compare/compare-runs.ts';
import type { BaselineOrigin } from '../../../model/comparison.ts';
import type { DecisionOf } from '../../../model/decision.ts';
import { counted } from '../../../model/plural.ts';
import { english } from '../../../render/words/english.ts';

function whyThis({ relation, commitsBehind }: BaselineOrigin): string {
  switch (relation) {
    case 'exact':
      return 'it ran for the wanted commit';
    case 'behind': {
      const distance =
        commitsBehind === null
          ? ''
          : `, ${counted(commitsBehind, { one: 'commit', other: 'commits' })} behind it`;
      return `it is the nearest earlier run before the wanted commit${distance}`;
    }
    case 'newest':
      return 'no run nearer to the wanted commit has a report, so the newest one serves';
    case 'previous':
      return 'it is the run before this one on the same branch';
    case 'given':
      return 'the option baseline names its file';
  }
}

/** The earlier run that this one is compared with, or why there is none. */
export function decisionOfBaseline(found: FoundBaseline): DecisionOf<'baseline'> {
  const about = 'baseline';
  if (found.earlier === null) {
    const nothing = { pipelineId: null, sha: null, ref: null, source: null, relation: null };
    const reason = english.footer.missing(found.missing);
    return { about, ...nothing, commitsBehind: null, reason };
  }
  const { pipelineId, sha, ref, source, relation, commitsBehind } = found.origin;
  return { about, pipelineId, sha, ref, source, relation, commitsBehind, reason: whyThis(found.origin) };
}
