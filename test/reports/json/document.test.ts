import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonDocumentReader } from '../../../src/reports/json/document-reader.ts';
import { StreamedList } from '../../../src/reports/json/streamed-list.ts';
import { StreamedMembers } from '../../../src/reports/json/streamed-members.ts';

const lists = ['[]', 'runs[]', 'runs[].results[]', 'scan.list[]', 'files{}', 'files.list[]', '[].results[]'];
const all = { listBytes: 0, batchBytes: 0 };

function readerOf(bytes: Uint8Array, sizes = all, pieceBytes = 7): JsonDocumentReader {
  const reader = new JsonDocumentReader([{ format: 'known', lists }], sizes);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  return reader;
}

/** The value with everything in it that is streamed. */
function unfolded(value: unknown): unknown {
  if (value instanceof StreamedList || Array.isArray(value)) return Array.from(value, unfolded);
  if (value instanceof StreamedMembers) {
    const object = Object.fromEntries(Array.from(value, ([key, member]) => [key, unfolded(member)]));
    // Whoever goes through them sees each key once, in the order of the object.
    expect(Array.from(value, ([key]) => key)).toEqual(Object.keys(object));
    expect(value.size).toBe(Object.keys(object).length);
    return object;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unfolded(member)]));
}

/** As text, so that the order of keys counts, and `-0` and `__proto__` are seen. */
function shown(value: unknown): string {
  const zero = (part: unknown): unknown => (Object.is(part, -0) ? 'minus zero' : part);
  return JSON.stringify(value, (_, part: unknown) => zero(part));
}

/** What `JSON.parse` makes of the bytes; undefined when it refuses them. */
function parsed(bytes: Uint8Array): string | undefined {
  try {
    return shown(JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)));
  } catch {
    return undefined;
  }
}

