import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { occurrenceOf } from '../../src/bot/occurrence.ts';
import { parsePayload } from '../../src/webhooks/parse-payload.ts';

/** The rule: every real payload is understood, and means something for rules when it names a project. */
interface Entry {
  readonly path: string;
  readonly kind: string;
}

const corpus = process.env['HERALD_CORPUS'] ?? '';

/** Payloads that are not understood, with the reason. */
const notUnderstood: Readonly<Record<string, string>> = {};

function entries(): readonly Entry[] {
  if (corpus === '') return [];
  const all = JSON.parse(readFileSync(`${corpus}/INDEX.json`, 'utf8')) as readonly Entry[];
  return all.filter(({ kind }) => kind === 'webhooks');
}

const paths = entries().map(({ path }) => path);

describe.skipIf(corpus === '')('webhook payloads of the corpus', () => {
  test('there are payloads to read', () => {
    expect(paths.length).toBeGreaterThan(100);
  });

  test.each(paths)('%s', (path) => {
    const parsed = parsePayload(readFileSync(`${corpus}/${path}`, 'utf8'));
    if (notUnderstood[path] !== undefined) {
      expect(parsed.outcome).not.toBe('event');
      return;
    }
    expect(parsed).toMatchObject({ outcome: 'event' });
    if (parsed.outcome !== 'event') return;
    const occurrence = occurrenceOf(parsed.event);
    expect(
      occurrence === null || occurrence.names.every((name) => /^[a-z_]+(?:\.[a-z_-]+)?$/.test(name)),
    ).toBe(true);
  });
});
