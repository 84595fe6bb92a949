/**
 * Every command in a job whose variables somebody else chose: of a fork, of a trigger, by a dotenv report. The command
 * line names the GitLab that Herald was set up for.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CommandName } from '../../src/cli/summaries.ts';
import { type OptionRow, optionRows } from '../../src/config/option-row.ts';
import { optionsByCommand } from '../../src/config/options.ts';
import { exitCodes } from '../../src/errors.ts';
import { type CommandRun, commandRuns, type MoreVariables } from './command-runs.ts';
import { numbersFrom } from './random-texts.ts';

interface Sink {
  readonly url: string;
  /** All that came: methods, addresses, headers and bodies. */
  readonly heard: string[];
}

/** A server that nobody was set up for. */
async function aSink(): Promise<Sink> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method ?? ''} ${request.url ?? ''} ${JSON.stringify(request.headers)}`);
    request.on('data', (piece: Buffer) => void heard.push(piece.toString()));
    response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
  });
  server.on('connect', (request, socket) => {
    heard.push(`CONNECT ${request.url ?? ''} ${JSON.stringify(request.headers)}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

/** What GitLab's runner gives the job of a fork's merge request. */
const ofFork: MoreVariables = (url) => ({
  CI: 'true',
  GITLAB_CI: 'true',
  CI_SERVER_URL: url,
  CI_API_V4_URL: `${url}/api/v4`,
  CI_PROJECT_ID: '77',
  CI_PROJECT_PATH: 'someone/shop',
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '77',
  CI_COMMIT_REF_PROTECTED: 'false',
});

interface Seen {
  readonly exitCode: number;
  readonly stderr: string;
  readonly requests: readonly string[];
  readonly writes: readonly string[];
}

async function seenOf(run: CommandRun, more: MoreVariables, namesServer = true): Promise<Seen> {
  const requests: string[] = [];
  const before = ({ method, path }: { readonly method: string; readonly path: string }): undefined =>
    void requests.push(`${method} ${path}`);
  const { exitCode, stderr } = await run.run(
    before,
    (url) => ({ ...ofFork(url), ...more(url) }),
    namesServer,
  );
  return { exitCode, stderr, requests, writes: requests.filter((one) => !/^GET |\/graphql$/.test(one)) };
}

/** Commands that send something to GitLab. */
const online = Object.entries(commandRuns).flatMap(([name, runs]) => {
  const [run] = runs;
  return run === undefined || ['inspect', 'convert', 'config'].includes(name) ? [] : [[name, run] as const];
});

const elsewhere: Readonly<Record<string, (url: string) => Readonly<Record<string, string>>>> = {
  'the API': (url) => ({ CI_API_V4_URL: `${url}/api/v4` }),
  'the server': (url) => ({ CI_SERVER_URL: url }),
  'the server and its API': (url) => ({ CI_SERVER_URL: url, CI_API_V4_URL: `${url}/api/v4` }),
  'GITLAB_URL and GraphQL': (url) => ({ GITLAB_URL: url, CI_API_GRAPHQL_URL: `${url}/api/graphql` }),
  'all of them, with an empty GITLAB_CI': (url) => ({
    GITLAB_CI: '',
    CI: '',
    CI_SERVER_URL: url,
    CI_API_V4_URL: `${url}/api/v4`,
    HERALD_SERVER: url,
  }),
};

describe.each(online)('herald %s', (name, run) => {
  test.each(Object.keys(elsewhere))('sends nothing to where a variable leads: %s', async (which) => {
    const sink = await aSink();
    const { stderr } = await seenOf(run, () => elsewhere[which]?.(sink.url) ?? {});
    expect(sink.heard).toEqual([]);
    expect(stderr).not.toContain('bug in Herald');
  });

  test.each(['the API', 'the server'])(
    'sends nothing where the command line names no server and the variables disagree: %s',
    async (which) => {
      const sink = await aSink();
      const { exitCode, requests } = await seenOf(run, () => elsewhere[which]?.(sink.url) ?? {}, false);
      expect({ heard: sink.heard, requests, exitCode }).toEqual({
        heard: [],
        requests: [],
        exitCode: exitCodes.usage,
      });
    },
  );

  test.each(['NODE_OPTIONS', 'NODE_DEBUG', 'NODE_TLS_REJECT_UNAUTHORIZED', 'LD_PRELOAD'])(
    'uses no token beside %s, and says why',
    async (variable) => {
      const { requests, exitCode, stderr } = await seenOf(run, () => ({ [variable]: '--require /tmp/x.js' }));
      expect({ requests, exitCode }).toEqual({ requests: [], exitCode: exitCodes.usage });
      expect(stderr).toContain(`${variable} is set in this job`);
    },
  );

  test('writes nothing without a token, and says what is missing', async () => {
    const { writes, exitCode, stderr } = await seenOf(run, () => ({ HERALD_TOKEN: '', CI_JOB_TOKEN: '' }));
    expect(writes).toEqual([]);
    // The artifacts of a report are there without a token.
    const isReport = name === 'report' || name === 'explain';
    expect(exitCode, stderr).toBe(isReport ? exitCodes.done : exitCodes.usage);
    expect(stderr).toMatch(/token/);
  });

  test.each(attackedRows(name))('sends nothing to where %s leads', async (_variable, row) => {
    const sink = await aSink();
    for (const namesServer of [true, false]) {
      const { stderr } = await seenOf(run, () => ({ [row.variable]: sink.url }), namesServer);
      expect(sink.heard).toEqual([]);
      expect(stderr).not.toContain('bug in Herald');
    }
  });
});

/** Options that may hold an address: of them some, and for `npm run attack` all. */
function attackedRows(name: string): readonly (readonly [string, OptionRow])[] {
  const schema = Object.entries(optionsByCommand).find(([command]) => command === name)?.[1];
  if (schema === undefined) return [];
  const rows = optionRows(schema).filter(
    ({ type, choices }) => ['string', 'array'].includes(type) && choices === null,
  );
  const number = numbersFrom(Number(process.env['ATTACK_SEED'] ?? 20_260_301));
  const isWhole = process.env['ATTACK_STRINGS'] !== undefined;
  return rows
    .filter((row) => isWhole || row.typed || number() < 0.2)
    .map((row) => [row.variable, row] as const);
}

/** What a job of a fork that runs in the project, with its token, may write: the comment on its merge request. */
const ofMergeRequest: Partial<Record<CommandName, RegExp>> = {
  report: /^(?:POST|PUT) \/projects\/(?:42\/merge_requests\/7\/(?:notes|discussions)|77\/statuses\/)/,
  comment: /^POST \/projects\/42\/merge_requests\/7\/notes$/,
  label: /^PUT \/projects\/42\/merge_requests\/7$/,
  status: /^POST \/projects\/77\/statuses\//,
};

test.each(Object.entries(ofMergeRequest))(
  'herald %s of a fork writes to its merge request and pipeline alone',
  async (name, mayWrite) => {
    const runs = Object.entries(commandRuns).find(([command]) => command === name)?.[1] ?? [];
    const all: string[] = [];
    for (const run of runs) all.push(...(await seenOf(run, () => ({}))).writes);
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((write) => !mayWrite.test(write))).toEqual([]);
  },
);
