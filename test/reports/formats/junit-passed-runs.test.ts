import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachSlot, idAt, outcomeCodeAt, secondsAt } from '../../../src/model/test-index.ts';
import { createTestsCollector } from '../../../src/reports/collect/tests.ts';
import type { ReportSink } from '../../../src/reports/format.ts';
import { junit } from '../../../src/reports/formats/junit.ts';
import { createXmlReader } from '../../../src/reports/xml/reader.ts';

interface Read {
  /** All that the report comes to. */
  readonly result: unknown;
  /** How many runs were counted without their texts. */
  readonly counted: number;
}

/** Reads a report of which no test is kept whole, with the short way for runs that passed or without it. */
function read(text: string, { isShort, pieceBytes }: { isShort: boolean; pieceBytes: number }): Read {
  const warnings: string[] = [];
  const warn = (message: string): void => {
    warnings.push(message);
  };
  const limits = { maxCases: 0, maxFailingCases: 50, maxTextCharacters: 100_000, maxTests: 40 };
  const fileOf = (path: string): string => path.replace(/^src\//, 'shop/');
  const tests = createTestsCollector('junit.xml', warn, { limits, fileOf });
  let counted = 0;
  const none = (): never => {
    throw new Error('no report of tests says this');
  };
  const sink: ReportSink = {
    test(run) {
      const { file } = run;
      tests.add({ ...run, file: file === null || file === '' ? null : fileOf(file) });
    },
    passed(run) {
      const isCounted = isShort && tests.addPassed(run);
      counted += isCounted ? 1 : 0;
      return isCounted;
    },
    declaredTests(totals) {
      tests.declare(totals);
    },
    coveredFile: none,
    sourceRoot: none,
    coverageTotals: none,
    finding: none,
    metric: none,
    threshold: none,
    failed: none,
    incomplete: warn,
    warn,
  };
  const reader = createXmlReader(junit.read(sink), { warn, incomplete: warn });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  reader.end();
  const { index, ...report } = tests.finish();
  const indexed: unknown[] = [];
  eachSlot(index, (slot) =>
    indexed.push([idAt(index, slot), outcomeCodeAt(index, slot), secondsAt(index, slot)]),
  );
  return { result: { report, warnings, evidence: tests.evidence(), indexed: indexed.sort() }, counted };
}

const part = fc.constantFrom(
  ...['a', 'b', 'fixture', '0x7fffdeadbeef', '0x', '/builds/g/p/', '/home/u/p/q/', 'C:\\j\\workspace\\'],
  ...['2026-01-02 03:04:05', '1:2', '&lt;', '&amp;', '&#65;', '&', 'ä', '\r', '\n', ' ', '<', './', '\\'],
);
const text = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''));
const number = fc.constantFrom(
  '0',
  '0.5',
  '1.234',
  '1,5',
  '1e3',
  '-1',
  '.',
  '5.',
  '.5',
  '123456789012345678',
);
const attribute = fc
  .oneof(
    fc.tuple(fc.constantFrom('name', 'classname', 'class', 'file', 'filepath'), text),
    fc.tuple(fc.constantFrom('name', 'classname', 'file'), fc.constantFrom('one', 'two', 'src/one.ts')),
    fc.tuple(fc.constantFrom('time', 'duration', 'line'), number),
    fc.tuple(fc.constantFrom('status', 'result'), fc.constantFrom('run', 'completed', 'FAILED', 'skipped')),
  )
  .map(([name, value]) => ` ${name}="${value}"`);
const child = fc.constantFrom(
  ...['', '\n', '<failure message="no"/>', '<error/>', '<skipped/>', '<skipped message="later"/>', 'text'],
  ...[
    '<system-out>[[ATTACHMENT|a.png]]</system-out>',
    '<flakyFailure message="f"/>',
    '<!-- c -->',
    '</gone>',
  ],
  ...[
    '<properties><property name="a" value="b"/></properties>',
    '<testcase name="inner"/>',
    '<x><failure/></x>',
  ],
);
const testCase = fc
  .tuple(fc.array(attribute, { maxLength: 5 }), fc.array(child, { maxLength: 2 }))
  .map(([attributes, children]) =>
    children.length === 0
      ? `<testcase${attributes.join('')}/>`
      : `<testcase${attributes.join('')}>${children.join('')}</testcase>`,
  );
const suite = fc
  .tuple(fc.constantFrom('', ' name="s" tests="3" failures="1"', ' file="s.ts"'), fc.array(testCase))
  .map(([attributes, cases]) => `<testsuite${attributes}>${cases.join('\n')}</testsuite>`);
const report = fc
  .tuple(fc.array(suite, { maxLength: 4 }), fc.option(fc.nat(), { freq: 3 }))
  .map(([suites, end]) => {
    const whole = `<testsuites>${suites.join('\n')}</testsuites>`;
    return end === null ? whole : whole.slice(0, end % whole.length);
  });

test('a run that passed counts the same without its texts as with them', () => {
  let counted = 0;
  fc.assert(
    fc.property(report, fc.constantFrom(1, 7, 10_000), (written, pieceBytes) => {
      const short = read(written, { isShort: true, pieceBytes });
      expect(short.result).toEqual(read(written, { isShort: false, pieceBytes }).result);
      counted += short.counted;
    }),
    { numRuns: 500 },
  );
  // Many are counted so, or the property says nothing.
  expect(counted).toBeGreaterThan(200);
});

test('a failure behind a passing test of its name is a test of its own, and is kept', () => {
  const xml =
    '<testsuite><testcase name="a"/><testcase name="a"><failure message="no"/></testcase></testsuite>';
  const { result, counted } = read(xml, { isShort: true, pieceBytes: 10_000 });
  expect(counted).toBe(1);
  expect(result).toMatchObject({
    report: { totals: { total: 2, passed: 1, failed: 1 }, cases: [{ name: 'a', outcome: 'failed' }] },
  });
});
