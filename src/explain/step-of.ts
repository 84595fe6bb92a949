import type { Decision, DecisionOf, Step } from '../model/decision.ts';

const stepOf: Readonly<Record<Decision['about'], Step>> = {
  pipeline: 'run',
  missing: 'run',
  search: 'files',
  match: 'files',
  file: 'files',
  'not-read': 'files',
  'no-match': 'files',
  'job-reports': 'files',
  'merge-request-source': 'mergeRequest',
  'merge-request-candidate': 'mergeRequest',
  'merge-request': 'mergeRequest',
  'head-candidate': 'headPipeline',
  'head-pipeline': 'headPipeline',
  'baseline-wanted': 'baseline',
  'baseline-candidate': 'baseline',
  baseline: 'baseline',
  gate: 'gates',
  comment: 'writes',
  status: 'writes',
  'no-status': 'writes',
  labels: 'writes',
  threads: 'writes',
  'nothing-written': 'writes',
};

/** Which step of the run a decision belongs to. */
export function isOfStep<S extends Step>(step: S): (decision: Decision) => decision is DecisionOf<S> {
  return (decision): decision is DecisionOf<S> => stepOf[decision.about] === step;
}
