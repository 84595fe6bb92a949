import { expect, test } from 'vitest';
import { reportOptions } from '../../../../src/config/options.ts';
import { publishLabels } from '../../../../src/usecases/report/publish/labels.ts';
import { createTroubles } from '../../../../src/usecases/troubles.ts';
import { aMergeRequest, aSummary, aTestsReport } from '../../../builders.ts';
import { aStage, head } from '../../bot/stage.ts';

test.each([
  { state: 'opened', labels: ['tests::passing'] },
  { state: 'merged', labels: [] },
  { state: 'closed', labels: [] },
])('a merge request that is $state gets the labels $labels', async ({ state, labels }) => {
  const stage = await aStage();
  const mergeRequest = stage.state.mergeRequests.find(({ iid }) => iid === 7);
  Object.assign(mergeRequest ?? {}, { state });
  const { gitlab, clock, log } = stage.world();
  const troubles = createTroubles(log, null);
  const summary = aSummary({ mergeRequest: aMergeRequest({ iid: 7, headSha: head }), tests: aTestsReport() });
  const options = reportOptions.parse({ labels: 'results' });
  await publishLabels(
    { options, summary, rendered: {}, labelRules: [] } as never,
    { gitlab, clock, log } as never,
    troubles,
  );
  expect(troubles.all()).toEqual([]);
  expect(mergeRequest?.labels).toEqual(labels);
});
