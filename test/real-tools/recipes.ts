/**
 * How each tool is run on its project in `projects/`, and how its own console gives the totals. The console is the
 * truth from outside: Herald reads the report file, a person reads the console, and both must say the same.
 */

/** What a console says of a run of tests. A count that a tool does not print is left away and not compared. */
export interface TestCounts {
  readonly total?: number;
  readonly passed?: number;
  /** Failures and errors together: tools draw that line differently. */
  readonly failed: number;
  readonly skipped?: number;
  readonly flaky?: number;
}

interface Run {
  /** Command and arguments; the command is looked up in the tools' folder, then in PATH. */
  readonly argv: readonly string[];
  /** File that takes the standard output, which is the console otherwise. */
  readonly into?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Tool {
  /** Folder in `projects/`. */
  readonly project: string;
  /** What the tool writes: part of the test's title. */
  readonly writes: string;
  /** Runs in order. The console is the output of all that goes into no file. */
  readonly runs: readonly Run[];
  readonly report: string;
  /** Options that Herald needs to read this report. */
  readonly options?: readonly string[];
}

export interface TestTool extends Tool {
  readonly counts: (console: string) => TestCounts;
  /** Names of tests whose report has no line to point to, with the reason. */
  readonly withoutLine?: string;
}

export interface FindingsTool extends Tool {
  readonly findings: (console: string) => number;
}

/** The first number that the expression finds; 0 where it finds nothing, as tools leave out what is zero. */
function number(text: string, expression: RegExp): number {
  return Number(expression.exec(text)?.[1] ?? 0);
}

function lines(text: string, expression: RegExp): number {
  return text.split('\n').filter((line) => expression.test(line)).length;
}

const jestCounts = (text: string): TestCounts => {
  const line = /^Tests:.*$/m.exec(text)?.[0] ?? '';
  return {
    // A suite that does not load is a failure that jest counts among its suites.
    failed: number(line, /(\d+) failed/) + lines(text, /Test suite failed to run/),
    passed: number(line, /(\d+) passed/),
    skipped: number(line, /(\d+) skipped/) + number(line, /(\d+) todo/),
  };
};

const vitestCounts = (text: string): TestCounts => {
  const line = /^ *Tests .*$/m.exec(text)?.[0] ?? '';
  return {
    failed: number(line, /(\d+) failed/) + number(text, /Failed Suites (\d+)/),
    passed: number(line, /(\d+) passed/),
    skipped: number(line, /(\d+) skipped/) + number(line, /(\d+) todo/),
  };
};

const playwrightCounts = (text: string): TestCounts => ({
  failed: number(text, /^ +(\d+) failed$/m),
  flaky: number(text, /^ +(\d+) flaky$/m),
  skipped: number(text, /^ +(\d+) skipped$/m),
  passed: number(text, /^ +(\d+) passed \(/m) + number(text, /^ +(\d+) flaky$/m),
});

const mochaCounts = (text: string): TestCounts => ({
  passed: number(text, /^ +(\d+) passing/m),
  failed: number(text, /^ +(\d+) failing/m),
  skipped: number(text, /^ +(\d+) pending/m),
});

const nodeTestCounts = (text: string): TestCounts => ({
  total: number(text, /^ℹ tests (\d+)/m),
  failed: number(text, /^ℹ fail (\d+)/m),
  skipped: number(text, /^ℹ skipped (\d+)/m),
});

const pytestCounts = (text: string): TestCounts => {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  return {
    failed: number(line, /(\d+) failed/) + number(line, /(\d+) error/),
    passed: number(line, /(\d+) passed/),
    skipped: number(line, /(\d+) skipped/) + number(line, /(\d+) xfailed/),
  };
};

const unittestCounts = (text: string): TestCounts => ({
  total: number(text, /^Ran (\d+) tests/m),
  failed: number(text, /failures=(\d+)/) + number(text, /errors=(\d+)/),
  skipped: number(text, /skipped=(\d+)/),
});

const gotestsumCounts = (text: string): TestCounts => ({
  total: number(text, /DONE (\d+) tests/),
  failed: number(text, /(\d+) failures?/) + number(text, /(\d+) errors?/),
  skipped: number(text, /(\d+) skipped/),
});

const phpunitCounts = (text: string): TestCounts => ({
  total: number(text, /Tests: (\d+)/),
  failed: number(text, /Failures: (\d+)/) + number(text, /Errors: (\d+)/),
  skipped: number(text, /Skipped: (\d+)/),
});

const rspecCounts = (text: string): TestCounts => ({
  total: number(text, /(\d+) examples/),
  failed: number(text, /(\d+) failures/),
  skipped: number(text, /(\d+) pending/),
});

const batsCounts = (text: string): TestCounts => ({
  total: number(text, /(\d+) tests/),
  failed: number(text, /(\d+) failures/),
  skipped: number(text, /(\d+) skipped/),
});

const cargoCounts = (text: string): TestCounts => ({
  passed: number(text, /result: FAILED\. (\d+) passed/),
  failed: number(text, /(\d+) failed;/),
  skipped: number(text, /(\d+) ignored/),
});

const ctestCounts = (text: string): TestCounts => ({
  total: number(text, /out of (\d+)/) + lines(text, /\(Disabled\)$/),
  failed: number(text, /(\d+) tests failed out of/),
  skipped: lines(text, /\(Disabled\)$/),
});

/** `Failed 2/5 subtests` and `planned 2 tests but ran 1` of TAP::Harness. */
const proveCounts = (text: string): TestCounts => ({
  failed: lines(text, /^not ok (?!.*# TODO)/) + lines(text, /Non-zero exit status: .*|No plan found/) - 1,
});

export const testTools: readonly TestTool[] = [
  {
    project: 'jest',
    writes: 'json',
    runs: [{ argv: ['jest', '--json', '--outputFile=report.json', '--testLocationInResults'] }],
    report: 'report.json',
    counts: jestCounts,
  },
  {
    project: 'jest',
    writes: 'junit',
    runs: [
      {
        argv: ['jest', '--reporters=default', '--reporters=jest-junit'],
        env: { JEST_JUNIT_OUTPUT_NAME: 'report.xml', JEST_JUNIT_REPORT_TEST_SUITE_ERRORS: 'true' },
      },
    ],
    report: 'report.xml',
    counts: jestCounts,
  },
  {
    project: 'mocha',
    writes: 'json',
    runs: [
      { argv: ['mocha', '--reporter', 'json', '--reporter-option', 'output=report.json'], into: 'unused.json' },
      { argv: ['mocha'] },
    ],
    report: 'report.json',
    counts: mochaCounts,
  },
  {
    project: 'mocha',
    writes: 'junit',
    runs: [
      { argv: ['mocha', '--reporter', 'mocha-junit-reporter', '--reporter-option', 'mochaFile=report.xml'], into: 'unused.txt' },
      { argv: ['mocha'] },
    ],
    report: 'report.xml',
    counts: mochaCounts,
  },
  {
    project: 'vitest',
    writes: 'junit',
    runs: [{ argv: ['vitest', 'run', '--reporter=default', '--reporter=junit', '--outputFile.junit=report.xml'] }],
    report: 'report.xml',
    counts: vitestCounts,
  },
  {
    project: 'vitest',
    writes: 'json',
    runs: [{ argv: ['vitest', 'run', '--reporter=default', '--reporter=json', '--outputFile.json=report.json'] }],
    report: 'report.json',
    counts: vitestCounts,
  },
  {
    project: 'playwright',
    writes: 'json',
    runs: [{ argv: ['playwright', 'test'] }],
    report: 'report.json',
    counts: playwrightCounts,
  },
  {
    project: 'playwright',
    writes: 'junit',
    runs: [{ argv: ['playwright', 'test'] }],
    report: 'report.xml',
    counts: playwrightCounts,
  },
  ...['junit', 'tap'].map(
    (format): TestTool => ({
      project: 'node-test',
      writes: format,
      runs: [
        {
          argv: [
            'node',
            '--test',
            `--test-reporter=${format}`,
            `--test-reporter-destination=report.${format === 'tap' ? 'tap' : 'xml'}`,
            '--test-reporter=spec',
            '--test-reporter-destination=stdout',
          ],
        },
      ],
      report: `report.${format === 'tap' ? 'tap' : 'xml'}`,
      counts: nodeTestCounts,
    }),
  ),
  {
    project: 'pytest',
    writes: 'junit',
    runs: [{ argv: ['/usr/bin/python3', '-m', 'pytest', '-p', 'no:cacheprovider', '--continue-on-collection-errors', '--junitxml=report.xml'] }],
    report: 'report.xml',
    counts: pytestCounts,
  },
  {
    project: 'unittest',
    writes: 'junit',
    runs: [{ argv: ['/usr/bin/python3', '-m', 'xmlrunner', '--output-file', 'report.xml', 'test_money'] }],
    report: 'report.xml',
    counts: unittestCounts,
  },
  {
    project: 'go',
    writes: 'json',
    runs: [{ argv: ['go', 'test', '-json', './...'], into: 'report.json' }, { argv: ['gotestsum', '--no-color'] }],
    report: 'report.json',
    counts: gotestsumCounts,
  },
  {
    project: 'go',
    writes: 'gotestsum junit',
    runs: [{ argv: ['gotestsum', '--no-color', '--junitfile', 'report.xml'] }],
    report: 'report.xml',
    counts: gotestsumCounts,
  },
  {
    project: 'phpunit',
    writes: 'junit',
    runs: [{ argv: ['phpunit', '--log-junit', 'report.xml'] }],
    report: 'report.xml',
    counts: phpunitCounts,
  },
  {
    project: 'rspec',
    writes: 'json',
    runs: [{ argv: ['rspec', '--format', 'progress', '--format', 'json', '--out', 'report.json'] }],
    report: 'report.json',
    counts: rspecCounts,
  },
  {
    project: 'rspec',
    writes: 'junit',
    runs: [{ argv: ['rspec', '--format', 'progress', '--format', 'RspecJunitFormatter', '--out', 'report.xml'] }],
    report: 'report.xml',
    counts: rspecCounts,
  },
  {
    project: 'bats',
    writes: 'junit',
    runs: [{ argv: ['bats', '--formatter', 'pretty', '--report-formatter', 'junit', '--output', '.', 'test'] }],
    report: 'report.xml',
    counts: batsCounts,
  },
  {
    project: 'bats',
    writes: 'tap',
    runs: [
      { argv: ['bats', '--formatter', 'tap', 'test'], into: 'report.tap' },
      { argv: ['bats', '--formatter', 'pretty', 'test'] },
    ],
    report: 'report.tap',
    counts: batsCounts,
  },
  {
    project: 'prove',
    writes: 'tap',
    runs: [{ argv: ['prove', '--verbose', '--merge', 't'], into: 'report.tap' }, { argv: ['prove', '--verbose', '--merge', 't'] }],
    report: 'report.tap',
    counts: proveCounts,
  },
  {
    project: 'ctest',
    writes: 'junit',
    runs: [{ argv: ['cmake', '-S', '.', '-B', 'build'] }, { argv: ['ctest', '--test-dir', 'build', '--output-junit', '../report.xml'] }],
    report: 'report.xml',
    counts: ctestCounts,
  },
  {
    project: 'cargo',
    writes: 'libtest json',
    runs: [
      {
        argv: ['cargo', 'test', '--offline', '--quiet', '--lib', '--', '-Z', 'unstable-options', '--format', 'json'],
        into: 'report.json',
        env: { RUSTC_BOOTSTRAP: '1' },
      },
      { argv: ['cargo', 'test', '--offline', '--lib'] },
    ],
    report: 'report.json',
    counts: cargoCounts,
  },
];

export const findingsTools: readonly FindingsTool[] = [
  {
    project: 'eslint',
    writes: 'json',
    runs: [{ argv: ['eslint', '-f', 'json', '-o', 'report.json', 'src'] }, { argv: ['eslint', 'src'] }],
    report: 'report.json',
    findings: (text) => number(text, /✖ (\d+) problem/),
  },
  {
    project: 'biome',
    writes: 'gitlab',
    runs: [
      { argv: ['biome', 'lint', '--reporter=gitlab', 'src'], into: 'report.json' },
      { argv: ['biome', 'lint', '--max-diagnostics=none', 'src'] },
    ],
    report: 'report.json',
    findings: (text) =>
      number(text, /Found (\d+) errors?/) + number(text, /Found (\d+) warnings?/) + number(text, /Found (\d+) infos?/),
  },
  {
    project: 'stylelint',
    writes: 'json',
    runs: [
      { argv: ['stylelint', '-f', 'json', '-o', 'report.json', 'src/*.css'] },
      { argv: ['stylelint', 'src/*.css'] },
    ],
    report: 'report.json',
    findings: (text) => number(text, /✖ (\d+) problem/),
  },
  ...['json', 'checkstyle', 'gcc'].map(
    (format): FindingsTool => ({
      project: 'shellcheck',
      writes: format,
      runs: [
        { argv: ['shellcheck', '-f', format, 'run.sh'], into: `report.${format}` },
        { argv: ['shellcheck', 'run.sh'] },
      ],
      report: `report.${format}`,
      ...(format === 'gcc' ? { options: ['--patterns', 'gcc'] } : {}),
      findings: (text) => lines(text, /\^-+\^? SC\d+/),
    }),
  ),
  {
    project: 'cppcheck',
    writes: 'xml',
    runs: [
      { argv: ['cppcheck', '--enable=all', '--quiet', '--xml', '--output-file=report.xml', 'src'] },
      { argv: ['cppcheck', '--enable=all', '--quiet', 'src'] },
    ],
    report: 'report.xml',
    findings: (text) => lines(text, /: (error|warning|style|performance|portability|information): /),
  },
  {
    project: 'pylint',
    writes: 'json',
    runs: [
      { argv: ['pylint', '--output-format=json', 'pay.py'], into: 'report.json' },
      { argv: ['pylint', 'pay.py'] },
    ],
    report: 'report.json',
    findings: (text) => lines(text, /^pay\.py:\d+:\d+: [A-Z]\d+/),
  },
  {
    project: 'rubocop',
    writes: 'json',
    runs: [{ argv: ['rubocop', '--cache', 'false', '--format', 'json', '--out', 'report.json', '--format', 'simple'] }],
    report: 'report.json',
    findings: (text) => number(text, /(\d+) offenses detected/),
  },
  ...['checkstyle', 'json'].map(
    (format): FindingsTool => ({
      project: 'phpcs',
      writes: format,
      runs: [
        { argv: ['phpcs', `--report-${format}=report.${format}`, '--report-full', 'pay.php'] },
      ],
      report: `report.${format}`,
      findings: (text) => number(text, /FOUND (\d+) ERRORS?/) + number(text, /(\d+) WARNINGS?/),
    }),
  ),
  {
    project: 'mypy',
    writes: 'text',
    runs: [{ argv: ['mypy', '--cache-dir=/dev/null', 'pay.py'], into: 'report.txt' }, { argv: ['mypy', '--cache-dir=/dev/null', 'pay.py'] }],
    report: 'report.txt',
    options: ['--patterns', 'mypy'],
    findings: (text) => number(text, /Found (\d+) errors?/),
  },
];
