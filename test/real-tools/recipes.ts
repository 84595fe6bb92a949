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
  /** The file takes the standard error, too. */
  readonly withErrors?: true;
  readonly env?: Readonly<Record<string, string>>;
}

/** The way of running a tool that Herald can say most from: each is tried by the recipe that has it. */
interface Best {
  readonly tool: string;
  /** As a job's script has it. */
  readonly command: string;
  readonly why: string;
}

interface Tool {
  /** Folder in `projects/`. */
  readonly project: string;
  /** What the tool writes: part of the test's title. */
  readonly writes: string;
  /** For docs/formats.md, where this is the report that makes the best comment. */
  readonly best?: Best;
  /** Runs in order. The console is the output of all that goes into no file. */
  readonly runs: readonly Run[];
  readonly report: string;
  /** Options that Herald needs to read this report. */
  readonly options?: readonly string[];
}

export interface TestTool extends Tool {
  readonly counts: (console: string) => TestCounts;
  /** Where the report says other numbers than the console: which, and why. Each was looked up in the report. */
  readonly differs?: Differs;
  /** Tests whose report has no line to point to, or no test at all, with the reason. */
  readonly untold?: { readonly tests: readonly string[]; readonly why: string };
}

interface Differs {
  readonly why: string;
  readonly counts: (console: TestCounts) => TestCounts;
}

/** Adds to the counts of a console, which may be negative. */
function plus(change: Partial<Record<keyof TestCounts, number>>): Differs['counts'] {
  return (counts) => {
    const { total, passed, failed, skipped, flaky } = counts;
    const added = (key: keyof TestCounts, value: number | undefined): Partial<TestCounts> =>
      value === undefined ? {} : { [key]: value + (change[key] ?? 0) };
    return {
      failed: failed + (change.failed ?? 0),
      ...added('total', total),
      ...added('passed', passed),
      ...added('skipped', skipped),
      ...added('flaky', flaky),
    };
  };
}

export interface FindingsTool extends Tool {
  readonly findings: (console: string) => number;
  /** Why the console's number is not simply all that it prints. */
  readonly why?: string;
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
  skipped: number(text, /skipped=(\d+)/) + number(text, /expected failures=(\d+)/),
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
  total: number(text, /out of (\d+)/) + lines(text, /^\t +\d+ - .*\(Disabled\)$/),
  failed: number(text, /(\d+) tests failed out of/),
  skipped: lines(text, /^\t +\d+ - .*\((?:Disabled|Skipped)\)$/),
});

