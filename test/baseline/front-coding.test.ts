import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frontCode, readFrontCoded } from '../../src/baseline/front-coding.ts';

describe('front coding', () => {
  test('says only what differs', () => {
    expect(frontCode(['src/cart.ts', 'src/cart.vue', 'web/x.ts'])).toBe('00src/cart.ts\n09vue\n00web/x.ts');
  });

  test('gives back what it was given, line ends as spaces', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => {
        expect(readFrontCoded(frontCode(lines))).toEqual(
          lines.length === 1 && lines[0] === '' ? [''] : lines.map((line) => line.replace(/[\r\n]/g, ' ')),
        );
      }),
    );
  });

  test.each([
    { name: 'a line that shares more than the one before has', text: '00ab\n05c' },
    { name: 'a line without its digits', text: '00ab\n' },
    { name: 'digits that are none', text: '-1ab' },
  ])('$name is refused', ({ text }) => {
    expect(readFrontCoded(text)).toBeNull();
  });

  test('a small text that names gigabytes is refused', () => {
    const line = 'x'.repeat(1_290);
    expect(readFrontCoded(`00${line}${'\nzu'.repeat(200_000)}`)).toBeNull();
  });

  test('any text is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([null, 'object']).toContain(readFrontCoded(text) === null ? null : 'object');
      }),
    );
  });
});
