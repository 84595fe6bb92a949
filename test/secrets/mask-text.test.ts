import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretForms } from '../../src/io/masker.ts';
import { createTextMask, secretShapes } from '../../src/secrets/mask-text.ts';
import { growthOf, inProportion } from '../cost.ts';
import { mask } from '../mask.ts';
import { examples, lookAlikes, word } from './shape-examples.ts';

const cases = Object.entries(examples).flatMap(([shape, texts]) =>
  texts.map(([text, secret]) => ({ shape, text, secret })),
);

describe('what looks like a secret is gone', () => {
  test('every shape has an example', () => {
    expect(Object.keys(examples).sort()).toEqual(secretShapes.map(({ name }) => name).sort());
  });

  test.each(cases)('$shape: $text', ({ shape, text, secret }) => {
    expect(mask(text)).toContain('[MASKED]');
    expect(mask(text)).not.toContain(secret);
    // By itself, and not only as another shape knows it too.
    const own = secretShapes.find(({ name }) => name === shape);
    expect(own?.hide(text)).not.toContain(secret);
    expect(own?.hints.some((hint) => text.toLowerCase().includes(hint))).toBe(true);
  });

  const sample = fc.constantFrom(...cases);
  const around = fc.constantFrom('', ' ', '\n', '"', "'", '(', '[', '`', 'ü ', 'x: ');

  test('wherever it stands, split by colours or not, and masked once is masked for good', () => {
    const escape = fc.constantFrom('', '\u001b[31m', '\u001b]8;;x\u0007', '\u0008', '\u0000');
    fc.assert(
      fc.property(sample, around, around, escape, fc.nat(), ({ text, secret }, before, end, code, at) => {
        const place = text.indexOf(secret) + (at % secret.length);
        const split = before + text.slice(0, place) + code + text.slice(place) + end;
        const result = mask(split);
        expect(result).not.toContain(secret);
        expect(mask(result)).toBe(result);
      }),
      { numRuns: 3_000 },
    );
  });

  test('in pumps of any shape in time that grows with the text', () => {
    const hints = secretShapes.flatMap((shape) => shape.hints);
    const units = [
      ...hints,
      ...cases.map(({ text }) => text),
      'curl \\\n',
      '<a:',
      '://',
      'eyJ-',
      '-----BEGIN %-----',
    ];
    const slow = units.filter((unit) => {
      const text = unit.replace('%', 'PRIVATE KEY');
      return growthOf((size) => mask(text.repeat(Math.ceil(size / unit.length))), 25_000) > inProportion;
    });
    expect(slow).toEqual([]);
  });
});

describe('what is no secret stays', () => {
  test.each(lookAlikes)('%s', (text) => {
    expect(mask(text)).toBe(text);
    expect(mask(`x ${text}\n`)).toBe(`x ${text}\n`);
  });

  test('control characters stay where nothing was masked', () => {
    expect(mask('\u001b[31mred\u001b[0m')).toBe('\u001b[31mred\u001b[0m');
  });
});

describe('a secret that is known is gone', () => {
  const secret = 'own+secret/value==1234';
  const own = createTextMask(secretForms([secret]));

  test('in every form, split by colours too', () => {
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    for (const form of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(`"${secret}`),
      base64(`a${secret}`),
      base64(`ab${secret}`),
      base64(`abc${secret}`),
      `own+\u001b[1msecret/\u001b[0mvalue==1234`,
    ]) {
      const result = own(`x ${form} y`);
      expect(result).toContain('[MASKED]');
      expect(result).not.toMatch(/secret|value|1234|%2B/);
      expect(Buffer.from(result, 'base64').toString('latin1')).not.toMatch(/secret|value/);
    }
  });

  test('also the part of it that the end of a long text left', () => {
    const long = 'x'.repeat(500);
    expect(own(`${long} ${secret.slice(0, 12)}`)).toBe(`${long} [MASKED]`);
    expect(own(`${long} ${secret.slice(0, 12)}…`)).toBe(`${long} [MASKED]…`);
    expect(own(`${long} own`)).toBe(`${long} own`);
  });

  test('wherever it stands among anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        expect(own(before + secret + after)).not.toContain(secret);
      }),
      { numRuns: 500 },
    );
  });

  test('beside what looks like one', () => {
    const token = ['glpat', word(20)].join('-');
    expect(own(`${secret} ${token}`)).toBe('[MASKED] [MASKED]');
  });
});
