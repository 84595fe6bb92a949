import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../../../src/model/summary.ts';
import type { TestCase } from '../../../../src/model/tests.ts';
import { rerunCommands } from '../../../../src/render/comment/run-again/commands.ts';
import { aFailedTest, aReadFile, aSummary, aTestsReport } from '../../../builders.ts';
import { hostileText } from '../../hostile-text.ts';

function failing(format: string, tests: readonly Partial<TestCase>[], report = 'report.xml'): Summary {
  const cases = tests.map((test_, index) => aFailedTest({ id: `a${index}`, report, suite: '', ...test_ }));
  return aSummary({ tests: aTestsReport({ cases }), files: [aReadFile({ path: report, format })] });
}

const python = { suite: 'pytest', className: 'tests.test_stock.TestStock', file: null, line: null };
const price = { className: 'src/price.test.ts', file: null, line: null };
const java = { className: 'com.example.TillTest', file: null, line: null };

describe('failing tests are run again', () => {
  test.each([
    {
      tool: 'pytest',
      summary: failing('junit', [
        { ...python, name: 'test_reserves[2-None]' },
        { ...python, className: 'tests.test_stock', name: 'test_all' },
      ]),
      line: "pytest 'tests/test_stock.py::TestStock::test_reserves[2-None]' tests/test_stock.py::test_all",
    },
    {
      tool: 'Vitest',
      summary: failing('junit', [
        { ...price, name: 'price > follows the locale' },
        { ...price, name: 'price > costs 1.5 (net)' },
      ]),
      line: "npx vitest run src/price.test.ts -t 'follows the locale|costs 1\\.5 \\(net\\)'",
    },
    {
      tool: 'Jest',
      summary: failing('jest', [{ file: 'test/price.test.js', name: 'rounds' }]),
      line: 'npx jest test/price.test.js -t rounds',
    },
    {
      tool: 'Playwright',
      summary: failing('playwright', [{ file: 'shop.spec.ts', line: 7, name: 'pays' }]),
      line: 'npx playwright test shop.spec.ts:7',
    },
    {
      tool: 'Go, whose subtests are run with their parent',
      summary: failing('go-test', [
        { className: 'shop/queue', name: 'TestDrain/while_busy' },
        { className: 'shop/queue', name: 'TestDrain' },
        { className: 'shop/queue', name: 'TestPush' },
      ]),
      line: "go test shop/queue -run '^(TestDrain|TestPush)$'",
    },
    {
      tool: 'Maven, without the parameters',
      summary: failing(
        'junit',
        [
          { ...java, name: 'closes(int)[1]' },
          { ...java, name: 'opens' },
        ],
        'target/surefire-reports/TEST-TillTest.xml',
      ),
      line: "mvn test '-Dtest=com.example.TillTest#closes,com.example.TillTest#opens'",
    },
    {
      tool: 'Gradle, by class where the name is a sentence',
      summary: failing(
        'junit',
        [{ ...java, name: 'closes the till' }],
        'build/test-results/test/TEST-Till.xml',
      ),
      line: './gradlew test --tests com.example.TillTest',
    },
    {
      tool: 'PHPUnit',
      summary: failing('junit', [
        { className: 'Shop\\PriceTest', file: 'tests/PriceTest.php', name: 'testRounds with data set "a/b"' },
      ]),
      line: 'vendor/bin/phpunit --filter \'PriceTest::testRounds with data set "a\\/b"\'',
    },
    {
      tool: 'RSpec',
      summary: failing('rspec', [{ file: './spec/price_spec.rb', line: 12, name: 'rounds' }]),
      line: 'bundle exec rspec spec/price_spec.rb:12',
    },
    {
      tool: 'Cargo',
      summary: failing('libtest', [{ name: 'money::tests::rounds' }]),
      line: 'cargo test -- --exact money::tests::rounds',
    },
    {
      tool: 'CTest',
      summary: failing('ctest', [{ name: 'unit.price+1' }]),
      line: "ctest --output-on-failure -R '^(unit\\.price\\+1)$'",
    },
  ])('by $tool', ({ summary, line }) => {
    expect(rerunCommands(summary)).toEqual({ lines: [line], without: 0 });
  });

  test.each([
    ['a format that shows no tool', failing('junit', [{ name: 'a', className: 'b' }])],
    ['a path outside of the project', failing('jest', [{ file: '../a.test.js', name: 'a' }])],
    ['a path from the root', failing('jest', [{ file: '/a.test.js', name: 'a' }])],
    ['what a tool would take for an option', failing('jest', [{ file: 'a.test.js', name: '--ci' }])],
    ['a file of arguments', failing('libtest', [{ name: '@arguments' }])],
    ['a single quote', failing('jest', [{ file: 'a.test.js', name: "it's" }])],
    ['two lines', failing('jest', [{ file: 'a.test.js', name: 'a\nb' }])],
    ['a control character', failing('jest', [{ file: 'a.test.js', name: 'a\u001b[A' }])],
    ['text that runs the other way', failing('jest', [{ file: 'a.test.js', name: 'a\u202eb' }])],
    ['a character that shows nothing', failing('jest', [{ file: 'a.test.js', name: 'a\u200bb' }])],
  ])('not by %s, which is counted', (_what, summary) => {
    expect(rerunCommands(summary)).toEqual({ lines: [], without: 1 });
  });

  test('those that do not fit in a line are counted', () => {
    const tests = Array.from({ length: 200 }, (_, index) => ({
      file: 'a.test.js',
      name: `takes voucher ${index}`,
    }));
    const { lines, without } = rerunCommands(failing('jest', tests));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThanOrEqual(1_000);
    const named = lines[0]?.split('|').length ?? 0;
    expect(named + without).toBe(200);
  });

  test('a shell reads every line as the words of the command, whatever the names hold', () => {
    const formats = [
      'junit',
      'jest',
      'mocha',
      'go-test',
      'rspec',
      'ctest',
      'cypress',
      'playwright',
      'pytest-json-report',
    ];
    const lines: string[] = [];
    const heads =
      /^(?:npx (?:jest|mocha|cypress run|playwright test|vitest run) |go test |bundle exec rspec |ctest |pytest |vendor\/bin\/phpunit )/;
    fc.assert(
      fc.property(fc.constantFrom(...formats), hostileText, hostileText, (format, name, place) => {
        const tests = [
          { name, file: 'a/b.py', className: place },
          { name: place, file: name, className: name, line: 3 },
          { name, file: 'x.php', className: 'A' },
        ];
        lines.push(...rerunCommands(failing(format, tests)).lines);
      }),
      { numRuns: 600 },
    );
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) expect(line).toMatch(heads);
    // Words of each line as a POSIX shell sees them; a word that ran as a command would write or fail.
    const script = lines.map((line) => `set -- ${line}\nprintf '%s\\n' "$#" "$*"`).join('\n');
    const { stdout, stderr, status } = spawnSync('sh', ['-f', '-u', '-e'], {
      input: script,
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const seen = stdout.trimEnd().split('\n');
    const meant = lines.flatMap((line) => {
      const words = line.match(/'[^']*'|[^' ]+/g) ?? [];
      return [String(words.length), words.map((word) => word.replaceAll("'", '')).join(' ')];
    });
    expect(seen).toEqual(meant);
  });
});
