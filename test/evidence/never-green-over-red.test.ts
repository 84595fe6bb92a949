import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/reports/registry.ts';
import { endsAnywhere } from './ends-anywhere.ts';
import { signsOfRed } from './signs-of-red.ts';
import { verdictOfFiles } from './verdict-of-files.ts';

const fixtures = fileURLToPath(new URL('../fixtures/reports', import.meta.url));

function fixturesOf(format: string): readonly { readonly name: string; readonly text: string }[] {
  const folder = join(fixtures, format);
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.expected.json'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
    .filter(({ text }) => !text.includes('\u0000') && !text.includes('\ufffd'));
}

const ofTests = formats.filter(({ kind }) => kind === 'tests').map(({ format }) => format);
const kindOf = new Map(formats.map(({ format, kind }) => [format, kind]));
const withFixtures = formats
  .map(({ format }) => format)
  .filter((format) => readdirSync(fixtures).includes(format));

/** Failures that the format itself calls a rerun's or expected: red in the text, and rightly not in the verdict. */
const rightlyGreen: Readonly<Record<string, string>> = {
  'junit/output-is-not-read.xml': 'a test printed the words of a report',
  'libtest/attempts-of-nextest.json': 'nextest numbers the attempts of one test, and the last one passed',
};

/** Replaces one match of an expression, the nth, counted around. */
function replaceNth(
  text: string,
  pattern: RegExp,
  { nth, by }: { nth: number; by: (match: string) => string },
): string {
  const all = [...text.matchAll(new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`))];
  const match = all[nth % Math.max(1, all.length)];
  if (match === undefined) return text;
  return text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length);
}

interface Mutation {
  readonly kind: 'flip' | 'namesake';
  readonly which: number;
  readonly nth: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('flip' as const, 'flip' as const, 'namesake' as const),
  which: fc.nat(20),
  nth: fc.nat(20),
});

function mutated(text: string, format: string, { kind, which, nth }: Mutation): string {
  const signs = signsOfRed[format];
  if (signs === undefined) return text;
  const [success, failure] = signs.flips[which % signs.flips.length] ?? [/$^/, ''];
  if (kind === 'flip' || signs.entry === null) return replaceNth(text, success, { nth, by: () => failure });
  const comma = text.trimStart().startsWith('{') || text.trimStart().startsWith('[') ? ',' : '';
  const counted = text.replace(signs.total ?? /$^/, (digits) => String(Number(digits) + 1));
  return replaceNth(counted, signs.entry, {
    nth,
    by: (entry) => `${signs.flips.reduce((red, [from, to]) => red.replace(from, to), entry)}${comma}${entry}`,
  });
}

describe('no report is green over red', () => {
  test('every format of tests has signs of red', () => {
    expect(Object.keys(signsOfRed).sort()).toEqual([...ofTests].sort());
  });

  test.each(ofTests)(
    '%s: a text that says of a failure anywhere is not green, and its gate fails',
    async (format) => {
      const samples = fixturesOf(format).filter(
        ({ name }) => rightlyGreen[`${format}/${name}`] === undefined,
      );
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...samples),
          fc.array(mutation, { minLength: 0, maxLength: 3 }),
          async ({ name, text }, mutations) => {
            const changed = mutations.reduce((now, one) => mutated(now, format, one), text);
            fc.pre(signsOfRed[format]?.red.test(changed) === true);
            const { verdict, fails } = await verdictOfFiles({ [name]: changed });
            expect(verdict, name).not.toBe('passed');
            expect(fails.failures, `failures of ${name}`).toBe(true);
          },
        ),
        { numRuns: 75 },
      );
    },
  );

  test.each(ofTests)('%s: a green file beside a red one hides nothing', async (format) => {
    const samples = fixturesOf(format).filter(({ name }) => rightlyGreen[`${format}/${name}`] === undefined);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(mutation, { minLength: 1, maxLength: 2 }),
        fc.constantFrom('a.', 'z.', 'retry/', 'rerun-'),
        async ({ name, text }, mutations, prefix) => {
          const changed = mutations.reduce((now, one) => mutated(now, format, one), text);
          fc.pre(signsOfRed[format]?.red.test(changed) === true);
          const { verdict } = await verdictOfFiles({ [name]: changed, [`${prefix}${name}`]: text });
          expect(verdict, name).not.toBe('passed');
        },
      ),
      { numRuns: 30 },
    );
  });

  /**
   * A stream of TAP is whole once its plan and all planned points are there: what follows are comments, or another
   * stream. https://testanything.org/tap-version-14-specification.html
   */
  const isWholeTap = (text: string): boolean => {
    const plan = /^1\.\.(\d+)/m.exec(text)?.[1];
    return plan !== undefined && (text.match(/^(?:not )?ok\b/gm)?.length ?? 0) >= Number(plan);
  };

  /** Texts that are whole although they are cut, by format. */
  const isWhole: Readonly<Record<string, (text: string) => boolean>> = {
    tap: isWholeTap,
    // What follows the root is no part of it.
    junit: (text) => text.includes('</testsuites>') || /<\/testsuite>[^<]*$/.test(text),
  };

  const cuttable = withFixtures.filter(
    (format) => !endsAnywhere.has(format) && signsOfRed[format]?.endsVisibly !== false,
  );

  test.each(cuttable)(
    '%s: a report that is cut off is not green, and missing-report fails',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...fixturesOf(format)),
          fc.double({ min: 0.3, max: 0.99, noNaN: true }),
          async ({ name, text }, share) => {
            const end = text.trimEnd().length;
            // Cut within what says something: white space and the very last signs may be missing.
            const cut = text.slice(0, Math.floor(end * share));
            fc.pre(isWhole[format]?.(cut) !== true);
            const { verdict, fails, summary } = await verdictOfFiles({ [name]: cut });
            expect(verdict, `${name} at ${cut.length}`).not.toBe('passed');
            if (verdict === 'failed') return;
            expect([name, cut.length, summary.unexplained.length > 0]).toEqual([name, cut.length, true]);
            expect(verdict, `${name} at ${cut.length}`).toBe('warning');
            expect(fails['missing-report'], `${name} at ${cut.length}`).toBe(true);
          },
        ),
        { numRuns: kindOf.get(format) === 'tests' ? 50 : 20 },
      );
    },
  );

  test.each([
    ['go-cover', 'c.out', 'mode: set\nex.com/m/a.go:3.13,5.2 2 1\nex.com/m/b'],
    ['openmetrics', 'metrics.txt', '# TYPE size gauge\nsize{part="a"} 12\nsize{part="b'],
  ])('%s: half a last line is a sign that the list is cut off', async (_format, name, text) => {
    const { verdict, summary } = await verdictOfFiles({ [name]: text });
    expect(verdict).toBe('warning');
    expect(summary.unexplained.map(({ kind }) => kind)).toEqual(['incomplete']);
  });
});