/** What its summary lists as failed, and each script that ran less than it planned. */
const proveCounts = (text: string): TestCounts => ({
  failed: lines(text, /^not ok (?!.*# TODO)/) + lines(text, /Parse errors: Bad plan\./),
  skipped: lines(text, /^ok .*# skip/) + lines(text, /^not ok .*# TODO/),
});

export const testTools: readonly TestTool[] = [
  {
    project: 'jest',
    writes: 'json',
    best: {
      tool: 'Jest',
      command: 'jest --json --outputFile=jest-results.json --testLocationInResults',
      why: 'Knows retries, todos and files that do not load. With jest-junit instead, set `JEST_JUNIT_REPORT_TEST_SUITE_ERRORS=true`, or a file that does not load is missing, and `JEST_JUNIT_ADD_FILE_ATTRIBUTE=true`, `JEST_JUNIT_TITLE={title}` and `JEST_JUNIT_CLASSNAME={classname}`, so that names show once and lead to the file.',
    },
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
        env: {
          JEST_JUNIT_OUTPUT_NAME: 'report.xml',
          JEST_JUNIT_REPORT_TEST_SUITE_ERRORS: 'true',
          JEST_JUNIT_ADD_FILE_ATTRIBUTE: 'true',
          JEST_JUNIT_CLASSNAME: '{classname}',
          JEST_JUNIT_TITLE: '{title}',
        },
      },
    ],
    report: 'report.xml',
    counts: jestCounts,
    differs: {
      why: 'jest-junit writes a todo as a test that passed',
      counts: plus({ passed: 1, skipped: -1 }),
    },
  },
  {
    project: 'mocha',
    writes: 'json',
    best: {
      tool: 'Mocha',
      command: 'mocha --reporter json --reporter-option output=mocha-results.json',
      why: 'Knows pending tests, hooks and retries. With mocha-junit-reporter instead, set `includePending=true`, or tests that are skipped are missing.',
    },
    runs: [
      {
        argv: ['mocha', '--reporter', 'json', '--reporter-option', 'output=report.json'],
        into: 'unused.json',
      },
      { argv: ['mocha'] },
    ],
    report: 'report.json',
    counts: mochaCounts,
  },
  {
    project: 'mocha',
    writes: 'junit',
    runs: [
      {
        argv: [
          'mocha',
          '--reporter',
          'mocha-junit-reporter',
          '--reporter-option',
          'mochaFile=report.xml,includePending=true',
        ],
        into: 'unused.txt',
      },
      { argv: ['mocha'] },
    ],
    report: 'report.xml',
    counts: mochaCounts,
  },
  {
    project: 'vitest',
    writes: 'junit',
    best: {
      tool: 'Vitest',
      command: 'vitest run --reporter=default --reporter=junit --outputFile.junit=junit.xml',
      why: 'Has the diff and the line, also of a file that does not load, of which the JSON has no stack.',
    },
    runs: [
      { argv: ['vitest', 'run', '--reporter=default', '--reporter=junit', '--outputFile.junit=report.xml'] },
    ],
    report: 'report.xml',
    counts: vitestCounts,
  },
  {
    project: 'vitest',
    writes: 'json',
    runs: [
      { argv: ['vitest', 'run', '--reporter=default', '--reporter=json', '--outputFile.json=report.json'] },
    ],
    report: 'report.json',
    counts: vitestCounts,
    untold: { tests: ['broken.test.ts'], why: 'the JSON has no stack for a file that does not load' },
  },
  {
    project: 'playwright',
    writes: 'json',
    best: {
      tool: 'Playwright',
      command: 'PLAYWRIGHT_JSON_OUTPUT_NAME=playwright-results.json playwright test --reporter=list,json',
      why: 'Knows projects and retries. With `--reporter=junit` instead, set `includeRetries: true` in the configuration, or tests that passed only on retry look like any other.',
    },
    runs: [
      {
        argv: ['playwright', 'test', '--reporter=list,json'],
        env: { PLAYWRIGHT_JSON_OUTPUT_NAME: 'report.json' },
      },
    ],
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
      ...(format === 'tap'
        ? {
            best: {
              tool: 'node --test',
              command: 'node --test --test-reporter=tap --test-reporter-destination=node.tap',
              why: 'Has the values that were compared, and the stack; `junit` is as good for the comment.',
            },
          }
        : {}),
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
      differs: {
        why: 'Node counts a test whose subtest fails as one more failure; Herald counts the subtest only',
        counts: plus({ total: -1, failed: -1 }),
      },
    }),
  ),
  {
    project: 'pytest',
    writes: 'junit',
    best: {
      tool: 'pytest',
      command: 'pytest --junitxml=junit.xml --continue-on-collection-errors',
      why: 'Without the second option a file that does not load ends the run before any test.',
    },
    runs: [
      {
        argv: [
          '/usr/bin/python3',
          '-m',
          'pytest',
          '-p',
          'no:cacheprovider',
          '--continue-on-collection-errors',
          '--junitxml=report.xml',
        ],
      },
    ],
    report: 'report.xml',
    counts: pytestCounts,
    differs: {
      why: 'pytest counts a test that passed and failed in its teardown twice; in the report it is one test, which failed',
      counts: plus({ passed: -1 }),
    },
  },
  {
    project: 'unittest',
    writes: 'junit',
    best: {
      tool: 'unittest',
      command: 'python -m xmlrunner --output-file junit.xml',
      why: 'Has the traceback, from which Herald takes the line that failed.',
    },
    runs: [{ argv: ['/usr/bin/python3', '-m', 'xmlrunner', '--output-file', 'report.xml', 'test_money'] }],
    report: 'report.xml',
    counts: unittestCounts,
  },
  {
    project: 'go',
    writes: 'json',
    best: {
      tool: 'Go',
      command: 'go test -json ./... > go-test.json 2>&1',
      why: 'Has every package. Before Go 1.24 the compiler prints to the standard error only: with `2>&1` a package that does not build is shown with its text. The JUnit of gotestsum only counts it.',
    },
    // The compiler prints to the standard error: `go test -json ./... > report.json 2>&1`.
    runs: [
      { argv: ['go', 'test', '-json', './...'], into: 'report.json', withErrors: true },
      { argv: ['gotestsum', '--no-color'] },
    ],
    report: 'report.json',
    counts: gotestsumCounts,
    differs: {
      why: 'gotestsum counts a package that does not build as an error, and not as a test',
      counts: plus({ total: 1 }),
    },
  },
  {
    project: 'go',
    writes: 'gotestsum junit',
    runs: [{ argv: ['gotestsum', '--no-color', '--junitfile', 'report.xml'] }],
    report: 'report.xml',
    counts: gotestsumCounts,
    differs: {
      why: 'before Go 1.24 the report counts a package that does not build, and lists no test for it',
      counts: plus({ failed: -1 }),
    },
    untold: {
      tests: ['package example.com/shop/broken'],
      why: 'the report does not list it: Herald shows "counts 1 failure that it does not list"',
    },
  },
  {
    project: 'phpunit',
    writes: 'junit',
    best: {
      tool: 'PHPUnit',
      command: 'phpunit --log-junit junit.xml',
      why: 'Has file and line of each test.',
    },
    runs: [{ argv: ['phpunit', '--log-junit', 'report.xml'] }],
    report: 'report.xml',
    counts: phpunitCounts,
  },
  {
    project: 'rspec',
    writes: 'json',
    best: {
      tool: 'RSpec',
      command: 'rspec --format progress --format json --out rspec.json',
      why: 'Has the line of each example; RspecJunitFormatter has its file only, and Herald takes the line from the stack.',
    },
    runs: [{ argv: ['rspec', '--format', 'progress', '--format', 'json', '--out', 'report.json'] }],
    report: 'report.json',
    counts: rspecCounts,
  },
  {
    project: 'rspec',
    writes: 'junit',
    runs: [
      { argv: ['rspec', '--format', 'progress', '--format', 'RspecJunitFormatter', '--out', 'report.xml'] },
    ],
    report: 'report.xml',
    counts: rspecCounts,
  },
  {
    project: 'bats',
    writes: 'junit',
    best: {
      tool: 'bats',
      command: 'bats --report-formatter junit --output . test',
      why: 'Herald takes the line from what bats says.',
    },
    runs: [
      { argv: ['bats', '--formatter', 'pretty', '--report-formatter', 'junit', '--output', '.', 'test'] },
    ],
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
    best: {
      tool: 'prove',
      command: 'prove --verbose --merge t > report.tap',
      why: 'Without `--merge` what Test::More says of a failure goes to the standard error, and the report has names only.',
    },
    runs: [
      { argv: ['prove', '--verbose', '--merge', 't'], into: 'report.tap' },
      { argv: ['prove', '--verbose', '--merge', 't'] },
    ],
    report: 'report.tap',
    counts: proveCounts,
  },
  {
    project: 'ctest',
    writes: 'junit',
    best: {
      tool: 'CTest',
      command: 'ctest --output-junit junit.xml',
      why: 'What a test printed is the reason of its failure; a missing executable counts as a failure.',
    },
    runs: [
      { argv: ['cmake', '-S', '.', '-B', 'build'] },
      { argv: ['ctest', '--test-dir', 'build', '--output-junit', '../report.xml'] },
    ],
    report: 'report.xml',
    counts: ctestCounts,
    untold: {
      tests: ['knows_the_discount'],
      why: 'a script prints what it likes: its place is in the text only',
    },
  },
  {
    project: 'cargo',
    writes: 'libtest json',
    best: {
      tool: 'cargo test',
      command: 'cargo test -- -Z unstable-options --format json > cargo-test.json',
      why: 'Has what each test printed, with the place of the panic; needs a nightly toolchain, or `RUSTC_BOOTSTRAP=1`.',
    },
    runs: [
      {
        argv: [
          'cargo',
          'test',
          '--offline',
          '--quiet',
          '--lib',
          '--',
          '-Z',
          'unstable-options',
          '--format',
          'json',
        ],
        into: 'report.json',
        env: { RUSTC_BOOTSTRAP: '1' },
      },
      { argv: ['cargo', 'test', '--offline', '--lib'] },
    ],
    report: 'report.json',
    counts: cargoCounts,
  },
];

