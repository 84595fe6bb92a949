import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { givenByYargs } from '../../src/cli/given-by-yargs.ts';
import { optionRows } from '../../src/config/option-row.ts';
import { reportOptions } from '../../src/config/options.ts';

const rows = optionRows(reportOptions).filter(
  ({ positional, type }) => !positional && (type === 'string' || type === 'array'),
);
const flag = fc.tuple(
  fc.constantFrom(...rows),
  fc.oneof(
    fc.string(),
    fc.constantFrom('', 'a=b', '--strict', '"quoted"', "'it'", 'a, b', '-1', ' x ', '$HOME', '"'),
  ),
);

test('flags that are read without yargs have the values that yargs gives them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(flag, { minLength: 1, maxLength: 3 }), async (given) => {
      const args = given.map(([{ name }, value]) => `--${name}=${value}`);
      const seen = async (extra: readonly string[]): Promise<unknown> => {
        try {
          return (
            await parseArguments([...extra, ...args], { options: reportOptions, positional: 'reports' })
          ).flags;
        } catch (error) {
          return String(error);
        }
      };
      // A flag without a value is one that only yargs reads.
      const byYargs = await seen(['--strict']);
      const byHand = await seen([]);
      const plain = typeof byYargs === 'string' ? byYargs : { ...(byYargs as object), strict: undefined };
      expect(byHand).toEqual(plain);
    }),
    { numRuns: 200 },
  );
});

test('yargs is what reads the others', async () => {
  const { flags, words } = await givenByYargs(
    ['--strict', '--fail-on', 'new-failures', 'x.xml'],
    reportOptions,
  );
  expect([flags.get('strict'), flags.get('fail-on'), words]).toEqual([true, ['new-failures'], ['x.xml']]);
});
