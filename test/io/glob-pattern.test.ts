import fc from 'fast-check';
import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { createGlobPattern } from '../../src/io/glob-pattern.ts';

const part = fc.stringMatching(/^(?:a|b|\.|ab|\*|\?|\[ab\]|\{a,b\}|\{a,b\/a\}|\\\*|\*\*){1,4}$/);
const glob = fc
  .array(part, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'))
  .filter((text) => !text.startsWith('.'));
const path = fc.stringMatching(/^(?:a|b|ab|a\.b|b\*)(?:\/(?:a|b|ab|a\.b|b\*)){0,3}$/);

test('a pattern matches what picomatch matches, and everything below it', () => {
  const options = { noextglob: true, nonegate: true };
  fc.assert(
    fc.property(glob, path, (text, name) => {
      const expected = [text, `${text}/**`].some((one) => picomatch.makeRe(one, options).test(name));
      expect(createGlobPattern(text).matches(name)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['**/TEST-*.xml', 'target/surefire-reports/TEST-till.xml', true],
  ['**/TEST-*.xml', 'target/surefire-reports/test-till.xml', false],
  ['**/{junit,report}.xml', 'api/report.xml', true],
  ['**/{junit,report}.xml', 'api/reports.xml', false],
  ['build', 'build/a/junit.xml', true],
])('%s and %s: %s', (text, name, matches) => {
  expect(createGlobPattern(text).matches(name)).toBe(matches);
});
