import { expect, test } from 'vitest';
import type { StandingStatus } from '../../../src/gitlab/ports/head-pipelines.ts';
import { mayHaveTriggers, type Standing } from '../../../src/usecases/report/standing-statuses.ts';

const pipelineId = 501;

function aStatus(fields: Partial<StandingStatus> & Pick<StandingStatus, 'id'>): StandingStatus {
  return { name: 'test', state: 'success', description: null, targetUrl: null, pipelineId, ...fields };
}

const posted = aStatus({ id: 3, name: 'herald/report', description: 'All passed' });
const jobs = [aStatus({ id: 1 }), aStatus({ id: 2, name: 'lint' })];

interface Row {
  readonly title: string;
  readonly standing: Standing;
  readonly may: boolean;
}

const rows: readonly Row[] = [
  { title: 'a list of the jobs alone has none', standing: jobs, may: false },
  { title: 'a posted status is none', standing: [...jobs, posted], may: false },
  {
    title: 'jobs of another pipeline of the commit do not count',
    standing: [...jobs, aStatus({ id: 9, pipelineId: 400 })],
    may: false,
  },
  {
    title: 'an older GitLab names no pipeline',
    standing: jobs.map((job) => ({ ...job, pipelineId: null })),
    may: false,
  },
  {
    title: 'what is no job and was not posted can be one',
    standing: [...jobs, aStatus({ id: 9, name: 'deploy' })],
    may: true,
  },
  {
    title: 'one that is named like our status can be one',
    standing: [...jobs, aStatus({ id: 9, name: 'herald/report' })],
    may: true,
  },
  {
    title: 'one of an older GitLab, which names no pipeline, can be one',
    standing: [...jobs, aStatus({ id: 9, pipelineId: null })],
    may: true,
  },
  { title: 'a list that lacks a job proves nothing', standing: jobs.slice(1), may: true },
  { title: 'a list without this pipeline proves nothing', standing: [posted], may: true },
  {
    title: 'a list that may go on proves nothing',
    standing: [...jobs, ...Array.from({ length: 498 }, (_, index) => ({ ...posted, id: 100 + index }))],
    may: true,
  },
  { title: 'no list proves nothing', standing: null, may: true },
];

test.each(rows)('$title', ({ standing, may }) => {
  expect(mayHaveTriggers(standing, { pipelineId, jobIds: [1, 2] })).toBe(may);
});

test('a pipeline without other jobs can have trigger jobs', () => {
  expect(mayHaveTriggers([posted], { pipelineId, jobIds: [] })).toBe(true);
});
