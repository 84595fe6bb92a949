import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noEvidence } from '../../src/model/evidence.ts';
import { createPathResolver } from '../../src/reports/collect/source-paths.ts';
import type { ReportFormat } from '../../src/reports/format.ts';
import { readReport } from '../../src/reports/read.ts';
import { formats } from '../../src/reports/registry.ts';
import { mask } from '../mask.ts';
import { inPieces, readInPieces, readText, testsOf, withListedIndex } from './tests-summary.ts';

const junit = '<testsuite><testcase classname="Basket" name="adds"/></testsuite>';

function throwing(where: 'detect' | 'read' | 'open' | 'end'): ReportFormat {
  const fail = (at: typeof where): void => {
    if (at === where) throw new Error(`thrown in ${at}`);
  };
  return {
    format: 'broken',
    title: 'Broken',
    kind: 'tests',
    unit: '',
    reruns: '',
    wellKnownNames: [],
    specification: '',
    producers: [],
    syntax: 'xml',
    detect() {
      fail('detect');
      return true;
    },
    read() {
      fail('read');
      return {
        open() {
          fail('open');
        },
        close: () => undefined,
        end() {
          fail('end');
        },
      };
    },
  };
}

describe('readReport', () => {
  test.each([
    { name: 'an empty file', text: '', error: 'is empty', isBroken: true },
    { name: 'white space', text: ' \n\t\r\n', error: 'holds only white space', isBroken: true },
    { name: 'a byte order mark alone', text: '\ufeff', error: 'is empty', isBroken: true },
    { name: 'plain text', text: 'bacon\n', error: 'is not a known report; it begins with "bacon"' },
    {
      name: 'an HTML page',
      text: '<!DOCTYPE html><html><body/></html>',
      error: 'is an HTML page, not a report',
    },
    {
      name: 'XML of something else',
      text: '<catalog><book/></catalog>',
      error: 'is XML with the root <catalog>, which is not a known report',
    },
    {
      name: 'XML without an element',
      text: '<?xml version="1.0"?><!-- -->',
      error: 'looks like XML and has no element',
      isBroken: true,
    },
    {
      name: 'JSON of something else',
      text: '{"name": "shop", "version": 1}',
      error: 'is JSON, but not of a known report (keys: name, version)',
    },
    {
      name: 'a list of something else',
      text: '[1, 2]',
      error: 'is JSON, but not of a known report (a list of 2)',
    },
    { name: 'a zip archive', text: 'PK\u0003\u0004abc', error: 'is a zip archive, not a report' },
    { name: 'bytes', text: 'a\u0000\u0001\u0002', error: 'is binary, not a report' },
  ])('says of $name what it saw', async ({ text, error, isBroken = false }) => {
    const read = await readText(text, 'reports/file');
    expect(read).toEqual({
      path: 'reports/file',
      sizeBytes: Buffer.byteLength(text),
      format: 'unknown',
      report: null,
      error,
      isForeign: !isBroken,
      warnings: [],
      evidence: noEvidence,
    });
  });

  test('says where JSON breaks', async () => {
    const { error } = await readText('{"a": [1, 2}');
    expect(error).toMatch(/^is not valid JSON: /);
  });

  test('goes by the content, not by the name', async () => {
    const { format, error } = await readText(junit, 'coverage.json');
    expect({ format, error }).toEqual({ format: 'junit', error: null });
  });

  describe('an empty text file', () => {
    const shell: ReportFormat = {
      ...throwing('open'),
      format: 'shell',
      kind: 'findings',
      reruns: undefined,
      syntax: 'text',
      emptyIsClean: true,
      detect: () => false,
      read: () => ({ line: () => undefined, end: () => undefined }),
    };
    const empty = (path: string, own: readonly ReportFormat[]) =>
      readReport(
        { path, sizeBytes: 0, chunks: inPieces(Buffer.from('\n')) },
        { resolvePath: null, mask, formats: [...own, ...formats] },
      );

    test.each(['flake8.txt', 'lint', 'out/lint.log'])(
      'of a linter says that it found nothing: %s',
      async (path) => {
        const { format, error } = await empty(path, [shell]);
        expect({ format, error }).toEqual({ format: 'shell', error: null });
      },
    );

    test.each(['junit.xml', 'gl-sast-report.json', 'app.sarif'])('is broken as %s', async (path) => {
      expect((await empty(path, [shell])).error).toBe('holds only white space');
    });

    test('is broken where no pattern is given', async () => {
      expect((await empty('flake8.txt', [])).error).toBe('holds only white space');
    });
  });

  describe('gzip', () => {
    const large = `<testsuite>${'<testcase classname="Basket" name="adds"/>'.repeat(50_000)}</testsuite>`;

    test.each([1, 7, 64 * 1024])(
      'a packed report is read like one that is not, in pieces of %i bytes',
      async (piece) => {
        const read = await readInPieces('junit', gzipSync(junit), piece);
        expect({ ...read, sizeBytes: 0 }).toEqual({ ...(await readText(junit, 'junit')), sizeBytes: 0 });
      },
    );

    test('several members make one report', async () => {
      const half = Math.floor(large.length / 2);
      const members = [gzipSync(large.slice(0, half)), gzipSync(large.slice(half))];
      expect(testsOf(await readInPieces('junit.xml.gz', Buffer.concat(members))).totals.total).toBe(50_000);
    });

    test('one that is cut off is a report that could not be read', async () => {
      const { report, error, isForeign } = await readInPieces(
        'junit.xml.gz',
        gzipSync(large).subarray(0, 200),
      );
      expect({ report, isForeign }).toEqual({ report: null, isForeign: false });
      expect(error).toMatch(/^is a gzip file that is cut off or broken/);
    });

    test('the limit holds for what comes out of it', async () => {
      const bytes = gzipSync(large);
      const { error } = await readReport(
        { path: 'junit.xml.gz', sizeBytes: bytes.length, chunks: inPieces(bytes) },
        { resolvePath: null, mask, limits: { maxBytes: 100_000, maxWholeBytes: 1_000 } },
      );
      expect(error).toBe('is larger than 100000 bytes, the limit for this kind of file');
    });
  });

  test.each([0, 500, 1_000, 1_021, 1_022, 1_023, 1_024, 5_000, 60_000])(
    'finds root and first child with %i characters before each',
    async (length) => {
      const comment = `<!--${' '.repeat(length)}-->`;
      const text = `${comment}<TestRun>${comment}<FailedTests/></TestRun>`;
      const bytes = Buffer.from(text);
      const file = { path: 'report', sizeBytes: bytes.length, chunks: inPieces(bytes) };
      const { format } = await readReport(file, { resolvePath: null, mask });
      expect(format).toBe(length < 30_000 ? 'cppunit' : 'unknown');
    },
  );

  test('finds a report behind lines that its tool printed', async () => {
    expect((await readText(`npm warn old\n${junit}`)).format).toBe('junit');
  });

  test.each(['detect', 'read', 'open', 'end'] as const)(
    'turns an exception in %s of a format into an error of the file',
    async (where) => {
      const { report, error } = await readReport(
        { path: 'a.xml', sizeBytes: 4, chunks: inPieces(Buffer.from('<a/>')) },
        { resolvePath: null, mask, formats: [throwing(where)] },
      );
      expect({ report, error }).toEqual({ report: null, error: `cannot be read: thrown in ${where}` });
    },
  );

  test('turns a failing file into an error', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('<testsuite>'));
      throw new Error('EIO: i/o error');
    }
    const { error } = await readReport(
      { path: 'a.xml', sizeBytes: 100, chunks: broken() },
      { resolvePath: null, mask },
    );
    expect(error).toBe('cannot be read: EIO: i/o error');
  });

  test.each([
    {
      name: 'streamed, by its size on disk',
      text: junit,
      sizeBytes: 5_000,
      error: 'is larger than 1000 bytes',
    },
    {
      name: 'streamed, longer than its size says',
      text: junit + ' '.repeat(2_000),
      sizeBytes: 10,
      error: 'is larger than 1000 bytes, the limit for this kind of file',
    },
    {
      name: 'whole, which has a lower limit',
      text: `[${'1,'.repeat(60)}1]`,
      sizeBytes: 10,
      error: 'is larger than 100 bytes, the limit for this kind of file',
    },
  ])('refuses a file that is too large: $name', async ({ text, sizeBytes, error }) => {
    const read = await readReport(
      { path: 'a', sizeBytes, chunks: inPieces(Buffer.from(text)) },
      { resolvePath: null, mask, limits: { maxBytes: 1_000, maxWholeBytes: 100 } },
    );
    expect(read.error).toBe(error);
  });

  test('keeps the first 20 warnings of a file and counts the rest', async () => {
    const events = Array.from({ length: 30 }, (_, index) => `{"Action": "output"\n{"bad": ${index}\n`);
    const noisy: ReportFormat = {
      ...throwing('detect'),
      syntax: 'text',
      detect: () => true,
      read: (sink) => ({
        line(text) {
          sink.warn(`odd line ${text}`);
        },
        end: () => undefined,
      }),
    };
    const { warnings } = await readReport(
      { path: 'a', sizeBytes: 1, chunks: inPieces(Buffer.from(`a${events.join('')}`)) },
      { resolvePath: null, mask, formats: [noisy] },
    );
    expect(warnings).toHaveLength(21);
    expect(warnings.at(-1)).toMatch(/^and \d+ more warnings$/);
  });

  test('JSON nested a million deep is an error, not a crash', async () => {
    const { report, error } = await readText(`${'[{"suites":'.repeat(300_000)}1`);
    expect({ report, hasError: error !== null }).toEqual({ report: null, hasError: true });
  });

  test('paths of tests lose the checkout and files named "" are none', async () => {
    const xml = `<testsuite><testcase name="a" file="/builds/shop/web/test/a.ts"/><testcase name="b" file=""/></testsuite>`;
    const { cases } = testsOf(await readText(xml));
    expect(cases.map(({ file }) => file)).toEqual(['test/a.ts', null]);
  });

  test('reads or refuses any bytes without an exception, the same in any pieces', async () => {
    const beginnings = fc.constantFrom(
      '',
      '<',
      '{',
      '[',
      '<testsuite>',
      '<coverage>',
      '{"Action":"run"}\n',
      'TAP version 13\n',
      'SF:a\n',
      'mode: set\n',
      '<?xml version="1.0"?>',
      '\ufeff',
      '# TYPE a gauge\n',
    );
    await fc.assert(
      fc.asyncProperty(
        beginnings,
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.string().map((text) => Buffer.from(text)),
          fc.json().map((text) => Buffer.from(text)),
        ),
        fc.integer({ min: 1, max: 40 }),
        async (beginning, rest, pieceBytes) => {
          const bytes = Buffer.concat([Buffer.from(beginning), rest]);
          const read = await readInPieces('file', bytes, pieceBytes);
          expect(read.error === null).toBe(read.report !== null);
          expect(read).toEqual(await readInPieces('file', bytes, bytes.length + 1));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('has a default for every format', () => {
    expect(formats.length).toBeGreaterThan(40);
  });
});

/** One piece of memory for all chunks, as files are read; spoilt behind the last. */
async function* inSharedMemory(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(pieceBytes);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    memory.set(piece);
    yield await Promise.resolve(memory.subarray(0, piece.length));
    memory.fill(0x3c);
  }
}

const names = Array.from({ length: 200 }, (_, number) => `adds ${number}`);
const ofEverySyntax: readonly (readonly [string, string])[] = [
  ['junit.xml', `<testsuite>${names.map((name) => `<testcase name="${name}"/>`).join('\n')}</testsuite>`],
  [
    'gl-code-quality-report.json',
    JSON.stringify(
      names.map((description, number) => ({
        description,
        check_name: 'rule',
        fingerprint: `f${number}`,
        severity: 'minor',
        location: { path: 'a.ts', lines: { begin: number + 1 } },
      })),
    ),
  ],
  [
    'go.json',
    names
      .flatMap((name) =>
        ['run', 'pass'].map((Action) => JSON.stringify({ Action, Package: 'p', Test: name })),
      )
      .join('\n'),
  ],
  [
    'lcov.info',
    `SF:a.ts\n${names.map((_, number) => `DA:${number + 1},${number % 2}`).join('\n')}\nend_of_record\n`,
  ],
];

test.each(ofEverySyntax)(
  '%s reads the same when its chunks share their memory, packed and unpacked',
  async (path, text) => {
    const plain = Buffer.from(text);
    const whole = await readInPieces(path, plain);
    expect(whole.report).not.toBeNull();
    for (const bytes of [plain, gzipSync(plain)])
      for (const pieceBytes of [1, 64, 1_000]) {
        const chunks = inSharedMemory(bytes, pieceBytes);
        const { report } = await readReport(
          { path, sizeBytes: plain.length, chunks },
          {
            resolvePath: createPathResolver({ projectDirectory: '/builds/shop/web', knownFiles: null }),
            mask,
          },
        );
        expect(withListedIndex(report)).toEqual(withListedIndex(whole.report));
      }
  },
);
