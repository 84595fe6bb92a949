import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EmbeddedAnswer } from '../../src/demo/http.ts';
import type { Intervention } from '../../src/demo/server.ts';
import { herald, type Outcome } from '../cli/herald.ts';
import { type EmbeddedOptions, startEmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { startEmbeddedSentry } from '../support/sentry/embedded-sentry.ts';
import { addDays, day, emptyProject, end, projectId } from '../usecases/digest/history-stage.ts';

const token = 'glpat-CANARYcanary0123456789';
const trackerToken = 'sntrys_CANARYcanary0123456789abcdef';

interface Sink {
  readonly url: string;
  readonly heard: IncomingHttpHeaders[];
}

/** A server that nobody was set up for. */
async function aSink(): Promise<Sink> {
  const heard: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    heard.push(request.headers);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

const project = ['--project', 'shop/till'];

/** Each command that asks GitLab by itself, from anywhere. */
const commands: Readonly<Record<string, readonly string[]>> = {
  digest: ['digest', '--period', '2026-04', ...project, '--to', 'file,issue,wiki'],
  'release-notes': ['release-notes', ...project],
  search: ['search', 'issues', 'a', ...project],
  sweep: ['bot', '--sweep', ...project],
  backtest: ['bot', '--backtest', '30d', ...project],
  'track-release': ['track-release', 'v1', ...project],
};

interface Place {
  run(command: string): Promise<Outcome>;
  texts(): Promise<readonly string[]>;
}

async function aPlace(
  beforeRequest: EmbeddedOptions['beforeRequest'],
  tracker: string | null,
): Promise<Place> {
  const state = emptyProject();
  addDays(state, end - 20 * day, 3);
  for (const known of state.tokens) Object.assign(known, { value: token });
  const gitlab = await startEmbeddedGitLab({
    state,
    askedByHand: true,
    ...(beforeRequest === undefined ? {} : { beforeRequest }),
  });
  onTestFinished(() => gitlab.stop());
  const sentry = tracker ?? (await trackerOf());
  const folder = await mkdtemp(join(tmpdir(), 'herald-token-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const more = ['--sentry-server', sentry, '--sentry-org', 'acme', '--sentry-projects', 'web'];
  return {
    run: (command) =>
      herald(
        [
          ...(commands[command] ?? []),
          ...['--server', gitlab.url, '--max-wait', '1', '--log-level', 'debug'],
          ...(command === 'track-release' ? more : []),
        ],
        { HERALD_TOKEN: token, SENTRY_AUTH_TOKEN: trackerToken },
        null,
        folder,
      ),
    async texts() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return Promise.all(
        entries
          .filter((entry) => entry.isFile())
          .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
      );
    },
  };
}

async function trackerOf(): Promise<string> {
  const sentry = await startEmbeddedSentry();
  onTestFinished(() => sentry.stop());
  return sentry.url;
}

function expectNoToken({ stdout, stderr }: Outcome, texts: readonly string[] = []): void {
  for (const text of [stdout, stderr, ...texts]) expect(text).not.toContain('CANARY');
  expect(stderr).not.toMatch(/bug in Herald/);
}

describe.each(Object.keys(commands))('the token of herald %s', (command) => {
  test.each([302, 307, 308])('is not sent where an answer redirects (%i)', async (status) => {
    const sink = await aSink();
    const away = ({ path }: { readonly path: string }): Intervention => ({
      status,
      body: '',
      headers: { location: `${sink.url}${path}?private_token=` },
    });
    const { run } = await aPlace(away, sink.url);
    expectNoToken(await run(command));
    expect(JSON.stringify(sink.heard)).not.toMatch(/CANARY|authorization|private-token|job-token/i);
  });

  test('is not sent to addresses in answers, whatever field they are in', async () => {
    const sink = await aSink();
    const spoil = (answer: EmbeddedAnswer): EmbeddedAnswer => ({
      ...answer,
      headers: {
        ...answer.headers,
        ...(answer.headers?.['link'] === undefined
          ? {}
          : { link: answer.headers['link'].replace('__ORIGIN__', sink.url) }),
      },
      body:
        typeof answer.body !== 'object' || answer.body instanceof Uint8Array
          ? answer.body
          : (JSON.parse(JSON.stringify(answer.body).replaceAll('__ORIGIN__', sink.url)) as unknown),
    });
    const { run } = await aPlace(({ method }) => (method === 'GET' ? { spoil } : undefined), null);
    expectNoToken(await run(command));
    expect(sink.heard).toEqual([]);
  });

  test('is in no text where GitLab echoes it in every refusal', async () => {
    const { run, texts } = await aPlace(({ path }) => {
      const words = `${token} may not ask ${path}, ${encodeURIComponent(token)}`;
      return path === `/projects/${projectId}` || path.endsWith('till')
        ? undefined
        : { status: 403, body: { message: words, error: { [token]: [words] } } };
    }, null);
    expectNoToken(await run(command), await texts());
  });
});
