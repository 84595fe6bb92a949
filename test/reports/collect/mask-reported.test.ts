import { describe, expect, test } from 'vitest';
import { secretForms } from '../../../src/io/masker.ts';
import type { Report } from '../../../src/model/report.ts';
import type { TestsReport } from '../../../src/model/tests.ts';
import { createReportMask } from '../../../src/reports/collect/mask-reported.ts';
import { mergeTests } from '../../../src/reports/collect/merge-tests.ts';
import { createTestsCollector } from '../../../src/reports/collect/tests.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';
import { readReport } from '../../../src/reports/read.ts';
import { createTextMask } from '../../../src/secrets/mask-text.ts';
import { mask } from '../../mask.ts';

async function read(text: string, secret: string, totalsOnly = false): Promise<Report> {
  async function* chunks() {
    await Promise.resolve();
    yield new Uint8Array(Buffer.from(text));
  }
  const own = createTextMask(secretForms([secret]));
  const { report, error } = await readReport(
    { path: 'r', sizeBytes: text.length, chunks: chunks() },
    { resolvePath: null, mask: own, totalsOnly },
  );
  if (report === null) throw new Error(error ?? 'no report');
  return report;
}

async function tests(cases: readonly string[], secret: string, totalsOnly = false): Promise<TestsReport> {
  const report = await read(`<testsuite name="s">${cases.join('')}</testsuite>`, secret, totalsOnly);
  if (report.kind !== 'tests') throw new Error(report.kind);
  return report;
}

const passing = (name: string): string => `<testcase classname="A" name="${name}"/>`;
const failing = (name: string): string =>
  `<testcase classname="A" name="${name}"><failure message="no"/></testcase>`;
/** As Surefire writes a test that failed first and then passed. */
const flaky = (name: string): string =>
  `<testcase classname="A" name="${name}"><flakyFailure message="no"/></testcase>`;
const names = ({ cases }: TestsReport): readonly string[] => cases.map(({ name }) => name);

describe('tests whose names hold secrets', () => {
  const token = (n: number): string => ['glpat', `abcdefghijklmnopqrs${n}`].join('-');

  test('keep their identity when the secret changes, and do not show it', async () => {
    const [one, two] = [
      await tests([passing('t[old-secret-1]')], 'old-secret-1'),
      await tests([passing('t[new-secret-2]')], 'new-secret-2'),
    ];
    expect(names(one)).toEqual(['t[[MASKED]]']);
    expect(one.cases[0]?.id).toBe(two.cases[0]?.id);
  });

  test('that differ in it alone stay different tests: the one that passes is not a rerun of the one that fails', async () => {
    const report = await tests([failing(`t[${token(1)}]`), passing(`t[${token(2)}]`)], 'none-of-these');
    expect(report.totals).toMatchObject({ total: 2, failed: 1, passed: 1, flaky: 0 });
    expect(names(report)).toEqual(['t[[MASKED]]', 't[[MASKED]] (2)']);
  });

  test('are counted the same where nobody sees a name', async () => {
    const first = (n: number): string => `t[${token(n)}]`;
    const cases = [
      failing(first(1)),
      passing(first(2)),
      flaky(first(1)),
      failing(first(3)),
      passing(first(3)),
    ];
    const whole = await tests(cases, 'none-of-these');
    expect(await tests(cases, 'none-of-these', true)).toMatchObject({ totals: whole.totals, cases: [] });
  });

  test.each([
    ['t[[MASKED]]', `t[${token(1)}]`],
    [`t[${token(1)}]`, 't[[MASKED]]'],
  ])('nobody can write the name that masking leaves: %s is not %s', async (first, second) => {
    for (const last of ['t[[MASKED]] (2)', 't[[MASKED]] (1)', 't[[MASKED]] (2) (2)']) {
      const report = await tests(
        [passing(last), failing(first), failing(second), passing(last)],
        'none-of-these',
      );
      expect(report.totals).toMatchObject({ failed: 2, flaky: 0 });
      expect(new Set(names(report).slice(0, 3)).size).toBe(3);
    }
  });

  test('are run again as one test', () => {
    const name = `t[${token(1)}]`;
    const own = createReportMask(createTextMask([]), { showsRuns: true });
    const collector = createTestsCollector('r', () => undefined);
    const failed = { outcome: 'failed', failure: { type: null, message: 'no', details: '' } } as const;
    for (const run of [
      { ...failed, name: `t[${token(2)}]` },
      { ...failed, name },
      { outcome: 'passed', name, isRerun: true } as const,
    ])
      collector.add(own.run({ ...blankTestRun, className: 'A', ...run }));
    expect(collector.finish().totals).toMatchObject({ total: 2, failed: 1, passed: 1, flaky: 1 });
  });

  test('that the report marks as flaky stay apart from their namesakes', async () => {
    const report = await tests(
      [failing(`t[${token(2)}]`), flaky(`t[${token(1)}]`), passing('b')],
      'none-of-these',
    );
    expect(report.totals).toMatchObject({ total: 3, failed: 1, passed: 2, flaky: 1 });
    expect(names(report)).toEqual(['t[[MASKED]]', 't[[MASKED]] (2)', 'b']);
  });

  test('beyond what is told apart, none passes for a rerun of another', async () => {
    const many = Array.from({ length: 10_050 }, (_, n) => passing(`t[${token(n)}]`));
    const report = await tests(
      [...many, failing(`t[${token(77_777)}]`), passing(`t[${token(88_888)}]`)],
      'none-of-these',
    );
    expect(report.totals).toMatchObject({ total: 10_052, failed: 1, passed: 10_051, flaky: 0 });
  });

  test('are not shown where there are too many to look at each, and failing ones are looked at to the last', async () => {
    const plain = (from: number, to: number): readonly string[] =>
      Array.from({ length: to - from }, (_, n) => passing(`plain ${from + n}`));
    const many = Array.from({ length: 30_000 }, (_, n) => flaky(`f ${n}`));
    const report = await tests(
      [
        ...many,
        ...plain(0, 120_000),
        passing(`late pass ${token(1)}`),
        failing(`late failure ${token(2)}`),
        passing(`late failure ${token(2)}`),
      ],
      'none-of-these',
    );
    const all = names(report);
    expect(all.filter((name) => name.includes('glpat'))).toEqual([]);
    expect(all).toContain('late failure [MASKED]');
    // Its run without the mask is another test: in doubt, not green.
    expect(report.totals.failed).toBe(1);
  });

  test('of two jobs count as one, and the failure counts', async () => {
    const report = mergeTests([
      await tests([failing(`t[${token(1)}]`), passing('b')], 'none-of-these'),
      await tests([passing(`t[${token(2)}]`), passing('b')], 'none-of-these'),
    ]);
    expect(report.totals).toMatchObject({ total: 2, failed: 1, flaky: 0 });
  });

  test('names without one are as they were', async () => {
    const report = await tests([passing('plain \u00e9'), passing('token service')], 'none-of-these');
    expect(names(report)).toEqual(['plain \u00e9', 'token service']);
  });
});

