import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtInFormats } from '../../src/reports/listed-formats.ts';
import { formats } from '../../src/reports/registry.ts';

const folder = new URL('../../src/reports/formats/', import.meta.url).pathname;

/** Not formats themselves: what several share, and what makes formats of what a project configures. */
const madeFromConfiguration = ['pattern', 'shared'];

describe('the registry', () => {
  test('holds one format for each file in formats/, named like it', () => {
    const files = readdirSync(folder)
      .map((name) => name.replace(/\.ts$/, ''))
      .filter((name) => !madeFromConfiguration.includes(name));
    expect(formats.map(({ format }) => format).toSorted()).toEqual(files.toSorted());
  });

  test('is what a run lists, whose formats in JSON are loaded later', () => {
    const named = ({
      format,
      wellKnownNames,
    }: Pick<(typeof formats)[number], 'format' | 'wellKnownNames'>) => ({
      format,
      wellKnownNames,
    });
    expect(builtInFormats.map(named)).toEqual(formats.map(named));
  });

  test.each(formats.map((format) => ({ name: format.format, format })))(
    '$name tells users what writes it',
    ({ format }) => {
      expect(format.title).not.toBe('');
      expect(format.specification).toMatch(/^https:\/\//);
      expect(format.producers).not.toEqual([]);
    },
  );

  test.each(
    formats.filter(({ kind }) => kind === 'coverage').map((format) => ({ name: format.format, format })),
  )('$name says what its figures count', ({ format }) => {
    expect(format).toMatchObject({ unit: expect.stringMatching(/lines|statements/) as string });
  });

  test('names the long lists of each JSON format of tests or findings', () => {
    const silent = formats.filter(
      (format) =>
        format.syntax === 'json' &&
        (format.kind === 'tests' || format.kind === 'findings') &&
        (format.lists ?? []).length === 0,
    );
    expect(silent.map(({ format }) => format)).toEqual([]);
  });
});
