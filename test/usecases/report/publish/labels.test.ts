import { expect, test } from 'vitest';
import { reportOptions } from '../../../../src/config/report-options.ts';
import { publishLabels } from '../../../../src/usecases/report/publish/labels.ts';
import { createTroubles } from '../../../../src/usecases/troubles.ts';
import { aMergeRequest, aSummary, aTestsReport } from '../../../builders.ts';
import { aStage, head } from '../../bot/stage.ts';

test.each([
  { state: 'opened', isOvertaken: false, labels: ['tests::passing'] },
  { state: 'opened', isOvertaken: true, labels: [] },
  { state: 'merged', isOvertaken: false, labels: [] },
  { state: 'closed', isOvertaken: false, labels: [] },
])(
  'a merge request that is $state gets the labels $labels, overtaken: $isOvertaken',
  async ({ state, isOvertaken, labels }) => {
    const stage = await aStage();
    const mergeRequest = stage.state.mergeRequests.find(({ iid }) => iid === 7);
    Object.assign(mergeRequest ?? {}, { state });
    const { gitlab, log } = stage.world();
    const troubles = createTroubles(log, null);
    const summary = aSummary({
      mergeRequest: aMergeRequest({ iid: 7, headSha: head }),
      tests: aTestsReport(),
    });
    const options = reportOptions.parse({ labels: 'results' });
    await publishLabels(
      { options, summary, rendered: {}, labelRules: [] } as never,
      { gitlab, log, mayWrite: () => Promise.resolve(!isOvertaken) },
      troubles,
    );
    expect(troubles.all()).toEqual([]);
    expect(mergeRequest?.labels).toEqual(labels);
  },
);
