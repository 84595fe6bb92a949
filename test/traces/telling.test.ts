import { describe, expect, test } from 'vitest';
import { isHollow, isTelling } from '../../src/traces/telling.ts';
import { growthOf, inProportion } from '../cost.ts';

describe('a line says only that something failed', () => {
  test.each([
    'make: *** [Makefile:5: check] Error 3',
    'gmake[2]: *** [CMakeFiles/till.dir/all] Error 1',
    'ninja: build stopped: subcommand failed.',
    'npm error Lifecycle script `check` failed with error:',
    'npm ERR! code ELIFECYCLE',
    'npm error code 1',
    'error Command failed with exit code 1.',
    "subprocess.CalledProcessError: Command '['tillc']' returned non-zero exit status 3.",
    'Error: Command failed: tillc --all',
    'ERROR: process "/bin/sh -c ./till" did not complete successfully: exit code: 7',
    "The command '/bin/sh -c ./configure' returned a non-zero code: 1",
    'error: could not compile `shop` (lib) due to 1 previous error',
    'error: aborting due to 2 previous errors',
    'Build FAILED.',
    '** ARCHIVE FAILED **',
    'BUILD FAILED in 4s',
    'Exit status: 65',
    'Error: Process completed with exit code 2.',
    "Execution failed for task ':test'. > There were failing tests. See the report at: file:///a",
    'collect2: error: ld returned 1 exit status',
    'E: Sub-process /usr/bin/dpkg returned an error code (1)',
  ])('%s', (line) => {
    expect(isHollow(line)).toBe(true);
  });
});

describe('a line says what failed', () => {
  test.each([
    "make: *** No rule to make target 'build'.  Stop.",
    'npm error code ERESOLVE',
    'FAILED tests/test_till.py::test_closes - assert 3 == 4',
    'error: linker `cc` not found',
    "Execution failed for task ':publish'. > The shop is closed on Sundays",
    'Error: the shop is closed',
    'deploy failed: the shop is closed',
  ])('%s', (line) => {
    expect(isHollow(line)).toBe(false);
  });
});

describe('a line of statistics, of a stack or of progress is no last word', () => {
  test.each([
    'Time: 00:00.004, Memory: 8.00 MB',
    'Time: 39ms; Memory: 6MB',
    'Time:        0.912 s',
    'Duration  812ms',
    'Total Test time (real) =   0.02 sec',
    'Ran all test suites.',
    '    at Object.toBe (src/till.test.js:2:34)',
    "make[1]: Leaving directory '/builds/shop'",
    'Node.js v20.20.2',
    'Solving environment ...',
    '------',
  ])('%s', (line) => {
    expect(isTelling(line)).toBe(false);
  });

  test.each(['the shop is closed on Sundays', 'Time is up: the shop is closed', 'username is empty'])(
    'but %s is',
    (line) => {
      expect(isTelling(line)).toBe(true);
    },
  );

  test.each(['error ', 'failed with ', '> ', '  ', 'a: ', 'exit code 1 ', 'Done 1 '])(
    'however long it is, it is judged in proportion to its length: "%s"',
    (unit) => {
      const growth = growthOf((size) => [isHollow(unit.repeat(size)), isTelling(unit.repeat(size))], 500);
      expect(growth).toBeLessThan(inProportion);
    },
  );
});
