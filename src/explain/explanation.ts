import * as z from 'zod';
import { type Decision, decisionsByStep, type Step } from '../model/decision.ts';
import { visibleLine } from '../render/words/visible-text.ts';
import { version } from '../version.ts';
import { describeDecision, sizeText } from './describe-decision.ts';
import { isOfStep } from './step-of.ts';

/** Grows by one when a reader of the older one would misread the newer one. */
const explanationVersion = 1;

const stepList = <S extends Step>(step: S) => z.array(decisionsByStep[step]);

/** What `herald explain --json` prints: docs/reference/explain.md. */
export const explanationSchema = z.strictObject({
  schema: z.literal(explanationVersion).meta({ description: 'Version of this schema.' }),
  herald: z.string().meta({ description: 'Version of the Herald that wrote it.' }),
  exitCode: z.int().nonnegative().meta({ description: 'How `herald report` would end.' }),
  requests: z.int().nonnegative().meta({ description: 'Requests to GitLab.' }),
  run: stepList('run'),
  files: stepList('files'),
  mergeRequest: stepList('mergeRequest'),
  headPipeline: stepList('headPipeline'),
  baseline: stepList('baseline'),
  gates: stepList('gates'),
  writes: stepList('writes'),
});

export type Explanation = z.infer<typeof explanationSchema>;

/** The decisions of a run by step, in the order in which they were taken. */
export function explanationOf(
  decisions: readonly Decision[],
  { exitCode, requests }: Pick<Explanation, 'exitCode' | 'requests'>,
): Explanation {
  return {
    schema: explanationVersion,
    herald: version,
    exitCode,
    requests,
    run: decisions.filter(isOfStep('run')),
    files: decisions.filter(isOfStep('files')),
    mergeRequest: decisions.filter(isOfStep('mergeRequest')),
    headPipeline: decisions.filter(isOfStep('headPipeline')),
    baseline: decisions.filter(isOfStep('baseline')),
    gates: decisions.filter(isOfStep('gates')),
    writes: decisions.filter(isOfStep('writes')),
  };
}

const titles: Readonly<Record<Step, string>> = {
  run: 'Run',
  files: 'Files',
  mergeRequest: 'Merge request',
  headPipeline: 'Head pipeline',
  baseline: 'Baseline',
  gates: 'Gates',
  writes: 'What report would write',
};

const steps = ['run', 'files', 'mergeRequest', 'headPipeline', 'baseline', 'gates', 'writes'] as const;

const ifEmpty: Readonly<Partial<Record<Step, string>>> = {
  gates: 'no condition was given: fail-on and warn-on are empty',
  headPipeline:
    'not asked for: only the comment of a pipeline that is not the merge request’s own depends on it',
};

/** Files with the pattern that found them on the same line. */
function fileLines(files: Explanation['files']): readonly string[] {
  const patterns = new Map<string, string>();
  for (const decision of files) if (decision.about === 'match') patterns.set(decision.path, decision.pattern);
  return files.flatMap((decision) => {
    if (decision.about === 'match') return [];
    const line = describeDecision(decision);
    if (decision.about !== 'file') return [line];
    const pattern = patterns.get(decision.path);
    const by = pattern === undefined ? '' : `, found by ${visibleLine(pattern)}`;
    return [`${line} [${sizeText(decision.sizeBytes)}${by}]`];
  });
}

/** The explanation for people, a line each: nothing in it can steer a terminal. */
export function explanationLines(explanation: Explanation): readonly string[] {
  return steps.flatMap((step) => {
    const lines =
      step === 'files' ? fileLines(explanation.files) : explanation[step].map((one) => describeDecision(one));
    const shown = lines.length === 0 ? [ifEmpty[step] ?? 'nothing'] : lines;
    return [titles[step], ...shown.map((line) => `  ${line}`), ''];
  });
}
