import { expect, test } from 'vitest';
import { GitLabRefusedError } from '../../../src/errors.ts';
import type { LabelEvent, MergeRequests } from '../../../src/gitlab/ports/port.ts';
import { allowByLabels } from '../../../src/usecases/report/allow-by-labels.ts';
import { createTroubles } from '../../../src/usecases/troubles.ts';
import { aGateVerdict, aMergeRequest } from '../../builders.ts';

const silent = () => undefined;
const troubles = () =>
  createTroubles(
    { debug: silent, info: silent, warn: silent, error: silent, section: (_t, work) => work() },
    null,
  );

function aGitLab(labels: readonly string[], events: readonly LabelEvent[] | 'refused') {
  const asked: string[] = [];
  const gitlab: MergeRequests = {
    fetchMergeRequest() {
      asked.push('merge request');
      return Promise.resolve(aMergeRequest({ labels }));
    },
    fetchOpenMergeRequestsOfCommit: () => Promise.resolve([]),
    changeLabels: () => Promise.resolve(null),
    fetchLabelEvents() {
      asked.push('label events');
      return events === 'refused'
        ? Promise.reject(new GitLabRefusedError('no', { status: 403, request: 'GET' }))
        : Promise.resolve(events);
    },
  };
  return { gitlab, asked };
}

const label = 'herald::allow-failures';
const set = (username: string, action: 'add' | 'remove' = 'add'): LabelEvent => ({ label, action, username });

test.each([
  {
    name: 'GitLab is not asked while every gate passes',
    verdict: aGateVerdict({ outcome: 'passed' }),
    labels: [label],
    events: [],
    asked: [],
    override: null,
  },
  {
    name: 'one request when a gate failed and no label allows it',
    verdict: aGateVerdict(),
    labels: ['bug'],
    events: [],
    asked: ['merge request'],
    override: null,
  },
  {
    name: 'the last one who set it is the one who answers for it',
    verdict: aGateVerdict(),
    labels: [label],
    events: [set('ada'), set('ada', 'remove'), set('grace')],
    asked: ['merge request', 'label events'],
    override: { label, setBy: 'grace' },
  },
  {
    name: 'a label counts although GitLab does not say who set it',
    verdict: aGateVerdict(),
    labels: [label],
    events: 'refused' as const,
    asked: ['merge request', 'label events'],
    override: { label, setBy: null },
  },
])('$name', async ({ verdict, labels, events, asked, override }) => {
  const fake = aGitLab(labels, events);
  const [judged] = await allowByLabels([verdict], aMergeRequest(), { ...fake, troubles: troubles() });
  expect(judged?.override).toEqual(override);
  expect(fake.asked).toEqual(asked);
});