/** Runs that leave the same tests in two files of different formats. */
export interface TwiceTool extends Tool {
  readonly alsoReport: string;
  /** Of the file that says more; the other one is left out. */
  readonly counts: (console: string) => TestCounts;
  readonly differs?: Differs;
}

export const twiceTools: readonly TwiceTool[] = [
  {
    project: 'jest',
    writes: 'json and junit',
    runs: [
      {
        argv: [
          'jest',
          '--json',
          '--outputFile=report.json',
          '--testLocationInResults',
          '--reporters=default',
          '--reporters=jest-junit',
        ],
        env: { JEST_JUNIT_OUTPUT_NAME: 'report.xml', JEST_JUNIT_REPORT_TEST_SUITE_ERRORS: 'true' },
      },
    ],
    report: 'report.json',
    alsoReport: 'report.xml',
    counts: jestCounts,
  },
  {
    project: 'vitest',
    writes: 'json and junit',
    runs: [
      {
        argv: [
          'vitest',
          'run',
          '--reporter=default',
          '--reporter=junit',
          '--reporter=json',
          '--outputFile.junit=report.xml',
          '--outputFile.json=report.json',
        ],
      },
    ],
    report: 'report.json',
    alsoReport: 'report.xml',
    counts: vitestCounts,
  },
  {
    project: 'playwright',
    writes: 'json and junit',
    runs: [{ argv: ['playwright', 'test'] }],
    report: 'report.json',
    alsoReport: 'report.xml',
    counts: playwrightCounts,
  },
  {
    project: 'rspec',
    writes: 'json and junit',
    runs: [
      {
        argv: [
          'rspec',
          '--format',
          'progress',
          ...['--format', 'json', '--out', 'report.json'],
          ...['--format', 'RspecJunitFormatter', '--out', 'report.xml'],
        ],
      },
    ],
    report: 'report.json',
    alsoReport: 'report.xml',
    counts: rspecCounts,
  },
];

