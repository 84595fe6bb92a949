import { expect, test } from 'vitest';
import { parseHeraldReport } from '../../src/baseline/herald-report.ts';
import { parsePayload } from '../../src/webhooks/parse-payload.ts';

const size = 16 * 1024 * 1024;

test.each([
  ['opening brackets', '['.repeat(size)],
  ['opening braces', '{"a":'.repeat(size / 5)],
  ['lists', `[${'[],'.repeat(size / 3)}0]`],
  ['values', `[${'0,'.repeat(size / 2 + 4_000_000)}0]`],
])('16 MB of %s are refused before they are parsed', (_name, json) => {
  const startedAt = performance.now();
  expect(parseHeraldReport(json)).toEqual({ unusable: 'it is nested too deep, or has too many parts' });
  expect(parsePayload(json)).toMatchObject({ outcome: 'unreadable' });
  // Parsing took 24 s.
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});
