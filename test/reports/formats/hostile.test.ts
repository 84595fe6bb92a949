import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReport } from '../../../src/reports/read.ts';
import { formats } from '../../../src/reports/registry.ts';
import { mask } from '../../mask.ts';

/** Every format on its own, so that no other takes a value from it, and made to think that everything is its own. */
const greedy = formats.map((format) => ({ name: format.format, format: { ...format, detect: () => true } }));

async function read(bytes: Uint8Array, format: (typeof greedy)[number]['format']) {
  async function* chunks() {
    await Promise.resolve();
    yield bytes;
  }
  return readReport(
    { path: 'x', sizeBytes: bytes.length, chunks: chunks() },
    { resolvePath: null, mask, formats: [format] },
  );
}

const keys = [
  'results',
  'tests',
  'testResults',
  'assertionResults',
  'suites',
  'specs',
  'elements',
  'steps',
  'result',
  'examples',
  'metrics',
  'values',
  'benchmarks',
  'stats',
  'categories',
  'audits',
  'resource_changes',
  'change',
  'actions',
  'Action',
  'Test',
  'Package',
  'Output',
  'type',
  'test',
  'id',
  'name',
  'status',
  'licenses',
  'dependencies',
  '__proto__',
  'constructor',
  'toString',
  'vulnerabilities',
  'runs',
  'location',
  'lines',
];

/** Structures that look like reports from afar: known keys over values of any type. */
const lookalike = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant('passed'),
      fc.constant('failed'),
    ),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...keys), tie('node'), { maxKeys: 6 }),
  ),
})).node;

const elements = [
  'testsuite',
  'testcase',
  'failure',
  'test-case',
  'test-suite',
  'test',
  'UnitTestResult',
  'status',
  'class',
  'line',
  'sourcefile',
  'counter',
  'file',
  'error',
  'kw',
];
const tag = fc
  .tuple(
    fc.constantFrom('<', '</'),
    fc.constantFrom(...elements),
    fc.constantFrom('>', '/>', ' name="a" number="1" hits="x">', ' nr="99999999999" ci="-1">', ''),
  )
  .map((parts) => parts.join(''));
const xml = fc
  .array(fc.oneof(tag, fc.string({ maxLength: 10 })), { maxLength: 40 })
  .map((parts) => `<root>${parts.join('')}`);
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'ok 1 - a',
        'not ok',
        '1..9',
        '    ok',
        '  ---',
        'SF:a',
        'DA:1,1',
        'DA:x',
        'end_of_record',
        'mode: set',
        'a.go:1.1,2.2 1 1',
        'x{a="b"} 1',
        'BenchmarkA 1 2 ns/op',
      ),
      fc.string({ maxLength: 30 }),
    ),
    { maxLength: 40 },
  )
  .map((lines) => lines.join('\n'));

function inputOf(syntax: string): fc.Arbitrary<string> {
  if (syntax === 'xml') return xml;
  if (syntax === 'text') return text;
  const json = lookalike.map((value) => JSON.stringify(value));
  return syntax === 'json'
    ? json
    : fc.array(json, { minLength: 1, maxLength: 10 }).map((lines) => lines.join('\n'));
}

describe('no input makes a format throw past its border', () => {
  test.each(greedy)('$name', async ({ format }) => {
    await fc.assert(
      fc.asyncProperty(inputOf(format.syntax), async (input) => {
        const { report, error } = await read(new Uint8Array(Buffer.from(input)), format);
        expect(report === null).toBe(error !== null);
        // What a format threw by mistake would be told in the words of the engine.
        expect(error ?? '').not.toMatch(/undefined|not a function|not iterable|Cannot read/);
      }),
      { numRuns: 60 },
    );
  });
});