export const findingsTools: readonly FindingsTool[] = [
  {
    project: 'eslint',
    writes: 'json',
    best: {
      tool: 'ESLint',
      command: 'eslint -f json -o eslint.json',
      why: 'Has fixes, which become suggestions on the line.',
    },
    runs: [{ argv: ['eslint', '-f', 'json', '-o', 'report.json', 'src'] }, { argv: ['eslint', 'src'] }],
    report: 'report.json',
    findings: (text) => number(text, /✖ (\d+) problem/),
  },
  {
    project: 'biome',
    writes: 'gitlab',
    best: {
      tool: 'Biome',
      command: 'biome lint --reporter=gitlab > gl-code-quality-report.json',
      why: 'Has fingerprints, so that GitLab shows it, too.',
    },
    runs: [
      { argv: ['biome', 'lint', '--reporter=gitlab', 'src'], into: 'report.json' },
      { argv: ['biome', 'lint', '--max-diagnostics=none', 'src'] },
    ],
    report: 'report.json',
    findings: (text) =>
      number(text, /Found (\d+) errors?/) +
      number(text, /Found (\d+) warnings?/) +
      number(text, /Found (\d+) infos?/),
  },
  {
    project: 'stylelint',
    writes: 'json',
    best: {
      tool: 'Stylelint',
      command: 'stylelint -f json -o stylelint.json',
      why: 'Has the rule and its severity.',
    },
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
      ...(format === 'json'
        ? {
            best: {
              tool: 'ShellCheck',
              command: 'shellcheck -f json',
              why: '`checkstyle` is as good; `gcc` skips what is information only.',
            },
          }
        : {}),
      runs: [
        { argv: ['shellcheck', '-f', format, 'run.sh'], into: `report.${format}` },
        { argv: ['shellcheck', 'run.sh'] },
      ],
      report: `report.${format}`,
      ...(format === 'gcc' ? { options: ['--patterns', 'gcc'] } : {}),
      ...(format === 'gcc'
        ? { why: 'in the format of GCC, what is `note:` explains the error above: information is left out' }
        : {}),
      findings: (text) =>
        lines(text, format === 'gcc' ? /\^-+\^? SC\d+ \((?:error|warning)\)/ : /\^-+\^? SC\d+/),
    }),
  ),
  {
    project: 'cppcheck',
    writes: 'xml',
    best: {
      tool: 'Cppcheck',
      command: 'cppcheck --xml --output-file=cppcheck.xml src',
      why: 'Has severities and CWE numbers.',
    },
    runs: [
      { argv: ['cppcheck', '--enable=all', '--quiet', '--xml', '--output-file=report.xml', 'src'] },
      { argv: ['cppcheck', '--enable=all', '--quiet', 'src'] },
    ],
    report: 'report.xml',
    why: 'Cppcheck speaks of itself as `nofile`: headers of the system that it did not find',
    findings: (text) =>
      lines(text, /^(?!nofile:).*: (?:error|warning|style|performance|portability|information): /),
  },
  {
    project: 'pylint',
    writes: 'json',
    best: {
      tool: 'Pylint',
      command: 'pylint --output-format=json > pylint.json',
      why: 'Has the rule by name and number.',
    },
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
    best: {
      tool: 'RuboCop',
      command: 'rubocop --format json --out rubocop.json',
      why: 'Has the severity of each offense.',
    },
    runs: [
      {
        argv: [
          'rubocop',
          '--cache',
          'false',
          '--format',
          'json',
          '--out',
          'report.json',
          '--format',
          'simple',
        ],
      },
    ],
    report: 'report.json',
    findings: (text) => number(text, /(\d+) offenses detected/),
  },
  ...['checkstyle', 'json'].map(
    (format): FindingsTool => ({
      project: 'phpcs',
      writes: format,
      ...(format === 'json'
        ? {
            best: {
              tool: 'PHP_CodeSniffer',
              command: 'phpcs --report-json=phpcs.json',
              why: 'Has line, column and rule; `checkstyle` is as good.',
            },
          }
        : {}),
      runs: [{ argv: ['phpcs', `--report-${format}=report.${format}`, '--report-full', 'pay.php'] }],
      report: `report.${format}`,
      findings: (text) => number(text, /FOUND (\d+) ERRORS?/) + number(text, /(\d+) WARNINGS?/),
    }),
  ),
  {
    project: 'mypy',
    writes: 'text',
    best: {
      tool: 'mypy',
      command: 'mypy . > mypy.txt',
      why: 'Needs the option `patterns: mypy`; has line, severity and rule.',
    },
    runs: [
      { argv: ['mypy', '--cache-dir=/dev/null', 'pay.py'], into: 'report.txt' },
      { argv: ['mypy', '--cache-dir=/dev/null', 'pay.py'] },
    ],
    report: 'report.txt',
    options: ['--patterns', 'mypy'],
    findings: (text) => number(text, /Found (\d+) errors?/),
  },
];

