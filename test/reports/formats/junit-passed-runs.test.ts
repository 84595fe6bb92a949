import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachSlot, idAt, outcomeCodeAt, secondsAt } from '../../../src/model/test-index.ts';
import type { TestsReport } from '../../../src/model/tests.ts';
import { createTestsCollector } from '../../../src/reports/collect/tests.ts';
import type { ReportSink } from '../../../src/reports/format.ts';
import { junit } from '../../../src/reports/formats/junit.ts';
import { createXmlReader } from '../../../src/reports/xml/reader.ts';

interface Read {
  /** All that the report comes to. */
  readonly result: {
    readonly report: Partial<TestsReport>;
    readonly warnings: readonly string[];
    readonly evidence: unknown;
    readonly indexed?: readonly unknown[];
  };
  /** How many runs were counted without their texts. */
  readonly counted: number;
  /** How many of these right from their bytes. */
  readonly taken: number;
}

/**
 * How runs that passed are read: as all others, from their tags without their texts, or right from the bytes where they
 * are plain.
 */
type Way = 'whole' | 'tags' | 'bytes';

/** Reads a report of which no test is kept whole. */
function read(
  text: string,
  { way, pieceBytes, totalsOnly = false }: { way: Way; pieceBytes: number; totalsOnly?: boolean },
): Read {
  const warnings: string[] = [];
  const warn = (message: string): void => {
    warnings.push(message);
  };
  const limits = { maxCases: 0, maxFailingCases: 50, maxTextCharacters: 100_000, maxTests: 40 };
  const fileOf = (path: string): string => path.replace(/^src\//, 'shop/');
  const tests = createTestsCollector('junit.xml', warn, { limits, fileOf, totalsOnly });
  let counted = 0;
  let taken = 0;
  const none = (): never => {
    throw new Error('no report of tests says this');
  };
  const sink: ReportSink = {
    test(run) {
      const { file } = run;
      tests.add({ ...run, file: file === null || file === '' ? null : fileOf(file) });
    },
    passed(run) {
      const isCounted = way !== 'whole' && tests.addPassed(run);
      counted += isCounted ? 1 : 0;
      return isCounted;
    },
    keepsPassed: () => way !== 'bytes',
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
  const handler = junit.read(sink);
  const reader = createXmlReader(
    {
      take(buffer, from) {
        const before = counted;
        const end = handler.take?.(buffer, from) ?? from;
        taken += counted - before;
        return end;
      },
      open(element) {
        handler.open(element);
      },
      close(name, kept) {
        handler.close(name, kept);
      },
      end() {
        handler.end();
      },
    },
    { warn, incomplete: warn },
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  reader.end();
  const { index, ...report } = tests.finish();
  const indexed: unknown[] = [];
  eachSlot(index, (slot) =>
    indexed.push([idAt(index, slot), outcomeCodeAt(index, slot), secondsAt(index, slot)]),
  );
  const facts = { warnings, evidence: tests.evidence() };
  const result = totalsOnly
    ? { report: { totals: report.totals }, ...facts }
    : { report, ...facts, indexed: indexed.sort() };
  return { result, counted, taken };
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
/** What tags are besides: other quotes, names that do not count, prefixes, faults. */
const oddity = fc.constantFrom(
  ...[" name='one'", " time = '1'", ' name=one', ' name', ' x:name="two"', ' xmlns:name="n"', ' größe="1"'],
  ...[
    ' assertions="3"',
    " line='7'",
    ' status="passed"',
    '\n\tfile="s.ts"',
    ' name="a>b"',
    ' name="a"file="b"',
  ],
  ...[
    ' =',
    ' /',
    ' "',
    ' name="',
    " classname='a\"b'",
    ` name="${'n'.repeat(600)}"`,
    ` id="${'i'.repeat(600)}"`,
  ],
);
const child = fc.constantFrom(
  ...['', '\n', '<failure message="no"/>', '<error/>', '<skipped/>', '<skipped message="later"/>', 'text'],
  ...[
    '<system-out>[[ATTACHMENT|a.png]]</system-out>',
    '<system-err><![CDATA[</system-err></testcase><failure/>]]> more <![CDATA[]]></system-err>',
    '<system-out>text<b/></system-out>',
    '<system-out id="1">text</system-out>',
    '<system-out><![CDATA[text</system-out>',
    '<system-out>text',
    '<system-out><![CDATA[text]]>',
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
  .tuple(
    fc.array(fc.oneof({ weight: 5, arbitrary: attribute }, oddity), { maxLength: 5 }),
    fc.array(child, { maxLength: 2 }),
  )
  .map(([attributes, children]) =>
    children.length === 0
      ? `<testcase${attributes.join('')}/>`
      : `<testcase${attributes.join('')}>${children.join('')}</testcase>`,
  );
/** As nearly all tools write them. */
const plainCase = fc
  .record({
    name: fc.constantFrom('adds', 'rounds &lt;2&gt;', 'removes', 'a'),
    number: fc.nat(30),
    more: fc.constantFrom('', ' file="src/one.ts" line="3"', ' status="run" result="completed"', ' id="1"'),
    inside: fc.constantFrom('/>', '></testcase>', '>\n<system-out>said</system-out>\n</testcase>'),
  })
  .map(
    ({ name, number: of, more, inside }) => `<testcase name="${name} ${of}" classname="C"${more}${inside}`,
  );
const suite = fc
  .tuple(
    fc.constantFrom('', ' name="s" tests="3" failures="1"', ' file="s.ts"'),
    fc.array(fc.oneof(testCase, plainCase)),
  )
  .map(([attributes, cases]) => `<testsuite${attributes}>${cases.join('\n')}</testsuite>`);
const report = fc
  .tuple(fc.array(suite, { maxLength: 4 }), fc.option(fc.nat(), { freq: 3 }))
  .map(([suites, end]) => {
    const whole = `<testsuites>${suites.join('\n')}</testsuites>`;
    return end === null ? whole : whole.slice(0, end % whole.length);
  });

test.each([false, true])('a run that passed counts the same in every way (totals only: %s)', (totalsOnly) => {
  let counted = 0;
  let taken = 0;
  fc.assert(
    fc.property(report, fc.constantFrom(1, 7, 150, 10_000), (written, pieceBytes) => {
      const whole = read(written, { way: 'whole', pieceBytes, totalsOnly });
      const tags = read(written, { way: 'tags', pieceBytes, totalsOnly });
      const bytes = read(written, { way: 'bytes', pieceBytes, totalsOnly });
      expect(tags.result).toEqual(whole.result);
      expect(bytes.result).toEqual(whole.result);
      expect(bytes.counted).toBe(tags.counted);
      counted += tags.counted;
      taken += bytes.taken;
    }),
    { numRuns: 1_000 },
  );
  // Many are counted so, or the property says nothing.
  expect(counted).toBeGreaterThan(400);
  expect(taken).toBeGreaterThan(200);
});

test('totals only are those of the tests themselves', () => {
  fc.assert(
    fc.property(report, fc.constantFrom<Way>('whole', 'tags', 'bytes'), (written, way) => {
      const {
        report: whole,
        warnings,
        evidence,
      } = read(written, { way: 'whole', pieceBytes: 10_000 }).result;
      const { result } = read(written, { way, pieceBytes: 10_000, totalsOnly: true });
      expect(result).toEqual({ report: { totals: whole.totals }, warnings, evidence });
    }),
    { numRuns: 1_000 },
  );
});

test('a failure behind a passing test of its name is a test of its own, and is kept', () => {
  const xml =
    '<testsuite><testcase name="a"/><testcase name="a"><failure message="no"/></testcase></testsuite>';
  const { result, counted } = read(xml, { way: 'tags', pieceBytes: 10_000 });
  expect(counted).toBe(1);
  expect(result).toMatchObject({
    report: { totals: { total: 2, passed: 1, failed: 1 }, cases: [{ name: 'a', outcome: 'failed' }] },
  });
});
