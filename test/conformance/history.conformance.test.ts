import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nock from 'nock';
import { afterEach, describe, expect, test } from 'vitest';
import type { GitLab } from '../../src/gitlab/ports/port.ts';
import { connect, origin } from '../gitlab/connect-for-test.ts';
import { rowsOf } from '../gitlab/contract-of-history.ts';

const corpus = process.env['HERALD_CORPUS'] ?? '';
const of = { id: 42, url: `${origin}/shop/checkout` };

type Recorded = Readonly<Record<string, unknown>>;

function recorded(file: string): readonly Recorded[] {
  return JSON.parse(readFileSync(join(corpus, 'gitlab-history', `${file}.json`), 'utf8')) as Recorded[];
}

/** All rows of a list of a port that answers with a recorded file. */
async function read<T>(file: string, ask: (gitlab: GitLab) => Promise<readonly T[]>): Promise<readonly T[]> {
  nock(origin)
    .get(/^\/api\/v4\//)
    .reply(200, recorded(file) as nock.Body);
  return ask(connect().gitlab);
}

const at = (text: unknown): number | null => (typeof text === 'string' ? Date.parse(text) : null);
const inside = (value: unknown): Recorded => value as Recorded;

describe.skipIf(corpus === '')('what a real GitLab answered', () => {
  afterEach(() => {
    nock.cleanAll();
  });

  test('deployments', async () => {
    const rows = await read('deployments', (gitlab) => rowsOf(gitlab.fetchDeploymentPages(of, 0)));
    const plain = recorded('deployments').map((row) => ({
      id: row['id'],
      environment: inside(row['environment'])['name'],
      status: row['status'],
      sha: row['sha'],
      ref: row['ref'],
      createdAt: at(row['created_at']),
      finishedAt: ['created', 'running', 'blocked'].includes(String(row['status']))
        ? null
        : at(inside(row['deployable'])['finished_at'] ?? row['updated_at']),
      url: `${of.url}/-/jobs/${String(inside(row['deployable'])['id'])}`,
    }));
    expect(rows.map(({ thing }) => thing)).toEqual(plain);
    expect(rows.length).toBe(8);
  });

  test('merge requests, with who waits for whom', async () => {
    const rows = await read('merge_requests', (gitlab) => rowsOf(gitlab.fetchMergeRequestPages(of, 0)));
    const plain = recorded('merge_requests').map((row) => ({
      iid: row['iid'],
      title: row['title'],
      author: { username: inside(row['author'])['username'], isBot: false },
      state: row['state'],
      isDraft: row['draft'],
      createdAt: at(row['created_at']),
      mergedAt: at(row['merged_at']),
      closedAt: at(row['closed_at']),
      mergeSha:
        row['state'] === 'merged'
          ? (row['merge_commit_sha'] ?? row['squash_commit_sha'] ?? row['sha'])
          : null,
    }));
    expect(rows.map(({ thing }) => thing)).toMatchObject(plain);
    const open = rows.filter(({ thing }) => thing.state === 'opened');
    expect(open.every(({ thing }) => thing.waitingOn !== null)).toBe(true);
    expect(rows.length - open.length).toBe(rows.filter(({ thing }) => thing.waitingOn === null).length);
  });

  test('notes: comments, approvals, pushes, and ready after a draft', async () => {
    const events = await read('merge_request_notes', (gitlab) =>
      rowsOf(gitlab.fetchMergeRequestEventPages(of, 1)),
    );
    const count = (kind: string): number => events.filter((event) => event.kind === kind).length;
    // Counted by eye in the file.
    expect([
      count('comment'),
      count('approved'),
      count('unapproved'),
      count('push'),
      count('ready'),
      count('draft'),
    ]).toEqual([4, 5, 1, 6, 1, 0]);
  });

  test('commits of merge requests', async () => {
    const rows = await read('merge_request_commits', (gitlab) =>
      rowsOf(gitlab.fetchMergeRequestCommitPages(of, 1)),
    );
    expect(rows).toEqual(
      recorded('merge_request_commits').map((row) => ({
        sha: row['id'],
        authoredAt: at(row['authored_date']),
      })),
    );
  });

  test('commits of a branch', async () => {
    const rows = await read('merge_request_commits', (gitlab) =>
      rowsOf(gitlab.fetchCommitPages(of, { ref: 'main', since: 0 })),
    );
    expect(rows.map(({ sha, parents, title }) => ({ sha, parents, title }))).toEqual(
      recorded('merge_request_commits').map((row) => ({
        sha: row['id'],
        parents: row['parent_ids'],
        title: row['title'],
      })),
    );
  });

  test('issues', async () => {
    const rows = await read('issues', (gitlab) => rowsOf(gitlab.fetchIssuePages(of, 0)));
    const open = recorded('issues').filter((row) => row['confidential'] !== true);
    expect(rows.map(({ thing }) => thing)).toMatchObject(
      open.map((row) => ({
        iid: row['iid'],
        kind: row['issue_type'],
        createdAt: at(row['created_at']),
        closedAt: at(row['closed_at']),
      })),
    );
  });

  test('jobs, each with its pipeline', async () => {
    const rows = await read('jobs', (gitlab) => rowsOf(gitlab.fetchJobPages(of)));
    expect(rows.map(({ job, pipeline }) => ({ ...job, sha: pipeline.thing.sha }))).toMatchObject(
      recorded('jobs').map((row) => ({
        id: row['id'],
        pipelineId: inside(row['pipeline'])['id'],
        sha: inside(row['pipeline'])['sha'],
        name: row['name'],
        status: row['status'],
        createdAt: at(row['created_at']),
        startedAt: at(row['started_at']),
        finishedAt: at(row['finished_at']),
        durationSeconds: row['duration'],
      })),
    );
    expect(rows.length).toBe(75);
  });

  test.each(['pipelines', 'pipeline_details'])('%s', async (file) => {
    const rows = await read(file, (gitlab) => rowsOf(gitlab.fetchPipelinePages(of, 0)));
    expect(rows.map(({ thing }) => thing)).toMatchObject(
      recorded(file).map((row) => ({
        id: row['id'],
        status: row['status'],
        source: row['source'],
        createdAt: at(row['created_at']),
        updatedAt: at(row['updated_at']),
      })),
    );
  });

  test('a trigger job is taken for a job', async () => {
    const rows = await read('trigger_jobs', (gitlab) => rowsOf(gitlab.fetchJobPages(of)));
    expect(rows).toHaveLength(1);
  });
});
