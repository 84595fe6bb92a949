import { describe, expect, test } from 'vitest';
import type { ReadReport } from '../../../src/model/report.ts';
import { readReport } from '../../../src/reports/read.ts';
import { mask } from '../../mask.ts';

/** Small reports as the tools write them, one per dialect, with what is in them counted by hand. */

async function read(text: string): Promise<ReadReport> {
  const bytes = new Uint8Array(Buffer.from(text));
  async function* chunks() {
    await Promise.resolve();
    yield bytes;
  }
  return readReport({ path: 'x', sizeBytes: bytes.length, chunks: chunks() }, { resolvePath: null, mask });
}

const json = (value: unknown): string => JSON.stringify(value);
const lines = (...values: readonly unknown[]): string => `${values.map(json).join('\n')}\n`;

interface TestSample {
  readonly name: string;
  readonly format: string;
  readonly text: string;
  /** total, passed, failed, errored, skipped, flaky */
  readonly counts: readonly [number, number, number, number, number, number];
  /** Names of those that do not pass, in order, with the beginning of their message. */
  readonly told?: readonly (readonly [string, string])[];
}

const ctrfTest = (name: string, status: string, more: object = {}) => ({
  name,
  status,
  duration: 5,
  ...more,
});

const tests: readonly TestSample[] = [
  {
    name: 'CTRF: statuses, a suite path, and a test that passed on its retry',
    format: 'ctrf',
    text: json({
      results: {
        tool: { name: 'playwright' },
        summary: { tests: 5, passed: 2, failed: 1, pending: 1, skipped: 1, other: 0 },
        tests: [
          ctrfTest('a', 'passed', { suite: ['web', 'login'] }),
          ctrfTest('b', 'failed', { message: 'no', trace: 'at b.ts:1' }),
          ctrfTest('c', 'pending'),
          ctrfTest('d', 'skipped'),
          ctrfTest('e', 'passed', { flaky: true, retries: 1 }),
        ],
      },
    }),
    counts: [5, 2, 1, 0, 2, 1],
    told: [['b', 'no']],
  },
  {
    name: 'Jest: a file that could not be run counts as an errored test',
    format: 'jest',
    text: json({
      numTotalTests: 3,
      numFailedTests: 1,
      numPendingTests: 1,
      testResults: [
        {
          name: '/app/a.test.js',
          status: 'failed',
          message: '',
          assertionResults: [
            { title: 'adds', ancestorTitles: ['sum'], status: 'passed', duration: 2, failureMessages: [] },
            {
              title: 'subtracts',
              ancestorTitles: ['sum'],
              status: 'failed',
              failureMessages: ['Error: 1 != 2\n    at a.test.js:3:1'],
            },
            { title: 'later', ancestorTitles: [], status: 'pending', failureMessages: [] },
          ],
        },
        {
          name: '/app/b.test.js',
          status: 'failed',
          message: 'SyntaxError: Unexpected token',
          assertionResults: [],
        },
      ],
    }),
    counts: [4, 1, 1, 1, 1, 0],
    told: [
      ['subtracts', 'Error: 1 != 2'],
      ['/app/b.test.js', 'SyntaxError: Unexpected token'],
    ],
  },
  {
    name: 'Mocha: an assertion fails, any other exception errs, a hook that fails is a test of its own',
    format: 'mocha',
    text: json({
      stats: { tests: 3, passes: 1, pending: 1, failures: 2 },
      tests: [
        { title: 'a', fullTitle: 'S a', file: 'a.js', duration: 1, currentRetry: 0, err: {} },
        { title: 'b', fullTitle: 'S b', file: 'a.js', currentRetry: 0, err: {} },
        {
          title: 'c',
          fullTitle: 'S c',
          file: 'a.js',
          err: {
            message: 'expected 1 to equal 2',
            name: 'AssertionError',
            stack: 'AssertionError: …',
            showDiff: true,
          },
        },
      ],
      pending: [{ title: 'b', fullTitle: 'S b', file: 'a.js', err: {} }],
      failures: [
        { title: 'c', fullTitle: 'S c', file: 'a.js', err: { message: 'expected 1 to equal 2' } },
        {
          title: '"before each" hook',
          fullTitle: 'S "before each" hook',
          file: 'a.js',
          err: { message: 'no database', stack: 'Error: no database' },
        },
      ],
      passes: [{ title: 'a', fullTitle: 'S a', file: 'a.js', err: {} }],
    }),
    counts: [4, 1, 1, 1, 1, 0],
  },
  {
    name: 'Playwright: one test per project, a retry that passed is flaky, an expected failure passes',
    format: 'playwright',
    text: json({
      config: {},
      errors: [],
      suites: [
        {
          title: 'a.spec.ts',
          file: 'a.spec.ts',
          specs: [
            {
              title: 'works',
              file: 'a.spec.ts',
              line: 3,
              tests: [
                {
                  projectName: 'chromium',
                  status: 'expected',
                  results: [{ status: 'passed', duration: 10, errors: [] }],
                },
                {
                  projectName: 'firefox',
                  status: 'flaky',
                  results: [
                    { status: 'failed', duration: 9, errors: [{ message: 'timeout' }] },
                    { status: 'passed', duration: 8, errors: [] },
                  ],
                },
              ],
            },
          ],
          suites: [
            {
              title: 'inner',
              specs: [
                {
                  title: 'breaks',
                  line: 9,
                  tests: [
                    {
                      projectName: 'chromium',
                      status: 'unexpected',
                      results: [{ status: 'failed', errors: [{ message: 'boom' }] }],
                    },
                  ],
                },
                {
                  title: 'known',
                  tests: [
                    {
                      projectName: 'chromium',
                      status: 'expected',
                      expectedStatus: 'failed',
                      results: [{ status: 'failed', errors: [{ message: 'x' }] }],
                    },
                  ],
                },
                { title: 'later', tests: [{ projectName: 'chromium', status: 'skipped', results: [] }] },
              ],
            },
          ],
        },
      ],
    }),
    counts: [5, 3, 1, 0, 1, 1],
    told: [['breaks', 'boom']],
  },
  {
    name: 'Cucumber: the worst step decides, a background belongs to the scenario behind it',
    format: 'cucumber',
    text: json([
      {
        keyword: 'Feature',
        name: 'Till',
        uri: 'till.feature',
        elements: [
          {
            type: 'background',
            keyword: 'Background',
            steps: [{ keyword: 'Given ', name: 'a till', result: { status: 'passed', duration: 1e6 } }],
          },
          {
            type: 'scenario',
            keyword: 'Scenario',
            name: 'pays',
            line: 4,
            steps: [{ keyword: 'When ', name: 'paying', result: { status: 'passed' } }],
          },
          {
            type: 'scenario',
            keyword: 'Scenario',
            name: 'refuses',
            line: 9,
            steps: [
              {
                keyword: 'Then ',
                name: 'it says no',
                result: { status: 'failed', error_message: 'said yes' },
              },
              { keyword: 'And ', name: 'more', result: { status: 'skipped' } },
            ],
          },
          {
            type: 'scenario',
            keyword: 'Scenario',
            name: 'dreams',
            line: 14,
            steps: [{ keyword: 'Then ', name: 'nobody knows', result: { status: 'undefined' } }],
          },
          {
            type: 'scenario',
            keyword: 'Scenario',
            name: 'waits',
            line: 19,
            steps: [{ keyword: 'Then ', name: 'later', result: { status: 'pending' } }],
          },
        ],
      },
    ]),
    counts: [4, 1, 1, 1, 1, 0],
    told: [
      ['refuses', 'Then it says no (failed)'],
      ['dreams', 'Then nobody knows (undefined)'],
    ],
  },
  {
    name: 'RSpec: an error outside of examples is an errored test',
    format: 'rspec',
    text: json({
      summary: { example_count: 3, failure_count: 1, pending_count: 1, errors_outside_of_examples_count: 1 },
      messages: ['An error occurred while loading ./x_spec.rb.'],
      examples: [
        {
          description: 'adds',
          full_description: 'Sum adds',
          status: 'passed',
          file_path: './sum_spec.rb',
          line_number: 3,
          run_time: 0.1,
        },
        {
          description: 'fails',
          full_description: 'Sum fails',
          status: 'failed',
          exception: { class: 'RSpec::Error', message: 'expected 3', backtrace: ['./sum_spec.rb:9'] },
        },
        { description: 'waits', full_description: 'Sum waits', status: 'pending', pending_message: 'later' },
      ],
    }),
    counts: [4, 1, 1, 1, 1, 0],
  },
  {
    name: 'TRX: rows of a data-driven test count, not the test that holds them; times out is an error',
    format: 'trx',
    text: `<?xml version="1.0"?><TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
      <UnitTestResult testId="1" testName="Adds" outcome="Passed" duration="00:00:01.5"/>
      <UnitTestResult testId="2" testName="Fails" outcome="Failed"><Output><ErrorInfo><Message>no</Message><StackTrace>at X.cs:line 3</StackTrace></ErrorInfo></Output></UnitTestResult>
      <UnitTestResult testId="3" testName="Rows" outcome="Failed"><InnerResults>
        <UnitTestResult testId="3" testName="Rows (1)" outcome="Passed"/><UnitTestResult testId="3" testName="Rows (2)" outcome="Timeout"/>
      </InnerResults></UnitTestResult>
      <UnitTestResult testId="4" testName="Skipped" outcome="NotExecuted"/>
    </Results><TestDefinitions><UnitTest id="1"><TestMethod className="Shop.Sum, Shop" name="Adds"/></UnitTest></TestDefinitions></TestRun>`,
    counts: [5, 2, 1, 1, 1, 0],
    told: [
      ['Fails', 'no'],
      ['Rows (2)', ''],
    ],
  },
  {
    name: 'NUnit 3: a labelled failure is an error, inconclusive is skipped',
    format: 'nunit3',
    text: `<test-run total="4" skipped="1" inconclusive="1"><test-suite type="TestFixture" fullname="Shop.Sum">
      <test-case name="Adds" classname="Shop.Sum" result="Passed" duration="0,5"/>
      <test-case name="Fails" classname="Shop.Sum" result="Failed"><failure><message>no</message><stack-trace>at</stack-trace></failure></test-case>
      <test-case name="Throws" classname="Shop.Sum" result="Failed" label="Error"><failure><message>null</message></failure></test-case>
      <test-case name="Later" classname="Shop.Sum" result="Skipped" label="Ignored"><reason><message>later</message></reason></test-case>
      <test-case name="Maybe" classname="Shop.Sum" result="Inconclusive"/></test-suite></test-run>`,
    counts: [5, 1, 1, 1, 2, 0],
  },
  {
    name: 'NUnit 2: old files have no result, only executed and success',
    format: 'nunit2',
    text: `<test-results total="3"><test-suite name="Sum"><results>
      <test-case name="Sum.Adds" executed="True" success="True" time="0.1"/>
      <test-case name="Sum.Fails" executed="True" success="False"><failure><message>no</message></failure></test-case>
      <test-case name="Sum.Later" executed="False"/></results></test-suite></test-results>`,
    counts: [3, 1, 1, 0, 1, 0],
    told: [['Sum.Fails', 'no']],
  },
  {
    name: 'xUnit.net: what happens outside of tests is an error of its own',
    format: 'xunit',
    text: `<assemblies><assembly name="Shop.dll" total="3"><errors><error type="assembly-cleanup" name="Db"><failure><message>still open</message></failure></error></errors>
      <collection name="c"><test name="Shop.Sum.Adds" type="Shop.Sum" method="Adds" result="Pass" time="0.1"/>
      <test name="Shop.Sum.Fails" type="Shop.Sum" result="Fail"><failure exception-type="X"><message>no</message><stack-trace>at</stack-trace></failure></test>
      <test name="Shop.Sum.Later" type="Shop.Sum" result="Skip"><reason>later</reason></test></collection></assembly></assemblies>`,
    counts: [4, 1, 1, 1, 1, 0],
  },
  {
    name: 'Robot Framework: the status of the test counts, not those of its keywords',
    format: 'robot',
    text: `<robot><suite name="Till" source="/builds/a/b/till.robot"><test name="Pays" line="3"><kw name="K"><status status="FAIL">inner</status></kw><status status="PASS" elapsed="0.5"/></test>
      <test name="Refuses" line="9"><kw name="K"><status status="FAIL"/></kw><status status="FAIL" starttime="20260101 10:00:00.000" endtime="20260101 10:00:01.500">said yes</status></test>
      <test name="Later"><status status="SKIP">later</status></test></suite></robot>`,
    counts: [3, 1, 1, 0, 1, 0],
    told: [['Refuses', 'said yes']],
  },
  {
    name: 'TAP: subtests count, their parent does not; a failing TODO is no failure',
    format: 'tap',
    text: `TAP version 14
1..4
# Subtest: outer
    ok 1 - inner one
    not ok 2 - inner two
      ---
      message: 'not equal'
      at: test.js:8:5
      ...
    1..2
not ok 1 - outer
ok 2 - skipped # SKIP no network
not ok 3 - someday # TODO
ok 4 - fine
`,
    counts: [5, 2, 1, 0, 2, 0],
    told: [['inner two', 'not equal']],
  },
  {
    name: 'TAP: a run that bails out without a failure is not green',
    format: 'tap',
    text: 'TAP version 13\n1..5\nok 1 - a\nBail out! No database\n',
    counts: [2, 1, 0, 1, 0, 0],
    told: [['Bail out!', 'No database']],
  },
  {
    name: 'go test -json: subtests and parents count, a test that never ended and a package that did not build are errors',
    format: 'go-test',
    text: lines(
      { Action: 'run', Package: 'shop', Test: 'TestA' },
      { Action: 'output', Package: 'shop', Test: 'TestA', Output: '    a_test.go:9: got 1, want 2\n' },
      { Action: 'fail', Package: 'shop', Test: 'TestA', Elapsed: 0.1 },
      { Action: 'run', Package: 'shop', Test: 'TestB' },
      { Action: 'pass', Package: 'shop', Test: 'TestB', Elapsed: 0.1 },
      { Action: 'run', Package: 'shop', Test: 'TestHangs' },
      { Action: 'fail', Package: 'shop', Elapsed: 1 },
      { Action: 'output', Package: 'shop/broken', Output: 'undefined: x\n' },
      { Action: 'fail', Package: 'shop/broken', Elapsed: 0 },
    ),
    counts: [4, 1, 1, 2, 0, 0],
    told: [
      ['TestA', 'got 1, want 2'],
      ['TestHangs', ''],
      ['package shop/broken', 'undefined: x'],
    ],
  },
  {
    name: 'Dart: hidden tests of the runner do not count, failures and errors are told apart',
    format: 'dart',
    text: lines(
      { protocolVersion: '0.1.1', type: 'start', time: 0 },
      { type: 'suite', suite: { id: 0, path: 'test/a_test.dart' }, time: 0 },
      { type: 'group', group: { id: 2, name: 'till' }, time: 1 },
      {
        type: 'testStart',
        test: { id: 1, name: 'loading test/a_test.dart', suiteID: 0, groupIDs: [] },
        time: 1,
      },
      { type: 'testDone', testID: 1, result: 'success', hidden: true, time: 2 },
      { type: 'testStart', test: { id: 3, name: 'till pays', suiteID: 0, groupIDs: [2], line: 5 }, time: 3 },
      { type: 'testDone', testID: 3, result: 'success', hidden: false, time: 9 },
      { type: 'testStart', test: { id: 4, name: 'till refuses', suiteID: 0, groupIDs: [2] }, time: 9 },
      {
        type: 'error',
        testID: 4,
        error: 'Expected: no',
        stackTrace: 'a_test.dart 9',
        isFailure: true,
        time: 10,
      },
      { type: 'testDone', testID: 4, result: 'failure', hidden: false, time: 11 },
      { type: 'testStart', test: { id: 5, name: 'till throws', suiteID: 0, groupIDs: [2] }, time: 12 },
      { type: 'error', testID: 5, error: 'Bad state', isFailure: false, time: 13 },
      { type: 'testDone', testID: 5, result: 'error', hidden: false, time: 14 },
    ),
    counts: [3, 1, 1, 1, 0, 0],
    told: [
      ['refuses', 'Expected: no'],
      ['throws', 'Bad state'],
    ],
  },
];

describe('test reports', () => {
  test.each(tests)('$name', async ({ format, text, counts, told }) => {
    const result = await read(text);
    expect(result.format).toBe(format);
    if (result.report?.kind !== 'tests') throw new Error('no tests');
    const { total, passed, failed, errored, skipped, flaky } = result.report.totals;
    expect([total, passed, failed, errored, skipped, flaky]).toEqual(counts);
    if (told === undefined) return;
    const bad = result.report.cases.filter(({ outcome }) => outcome === 'failed' || outcome === 'errored');
    expect(bad.map(({ name, failure }) => [name, failure?.message ?? ''])).toEqual(
      told.map(([name, message]) => [name, message]),
    );
  });
});
