import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flag, setupLine } from '../../src/doctor/setup-line.ts';

const bot = { id: 9, path: 'shop/herald-bot' };

function lineWith(flags: readonly string[]): string {
  return setupLine({ part: 'webhook', bot, watched: { id: 100, path: 'shop/till' }, flags });
}

/** The words as a POSIX shell reads them. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|\\'|[^\s'\\])+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|\\(')/g,
      (_all, quoted: string | undefined, escaped: string | undefined) => quoted ?? escaped ?? '',
    ),
  );
}

describe('the command that doctor names', () => {
  test.each([
    ['a plain name as it is', 'bot/live', '--ref bot/live'],
    ['a space', '7 * * * *', "--ref '7 * * * *'"],
    ['a command', "x';reboot #", String.raw`--ref 'x'\'';reboot #'`],
    ['a substitution', '$(reboot)`id`', "--ref '$(reboot)`id`'"],
    ['a flag', '--remove', '--ref=--remove'],
  ])('keeps %s a value', (_name, value, text) => {
    expect(lineWith(flag('--ref', value))).toBe(
      `herald setup --bot-project shop/herald-bot --watch shop/till --parts webhook ${text}`,
    );
  });

  test('means for a shell what was chosen, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((value) => !value.startsWith('-')),
        (value) => {
          expect(wordsOf(lineWith(flag('--ref', value))).at(-1)).toBe(value);
        },
      ),
    );
  });

  test('names a project that is its own bot once', () => {
    expect(setupLine({ part: 'token', bot, watched: bot, flags: [] })).toBe(
      'herald setup --watch shop/herald-bot --parts token',
    );
  });
});
