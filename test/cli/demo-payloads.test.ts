import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { samplePayloads } from '../../src/demo/samples/payloads.ts';
import { exitCodes } from '../../src/errors.ts';
import { parsePayload } from '../../src/webhooks/parse-payload.ts';
import { eventReaders } from '../../src/webhooks/registry.ts';
import { aStage } from '../usecases/bot/stage.ts';
import { aHost } from './a-host.ts';
import { herald } from './herald.ts';

async function writtenPayloads(): Promise<{ readonly folder: string; readonly names: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-payloads-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { host, printed } = aHost({ workingDirectory: folder });
  expect(await run(['demo', '--payloads', '--output', 'payloads'], host)).toBe(exitCodes.done);
  expect(printed()).toContain('payloads to payloads.');
  return { folder: join(folder, 'payloads'), names: (await readdir(join(folder, 'payloads'))).sort() };
}

test('every event that Herald understands has a sample, and its reader takes it', async () => {
  const { folder, names } = await writtenPayloads();
  expect(names).toEqual(eventReaders.map(({ kind }) => `${kind}.json`).sort());
  for (const name of names) {
    const parsed = parsePayload(await readFile(join(folder, name), 'utf8'));
    expect(parsed, name).toMatchObject({ outcome: 'event', event: { kind: name.replace('.json', '') } });
  }
});

test('a sample without its fields is refused, so that the test above means something', () => {
  const { object_attributes: _gone, ...rest } = samplePayloads.note;
  expect(parsePayload(JSON.stringify(rest)).outcome).toBe('malformed');
});

test('each of them goes through a dry run of the bot, which writes nothing', async () => {
  const { folder, names } = await writtenPayloads();
  const { gitlab } = await aStage();
  for (const name of names) {
    const { exitCode, stdout, stderr } = await herald(
      [
        'bot',
        '--dry-run',
        ...['--payload', join(folder, name)],
        ...['--server', gitlab.url],
        ...['--project', '42'],
      ],
      { HERALD_TOKEN: 'bot-token' },
      null,
      folder,
    );
    expect(exitCode, `${name}: ${stderr}`).toBe(exitCodes.done);
    expect(stdout, name).toMatch(/^[a-z-]+: \S/m);
  }
  expect(gitlab.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});