test('of files whose paths differ in a secret alone, coverage stays of two files', async () => {
  const report = await read(
    'SF:a/own-secret-1/x.ts\nDA:1,1\nend_of_record\nSF:a/[MASKED]/x.ts\nDA:1,0\nend_of_record\n',
    'own-secret-1',
  );
  expect(report.kind === 'coverage' ? report.files.map(({ path }) => path) : []).toEqual([
    'a/[MASKED]/x.ts',
    'a/[MASKED]/x.ts (2)',
  ]);
  expect(report).toMatchObject({ totals: { lines: { covered: 1, total: 2 } } });
});

test('a fix that holds a secret is not offered: half a change is worse than none', async () => {
  const sarif = (text: string): string =>
    JSON.stringify({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'lint' } },
          results: [
            {
              ruleId: 'r',
              message: { text: 'm' },
              locations: [
                { physicalLocation: { artifactLocation: { uri: 'a.ts' }, region: { startLine: 1 } } },
              ],
              fixes: [
                {
                  artifactChanges: [
                    {
                      artifactLocation: { uri: 'a.ts' },
                      replacements: [
                        { deletedRegion: { startLine: 1, endLine: 1 }, insertedContent: { text } },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  const fixOf = async (text: string): Promise<unknown> => {
    const report = await read(sarif(text), 'own-secret-1');
    return report.kind === 'findings' ? report.findings[0]?.fix : undefined;
  };
  expect(await fixOf('const a = 1;\n')).not.toBeNull();
  expect(await fixOf('const a = "own-secret-1";\n')).toBeNull();
});

test('labels of metrics are names with values', async () => {
  const report = await read('# TYPE x gauge\nx{api_token="hunter22",zone="eu"} 1\n# EOF\n', 'none-of-these');
  expect(report).toMatchObject({ metrics: [{ labels: { api_token: '[MASKED]', zone: 'eu' } }] });
  expect(mask('zone=eu')).toBe('zone=eu');
});

test('a file whose name holds a secret is not named, as no masked path leads to it', () => {
  const { run } = createReportMask(createTextMask(secretForms(['swordfish-99'])), { showsRuns: true });
  const attachments = ['shots/swordfish-99.png', 'shots/till.png'];
  expect(run({ ...blankTestRun, outcome: 'failed', attachments }).attachments).toEqual(['shots/till.png']);
});