function expectSame(bytes: Uint8Array, sizes = all, pieceBytes = 7): void {
  const document = readerOf(bytes, sizes, pieceBytes).document();
  const expected = parsed(bytes);
  if (expected === undefined) {
    expect(document).toBeNull();
    return;
  }
  expect(document).not.toBeNull();
  expect(shown(unfolded(document?.valueFor('known')))).toBe(expected);
  expect(shown(unfolded(document?.valueFor('unknown')))).toBe(expected);
  expect(shown(document?.sample())).toBe(expected);
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Texts of JSON as nobody's `JSON.stringify` writes them: keys that come again, escapes, odd numbers, white space. */
const keys = fc.constantFrom(
  ...[
    'runs',
    'results',
    'scan',
    'list',
    'files',
    '__proto__',
    'constructor',
    '',
    '1',
    '0',
    'a.ts',
    'ru\\u006es',
    'ä',
  ],
);
const scalar = fc.oneof(
  fc.constantFrom('0', '-0', '-1.5e+10', '1E400', '123456789012345678901', 'true', 'false', 'null', '""'),
  fc.constantFrom('"]}"', '"\\"[{"', '"\\\\"', '"\\ud800"', '"\u2028\ufeff"', '"a,b"'),
  fc.string().map((text) => JSON.stringify(text)),
);
const space = fc.constantFrom('', ' ', '\n\t', '\r\n');
const { document: jsonText } = fc.letrec<{ document: string; list: string; object: string }>((tie) => ({
  document: fc.oneof({ maxDepth: 5 }, scalar, tie('list'), tie('object')),
  list: fc
    .tuple(space, fc.array(tie('document'), { maxLength: 4 }))
    .map(([gap, items]) => `[${gap}${items.join(`${gap},${gap}`)}${gap}]`),
  object: fc
    .tuple(space, fc.array(fc.tuple(keys, tie('document')), { maxLength: 4 }))
    .map(
      ([gap, members]) =>
        `{${gap}${members.map(([key, value]) => `"${key}"${gap}:${gap}${value}`).join(`,${gap}`)}${gap}}`,
    ),
}));

describe('a JSON document in pieces', () => {
  test('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(
        jsonText,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 1, 10, 100),
        (text, piece, batch) => {
          expectSame(bytesOf(text), { listBytes: batch, batchBytes: batch }, piece);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('is refused exactly when JSON.parse refuses it: a byte changed, left out, put in, or the rest cut off', () => {
    const byte = fc.oneof(
      fc.constantFrom(...bytesOf('{}[],:"\\u0123456789eE+-.truefalsn \n\t')),
      fc.nat(255),
    );
    fc.assert(
      fc.property(jsonText, fc.nat(), byte, fc.nat(3), (text, position, value, change) => {
        const bytes = [...bytesOf(text)];
        const at = position % (bytes.length + 1);
        if (change === 0) bytes[at] = value;
        else if (change === 1) bytes.splice(at, 1);
        else if (change === 2) bytes.splice(at, 0, value);
        else bytes.length = at;
        expectSame(Uint8Array.from(bytes));
      }),
      { numRuns: 4_000 },
    );
  });

  test.each([
    '{"runs":[{"results":[1,2]}],"runs":[3]}',
    '{"scan":{"list":[1]},"scan":{"other":2}}',
    '{"scan":{"list":[1],"list":7}}',
    '{"files":{"a":1,"b":2,"a":3}}',
    '{"files":{"b":1,"10":2,"9":3}}',
    '{"files":{"__proto__":{"x":1},"b":2}}',
    '{"files":{"a":1,"list":[1,2,3],"b":[4]}}',
    '{"files":[1],"r\\u0075ns":[{"results":[]}]}',
    '[{"results":[1]},2,{"results":[3,4]},[5]]',
    `${'['.repeat(400)}${']'.repeat(400)}`,
    '[1 2]',
    '[1,]',
    '{"a":1,}',
    '{"a" 1}',
    '[01]',
    '[1.]',
    '[+1]',
    '["\t"]',
    '["\\x"]',
    '["\\u12g4"]',
    '[1]x',
    '[1}',
    '\ufeff[1]',
    '',
    ' ',
    'nul',
    '"a',
    '-',
  ])('%.60s', (text) => {
    expectSame(bytesOf(text));
  });

  test.each([
    { what: 'in a string', bytes: [0x5b, 0x22, 0xc3, 0x22, 0x2c, 0x22, 0xff, 0xf0, 0x9f, 0x22, 0x5d] },
    { what: 'between values', bytes: [0x5b, 0x31, 0xff, 0x5d] },
  ])('invalid UTF-8 $what means what it means to JSON.parse', ({ bytes }) => {
    expectSame(Uint8Array.from(bytes), all, 1);
  });

  test('comes apart where the formats say: nothing else is parsed before somebody asks', () => {
    const document = readerOf(bytesOf('{"runs":[{"results":[1,2],"tool":"x"}],"files":{"a":1}}')).document();
    const value = document?.valueFor('known');
    expect(value).toEqual({
      runs: expect.any(StreamedList) as unknown,
      files: expect.any(StreamedMembers) as unknown,
    });
    const [run] = (value as { runs: Iterable<unknown> }).runs;
    expect(run).toEqual({ results: expect.any(StreamedList) as unknown, tool: 'x' });
  });

  test('is shown to `detect` by the first entries of each list', () => {
    const entries = Array.from({ length: 5_000 }, (_, index) => index);
    const document = readerOf(bytesOf(JSON.stringify({ runs: entries })), {
      listBytes: 0,
      batchBytes: 50,
    }).document();
    expect(document?.sample()).toEqual({ runs: entries.slice(0, 1_000) });
  });

  test('is the same when it is so long that its bytes are packed', () => {
    const entries = Array.from({ length: 90_000 }, (_, index) => ({
      index,
      text: 'é'.repeat(index % 40),
      x: Math.sin(index),
    }));
    const bytes = bytesOf(JSON.stringify({ before: 1, runs: [{ results: entries }], after: 2 }));
    expect(bytes.length).toBeGreaterThan(6 * 1024 * 1024);
    const document = readerOf(bytes, { listBytes: 65_536, batchBytes: 65_536 }, 100_000).document();
    expect(shown(unfolded(document?.valueFor('known'))) === parsed(bytes)).toBe(true);
  });
});
