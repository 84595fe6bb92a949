import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { demoFiles, type Push, storeArtifact } from '../../../src/demo/scenario.ts';
import { type EmbeddedGitLab, startEmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { endpointOf } from '../../support/gitlab/faults.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import { aFolder, jobsOf, wholeRun } from './run-for-test.ts';

const paths = ['api/junit.xml', 'api/coverage.xml'];
const lock = { HERALD_LOCK: 'herald/vouchers/report' };

/** An instance with a baseline; in each push `test api` fails, or nothing. */
async function anInstance(isRed: boolean): Promise<EmbeddedGitLab> {
  const state = stateOfDemo(new Date());
  for (const push of ['first', 'second'] as const)
    for (const job of jobsOf(state, push))
      if (!isRed || job.name !== 'test api') Object.assign(job, { status: 'success', failure_reason: null });
  const gitlab = await startEmbeddedGitLab({ state });
  onTestFinished(() => gitlab.stop());
  const directory = await aFolder(filesOf('baseline'));
  const { written } = await wholeRun({ push: 'baseline', directory, gitlab });
  const content = written.get('herald-report.json') ?? '';
  storeArtifact(state, 'baseline', { path: 'herald-report.json', content });
  return gitlab;
}

function filesOf(push: Push): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(demoFiles(push)).filter(([path]) => paths.includes(path)));
}

function forward(incoming: IncomingMessage, response: ServerResponse, { url }: EmbeddedGitLab): void {
  const { method, headers } = incoming;
  const outgoing = request(new URL(incoming.url ?? '/', url), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  incoming.pipe(outgoing);
}

interface HeldBack {
  readonly gitlab: EmbeddedGitLab;
  /** What was asked although no round has it. */
  readonly others: readonly string[];
}

/** The same instance, which answers no request of a round before it has all of them. */
async function heldBack(gitlab: EmbeddedGitLab, rounds: readonly (readonly string[])[]): Promise<HeldBack> {
  const left = rounds.map((round) => new Set(round));
  const waiting = rounds.map((): (() => void)[] => []);
  const others: string[] = [];
  const server = createServer((incoming, response) => {
    const path = new URL(incoming.url ?? '/', gitlab.url).pathname.replace(/^\/api(?:\/v4)?/, '');
    const endpoint = endpointOf({ method: incoming.method ?? '', path });
    const at = left.findIndex((round) => round.has(endpoint));
    const round = left[at];
    if (round === undefined) {
      others.push(endpoint);
      forward(incoming, response, gitlab);
      return;
    }
    round.delete(endpoint);
    waiting[at]?.push(() => {
      forward(incoming, response, gitlab);
    });
    if (round.size === 0) for (const answer of waiting[at] ?? []) answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return { gitlab: { ...gitlab, url, apiUrl: `${url}/api/v4` }, others };
}

const jobs = 'GET /projects/:n/pipelines/:n/jobs';
const statuses = 'GET /projects/:n/repository/commits/:sha/statuses';
const baseline = 'GET /projects/:n/jobs/artifacts/main/raw/herald-report.json';
const log = 'GET /projects/:n/jobs/:n/trace';
const diff = 'GET /projects/:n/merge_requests/:n/raw_diffs';
/** The comments and the marks. */
const together = 'GET /graphql';
const notes = 'GET /projects/:n/merge_requests/:n/notes';
const update = 'PUT /projects/:n/merge_requests/:n/notes/:n';
const status = 'POST /projects/:n/statuses/:sha';

// A run that waited for one answer of a round before it asks for another would never end.
test.each<[title: string, isRed: boolean, rounds: readonly (readonly string[])[]]>([
  [
    'a usual run with a failure',
    true,
    [
      [baseline, jobs, statuses, diff],
      [log, together],
      [update, status],
    ],
  ],
  [
    'a usual run in which all is green',
    false,
    [
      [baseline, jobs, statuses, diff, notes],
      [update, status],
    ],
  ],
])('%s asks in as few rounds as its questions allow', async (_title, isRed, rounds) => {
  const gitlab = await anInstance(isRed);
  const pushed = isRed ? 'second' : 'baseline';
  const before = await aFolder(filesOf('first'));
  await wholeRun({ push: 'first', directory: before, gitlab, changed: lock });
  const directory = await aFolder(filesOf(pushed));
  const { gitlab: slow, others } = await heldBack(gitlab, rounds);
  const ended = await wholeRun({ push: 'second', directory, gitlab: slow, changed: lock });
  expect(others).toEqual([]);
  expect(ended.published.note?.outcome).toBe('updated');
  expect(ended.published.requests).toBe(rounds.flat().length);
});

test('comments on lines need the diff whatever the reports have: it does not wait for them', async () => {
  let sayAsked = (): void => undefined;
  const beforeReading = new Promise<void>((resolve) => {
    sayAsked = resolve;
  });
  const gitlab = await startEmbeddedGitLab({
    state: stateOfDemo(new Date()),
    beforeRequest: (asked) => {
      if (endpointOf(asked) === diff) sayAsked();
      return undefined;
    },
  });
  onTestFinished(() => gitlab.stop());
  const directory = await aFolder(filesOf('first'));
  const options = { inline: ['coverage'] };
  const ended = await wholeRun({ push: 'first', directory, gitlab, options, beforeReading });
  expect(ended.summary.diff).not.toBeNull();
});
