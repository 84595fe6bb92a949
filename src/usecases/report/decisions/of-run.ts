import type { JudgedGate } from '../../../compare/judge-gates.ts';
import type { Context } from '../../../model/context.ts';
import type { DecisionOf } from '../../../model/decision.ts';
import type { GateVerdict } from '../../../model/gate.ts';
import type { MissingPart } from '../../../model/missing-part.ts';

/** What the run is about. */
export function decisionOfContext({ project, pipeline, commit, runsInFork }: Context): DecisionOf<'run'> {
  const { id: pipelineId, type, source } = pipeline;
  const ref = commit.branch ?? commit.tag;
  return {
    about: 'pipeline',
    project: project.path,
    pipelineId,
    type,
    source,
    ref,
    sha: commit.sha,
    runsInFork,
  };
}

const missingWords: Readonly<Record<MissingPart['reason'], string>> = {
  refused: 'GitLab refused to give it',
  'unusable-answer': 'GitLab gave an answer that Herald cannot use',
  unreachable: 'GitLab did not answer',
};

/** A part that GitLab did not give. */
export function decisionOfMissing({ part, reason }: MissingPart): DecisionOf<'run'> {
  return { about: 'missing', what: 'part', part, reason: missingWords[reason] };
}

/** Each gate with what was measured, and the verdict after labels were asked for. */
export function decisionsOfGates(
  judged: readonly JudgedGate[],
  verdicts: readonly GateVerdict[],
): readonly DecisionOf<'gates'>[] {
  return verdicts.map(({ condition, grade, outcome, message, override }, index) => {
    const { measures = '', value = null } = judged[index] ?? {};
    const allowedBy = override?.label ?? null;
    return { about: 'gate', condition, grade, measures, value, outcome, allowedBy, reason: message };
  });
}
