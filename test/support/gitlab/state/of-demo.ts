import { demoState } from '../../../../src/demo/scenario.ts';
import { type EmbeddedState, emptyState } from './state.ts';

/** What the demo shows, in a whole GitLab. */
export function stateOfDemo(now: Date): EmbeddedState {
  const demo = demoState(now);
  return {
    ...emptyState(),
    ...demo,
    mergeRequests: demo.mergeRequests.map((mr) => ({
      ...mr,
      labelEvents: [],
      diff: { files: [], raw: mr.diff?.raw ?? null },
    })),
  };
}
