import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JsonSizes } from '../../src/reports/json-consumer.ts';
import { readReport } from '../../src/reports/read.ts';
import { formats } from '../../src/reports/registry.ts';
import { mask } from '../mask.ts';

const folder = new URL('../fixtures/reports/', import.meta.url).pathname;
const inPieces: JsonSizes = { wholeBytes: 0, listBytes: 0, batchBytes: 0 };
const inSomePieces: JsonSizes = { wholeBytes: 0, listBytes: 200, batchBytes: 300 };

async function read(bytes: Uint8Array, json?: JsonSizes): Promise<unknown> {
  async function* chunks() {
    await Promise.resolve();
    for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
  }
  const limits = { maxBytes: 2 ** 24, maxWholeBytes: 2 ** 24, ...(json === undefined ? {} : { json }) };
  return readReport(
    { path: 'report.json', sizeBytes: bytes.length, chunks: chunks() },
    { resolvePath: null, mask, limits },
  );
}

/** Read as large files are, the bytes say what they say in one piece: findings, tests, warnings, errors, all of it. */
async function expectSame(bytes: Uint8Array): Promise<void> {
  const whole = await read(bytes);
  expect(await read(bytes, inPieces)).toEqual(whole);
  expect(await read(bytes, inSomePieces)).toEqual(whole);
}

const withLists = formats.flatMap((format) =>
  format.syntax === 'json' && format.lists !== undefined ? [format.format] : [],
);

function filesOf(format: string): readonly string[] {
  return readdirSync(`${folder}${format}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.expected)\.(?:json|sarif)$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

describe.each(withLists)('a large report of %s', (format) => {
  test('is read like a small one', async () => {
    const files = filesOf(format);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) await expectSame(readFileSync(file));
  });

  test('is read like a small one, wherever it is cut off', async () => {
    const files = filesOf(format).map((file) => readFileSync(file));
    const bytes = files.reduce((longest, other) => (other.length > longest.length ? other : longest));
    for (let length = 1; length < bytes.length; length += Math.ceil(bytes.length / 12))
      await expectSame(bytes.subarray(0, length));
  });
});

describe('a large JSON file', () => {
  test.each([
    {
      what: 'behind the line of a wrapper',
      text: '[command]/usr/bin/ruff check\n[{"code":"E1","message":"m","filename":"f","location":{"row":1}}]',
    },
    {
      what: 'behind a second byte order mark',
      text: '\ufeff\ufeff{"runs":[{"tool":{"driver":{"name":"x"}},"results":[]}],"version":"2.1.0"}',
    },
    {
      what: 'with something behind its end',
      text: '{"runs":[{"tool":{},"results":[{"message":{"text":"m"}}]}],"version":"2.1.0"} x',
    },
    {
      what: 'that is wrong in the middle',
      text: '{"runs":[{"tool":{},"results":[{"message":{"text":"m"}},{x]}],"version":"2.1.0"}',
    },
    {
      what: 'that is wrong at its end and cut off there',
      text: '{"version":"2.1.0","runs":[{"tool":{},"results":[{"message":{"text":"m"}}],@',
    },
    { what: 'of no known report', text: '{"runs":{},"other":[1,2,3]}' },
    { what: 'that is a list of something else', text: '[{"a":1},{"b":2}]' },
    { what: 'of no known report, cut off', text: '{"other":[{"a":1},{"b":' },
    {
      what: 'with its results twice',
      text: '{"version":"2.1.0","runs":[{"results":[{"message":{"text":"m"}}]}],"runs":[]}',
    },
    {
      what: 'with odd entries',
      text: '{"numTotalTests":2,"testResults":[1,null,{"assertionResults":[2,{"title":"t","status":"passed"}]}]}',
    },
  ])('$what is read like a small one', async ({ text }) => {
    await expectSame(new TextEncoder().encode(text));
  });
});
