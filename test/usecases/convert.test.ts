import { describe, expect, test } from 'vitest';
import { lcovReport } from '../../src/demo/samples/coverage.ts';
import type { Log } from '../../src/io/port.ts';
import { convert } from '../../src/usecases/convert.ts';
import { formatsWith } from '../../src/usecases/pattern-formats.ts';
import { mask } from '../mask.ts';

function file(path: string, text: string) {
  async function* chunks() {
    await Promise.resolve();
    yield new Uint8Array(Buffer.from(text));
  }
  return { path, open: () => Promise.resolve({ sizeBytes: text.length, chunks: chunks() }) };
}

function aLog(): { readonly log: Log; readonly warnings: string[] } {
  const warnings: string[] = [];
  const silent = () => undefined;
  const warn = (message: string) => {
    warnings.push(message);
  };
  return {
    warnings,
    log: { debug: silent, info: silent, warn, error: silent, section: (_title, work) => work() },
  };
}

const shell = 'shell=^(?<path>[^:]+):(?<line>\\d+): (?<severity>\\w+): (?<message>.*)$';

describe('herald convert', () => {
  test('several files of a kind become one, those of another kind are passed over with a warning', async () => {
    const { log, warnings } = aLog();
    const tests = '<testsuite><testcase name="a"/></testsuite>';
    const { text } = await convert(
      [file('a.info', lcovReport(1)), file('b.info', lcovReport(2)), file('junit.xml', tests)],
      { to: 'cobertura', patterns: [], directory: '/builds/shop', mask },
      log,
    );
    expect(text).toContain('filename="web/src/basket/format-price.ts"');
    expect(warnings).toEqual(['junit.xml holds tests, but Cobertura XML is made from coverage: skipped']);
  });

  test('nothing to convert is an error that says what is needed', async () => {
    const { log } = aLog();
    await expect(
      convert([file('x.txt', 'hello')], { to: 'junit', patterns: [], directory: '/', mask }, log),
    ).rejects.toThrow('no file holds tests, which JUnit XML is made from');
  });

  test('lines of a tool nobody knows become code quality by a pattern', async () => {
    const { log } = aLog();
    const { text } = await convert(
      [file('lint.txt', 'run.sh:3: warning: quote this\nrun.sh:9: error: no such file\n')],
      { to: 'codequality', patterns: [shell], directory: '/builds/shop', mask },
      log,
    );
    expect(JSON.parse(text)).toMatchObject([
      { description: 'quote this', severity: 'major', location: { path: 'run.sh', lines: { begin: 3 } } },
      {
        description: 'no such file',
        severity: 'critical',
        location: { path: 'run.sh', lines: { begin: 9 } },
      },
    ]);
  });
});

describe('evidence of failure', () => {
  test('is told, as the widget has no place for it, and counted for --strict', async () => {
    const { log, warnings } = aLog();
    const ruff = JSON.stringify([
      { code: 'E902', message: 'No such file', filename: 'a.py', location: { row: 1, column: 1 } },
      null,
    ]);
    const { lostSigns } = await convert(
      [file('ruff.json', ruff)],
      { to: 'codequality', patterns: [], mask, directory: '/builds/shop' },
      log,
    );
    expect(lostSigns).toBe(2);
    expect(warnings).toContain(
      'GitLab code quality JSON cannot hold 2 signs of failure that the reports give beside what they list',
    );
  });

  test('of declared failures that no test has', async () => {
    const { log } = aLog();
    const junit =
      '<testsuites><testsuite name="s" tests="3" failures="2"><testcase name="a"/></testsuite></testsuites>';
    const { lostSigns } = await convert(
      [file('junit.xml', junit)],
      { to: 'junit', patterns: [], mask, directory: '/builds/shop' },
      log,
    );
    expect(lostSigns).toBeGreaterThan(0);
  });

  test('that is not there is not told', async () => {
    const { log, warnings } = aLog();
    const { lostSigns } = await convert(
      [file('junit.xml', '<testsuite><testcase name="a"><failure message="no"/></testcase></testsuite>')],
      { to: 'junit', patterns: [], mask, directory: '/builds/shop' },
      log,
    );
    expect({ lostSigns, warnings }).toEqual({ lostSigns: 0, warnings: [] });
  });
});

describe('patterns of the configuration', () => {
  test.each([
    { name: 'without a name', entry: '^(?<message>.*)$', message: 'has no name' },
    { name: 'without a message', entry: 'x=^(?<path>.*)$', message: 'has no group (?<message>' },
    { name: 'that is no expression', entry: 'x=^(?<message>[$', message: 'pattern "x"' },
  ])('one $name is refused', ({ entry, message }) => {
    expect(() => formatsWith([entry])).toThrow(message);
  });
});
