import { expect, test } from 'vitest';
import type { Statuses } from '../../src/gitlab/ports/port.ts';
import { publishStatus } from '../../src/publish/publish-status.ts';
import { aContext, aMergeRequest } from '../builders.ts';
import { aLog, refused } from './notes-in-memory.ts';

const ofFork = aMergeRequest({ sourceProjectId: 77, fork: true });

async function publish(answer: 'set' | 'unchanged' | number, context = aContext(), dryRun = false) {
  const requests: unknown[] = [];
  const gitlab: Statuses = {
    fetchOpenStatuses: () => Promise.resolve([]),
    setStatus: (status) => {
      requests.push(status);
      return typeof answer === 'number' ? Promise.reject(refused(answer)) : Promise.resolve(answer);
    },
  };
  const wanted = {
    context,
    key: 'report',
    state: 'failed',
    description: '2 failed',
    check: null,
    targetUrls: [],
  } as const;
  return { ...(await publishStatus({ gitlab, log: aLog() }, wanted, { dryRun })), requests };
}

test.each([
  { answer: 'set', reason: 'The status is failed.' },
  { answer: 'unchanged', reason: 'The status was already failed.' },
] as const)('$answer is told as it is', async ({ answer, reason }) => {
  expect(await publish(answer)).toMatchObject({ outcome: answer, reason });
});

test.each([
  { status: 403, context: aContext({ runsInFork: true, mergeRequest: ofFork }) },
  { status: 404, context: aContext({ runsInFork: true, mergeRequest: ofFork }) },
  { status: 404, context: aContext({ mergeRequest: ofFork }) },
])('$status on the pipeline of a fork is an outcome with a sentence', async ({ status, context }) => {
  const { outcome, reason } = await publish(status, context);
  expect(outcome).toBe('refused');
  expect(reason).toContain(String(status));
});

test.each([
  { status: 403, context: aContext(), why: 'the token lacks a role' },
  { status: 400, context: aContext({ runsInFork: true }), why: 'the request is wrong' },
])('$status is thrown where $why', async ({ status, context }) => {
  await expect(publish(status, context)).rejects.toMatchObject({ status });
});

test('403 on the default branch, which GitLab protects, is an outcome with the remedy', async () => {
  const context = aContext({ mergeRequest: null });
  const { commit, project } = context;
  const onDefault = { ...context, commit: { ...commit, branch: project.defaultBranch } };
  const { outcome, reason } = await publish(403, onDefault);
  expect(outcome).toBe('refused');
  expect(reason).toContain('Settings > Repository > Protected branches');
  await expect(publish(401, onDefault)).rejects.toMatchObject({ status: 401 });
});

test('a dry run gives the write and makes none', async () => {
  const { outcome, write, requests } = await publish('set', aContext(), true);
  expect({ outcome, name: write.status.name, requests }).toEqual({
    outcome: 'planned',
    name: 'herald/report',
    requests: [],
  });
});
