import * as fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { givenByYargs } from '../../src/cli/given-by-yargs.ts';
import { botOptions } from '../../src/config/bot-options.ts';
import { optionRows } from '../../src/config/option-row.ts';
import { reportOptions } from '../../src/config/report-options.ts';

const rows = optionRows(reportOptions).filter(({ positional, type }) => !positional && type !== 'table');
const flag = fc.tuple(
  fc.constantFrom(...rows),
  fc.oneof(
    fc.string(),
    fc.constantFrom(
      '',
      'true',
      'false',
      '7',
      'a=b',
      '--strict',
      '"quoted"',
      "'it'",
      'a, b',
      '-1',
      ' x ',
      '$HOME',
      '"',
    ),
  ),
);

test('flags that are read without yargs have the values that yargs gives them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(flag, { minLength: 1, maxLength: 3 }), async (given) => {
      const args = given.map(([{ name, type }, value]) =>
        type === 'boolean' && value.length % 3 > 0
          ? `--${value.length % 3 === 1 ? '' : 'no-'}${name}`
          : `--${name}=${value}`,
      );
      const seen = async (extra: readonly string[]): Promise<unknown> => {
        try {
          return (
            await parseArguments([...extra, ...args], {
              name: 'report',
              options: reportOptions,
              positional: 'reports',
            })
          ).flags;
        } catch (error) {
          return String(error);
        }
      };
      // A short flag is one that only yargs reads.
      expect(await seen([])).toEqual(await seen(['-h']));
    }),
    { numRuns: 200 },
  );
});

test('the command line of the bot component is read without yargs', async () => {
  const yargs = vi.fn<typeof givenByYargs>();
  vi.doMock('../../src/cli/given-by-yargs.ts', () => ({ givenByYargs: yargs }));
  onTestFinished(() => {
    vi.doUnmock('../../src/cli/given-by-yargs.ts');
  });
  // The script of the component with the defaults of its inputs.
  const args = [
    '--server=https://gitlab.example.com',
    '--config=.herald.yml',
    '--log-level=info',
    '--rotate-before=',
    '--projects=',
    '--deny=',
    '--max-wait=120',
    '--dry-run=false',
  ];
  const { flags } = await parseArguments(args, { name: 'bot', options: botOptions, positional: null });
  expect(yargs).not.toHaveBeenCalled();
  expect(flags).toMatchObject({ projects: [], maxWait: 120, dryRun: false, rotateBefore: '' });
});

test('yargs is what reads the others', async () => {
  const { flags, words } = await givenByYargs(
    ['--strict', '--fail-on', 'new-failures', 'x.xml'],
    reportOptions,
  );
  expect([flags.get('strict'), flags.get('fail-on'), words]).toEqual([true, ['new-failures'], ['x.xml']]);
});
