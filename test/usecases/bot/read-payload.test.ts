import { expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { handlePayload } from '../../../src/usecases/bot/handle-payload.ts';
import { readPayload } from '../../../src/usecases/bot/read-payload.ts';
import { aStage } from './stage.ts';

const secret = 'HERALD_TOKEN=glpat-CANARY-0123456789';

function holding(text: string) {
  const bytes = new TextEncoder().encode(text);
  async function* chunks(): AsyncIterable<Uint8Array> {
    await Promise.resolve();
    yield bytes;
  }
  return () => Promise.resolve({ sizeBytes: bytes.length, chunks: chunks() });
}

test.each(['/proc/self/environ', '/etc/passwd', 'payload.json', '/builds/x/TRIGGER_PAYLOAD', secret])(
  'TRIGGER_PAYLOAD that names no file of a runner is refused, and not repeated: %s',
  async (variable) => {
    const reading = readPayload({ path: null, variable, fileAt: holding(secret) });
    const error: unknown = await reading.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).not.toContain(variable);
  },
);

test.each([
  secret,
  `{"${secret}"`,
  `{"object_kind":"${secret}"}`,
  `{"object_kind":"note","${secret}":1}`,
  `[${secret}]`,
])('nothing of a file that is no payload is told: %s', async (content) => {
  const variable = '/builds/shop/bot.tmp/TRIGGER_PAYLOAD';
  const text = await readPayload({ path: null, variable, fileAt: holding(content) });
  const stage = await aStage();
  const outcome: unknown = await handlePayload(text ?? '', stage.world()).catch((reason: unknown) => reason);
  const told = JSON.stringify([String(outcome), outcome, stage.log.lines]);
  expect(told).not.toContain('CANARY');
});
