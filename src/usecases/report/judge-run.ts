import { failUnjudged, judgedGates } from '../../compare/judge-gates.ts';
import type { Condition } from '../../compare/parse-condition.ts';
import type { GateVerdict } from '../../model/gate.ts';
import { languageOf } from '../../render/words/language-of.ts';
import type { Troubles } from '../troubles.ts';
import type { World } from '../world.ts';
import { allowByLabels } from './allow-by-labels.ts';
import type { Asked } from './collect-and-ask.ts';
import { decisionsOfGates } from './decisions/of-run.ts';

interface ToJudge {
  readonly conditions: readonly Condition[];
  readonly judgeable: Parameters<typeof judgedGates>[1];
  readonly asked: Asked;
}

interface Asking {
  readonly world: World;
  readonly troubles: Troubles;
}

/** The verdict on each condition, after the labels of the merge request were asked for. */
export async function judgeRun(
  { conditions, judgeable, asked }: ToJudge,
  { world, troubles }: Asking,
): Promise<readonly GateVerdict[]> {
  const { strict, language } = asked.options;
  const words = await languageOf(language);
  const judged = judgedGates(conditions, judgeable, words.gates.messages);
  const verdicts = judged.map(({ verdict }) => verdict);
  if (!strict) sayUnjudged(verdicts, world.log);
  const gates = await askForAllowance(strict ? failUnjudged(verdicts) : verdicts, asked, { world, troubles });
  for (const decision of decisionsOfGates(judged, gates)) world.decide?.(decision);
  return gates;
}

/** A gate that is not judged protects nothing, which nobody should learn from the comment alone. */
function sayUnjudged(verdicts: readonly GateVerdict[], log: World['log']): void {
  for (const { condition, grade, outcome, message } of verdicts)
    if (grade === 'fail' && outcome === 'unknown')
      log.warn(`gate ${condition} protects nothing in this run, it was ${message}; with strict it fails`);
}

/** A label of the merge request may allow a gate to fail; with a job token labels can be read, too. */
async function askForAllowance(
  verdicts: readonly GateVerdict[],
  { options, mergeRequest }: Asked,
  { world: { gitlab }, troubles }: Asking,
): Promise<readonly GateVerdict[]> {
  if (!options.allowLabels || gitlab === null || mergeRequest === null) return verdicts;
  return allowByLabels(verdicts, mergeRequest, { gitlab, troubles });
}