/** Runs that fail, and whose report names no test that failed. */
export interface BadEndTool extends Tool {
  /** What the console says of it. */
  readonly console: RegExp;
  /** What the comment says of it. */
  readonly told: string;
}

export const badEndTools: readonly BadEndTool[] = [
  ...(['junit', 'json'] as const).map(
    (format): BadEndTool => ({
      project: 'vitest-crash',
      writes: format,
      runs: [
        {
          argv: [
            'vitest',
            'run',
            '--reporter=default',
            `--reporter=${format}`,
            `--outputFile.${format}=report.${format}`,
          ],
        },
      ],
      report: `report.${format}`,
      console: /Errors\s+1 error/,
      told:
        format === 'junit'
          ? 'the run of test/till.test.ts did not end'
          : '2 tests have no result: the run of their files did not end',
    }),
  ),
  {
    project: 'node-test-own',
    writes: 'junit',
    runs: [
      {
        argv: [
          'node',
          '--test',
          '--test-reporter=junit',
          '--test-reporter-destination=report.xml',
          '--test-reporter=spec',
          '--test-reporter-destination=stdout',
        ],
      },
    ],
    report: 'report.xml',
    console: /^ℹ fail 1$/m,
    told: 'counts 1 failure that it does not list',
  },
  {
    project: 'pytest-interrupted',
    writes: 'junit',
    runs: [{ argv: ['/usr/bin/python3', '-m', 'pytest', '-p', 'no:cacheprovider', '--junitxml=report.xml'] }],
    report: 'report.xml',
    console: /Exit: no power/,
    told: 'a test has no name and no result: the run was interrupted',
  },
];
