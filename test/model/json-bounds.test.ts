import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithinBounds } from '../../src/model/json-bounds.ts';

const bounds = { maxDepth: 3, maxContainers: 5, maxValues: 6 };

describe('the bounds of a JSON text', () => {
  test.each([
    { name: 'as deep as allowed', json: '[[[1]]]', within: true },
    { name: 'one deeper', json: '[[[[1]]]]', within: false },
    { name: 'as many parts as allowed', json: '[{},{},[],[]]', within: true },
    { name: 'one part more', json: '[{},{},[],[],{}]', within: false },
    {
      name: 'brackets in texts are no parts',
      json: '["[[[[[[[[", "\\"[[[[[[[", {"{{{{{": 1}]',
      within: true,
    },
    { name: 'a text that ends in an escaped backslash', json: '["\\\\", [[[[]]]]]', within: false },
    { name: 'a text that never ends', json: '["[[[[[[[[', within: true },
    { name: 'nothing', json: '', within: true },
    { name: 'as many values as allowed', json: '[1,2,3,4,5,6]', within: true },
    { name: 'one value more', json: '[1,2,3,4,5,6,7]', within: false },
    { name: 'commas in texts separate nothing', json: '[",,,,,,,,"]', within: true },
  ])('$name', ({ json, within }) => {
    expect(isWithinBounds(json, bounds)).toBe(within);
  });

  test('count what JSON has', () => {
    const containers = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? 1 + Object.values(value).reduce((sum: number, one) => sum + containers(one), 0)
        : 0;
    fc.assert(
      fc.property(fc.json(), (json) => {
        const count = containers(JSON.parse(json));
        expect(
          isWithinBounds(json, { maxDepth: 1_000, maxContainers: count, maxValues: json.length + 1 }),
        ).toBe(true);
        if (count > 0)
          expect(
            isWithinBounds(json, { maxDepth: 1_000, maxContainers: count - 1, maxValues: json.length + 1 }),
          ).toBe(false);
      }),
    );
  });
});
