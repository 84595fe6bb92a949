import { expect, test } from 'vitest';
import { parseHeraldReport } from '../../src/baseline/herald-report.ts';
import { parsePayload } from '../../src/webhooks/parse-payload.ts';
import { costOf } from '../cost.ts';

const size = 16 * 1024 * 1024;

test.each([
  ['opening brackets', '['.repeat(size)],
  ['opening braces', '{"a":'.repeat(size / 5)],
  ['lists', `[${'[],'.repeat(size / 3)}0]`],
  ['values', `[${'0,'.repeat(size / 2 + 4_000_000)}0]`],
])('16 MB of %s are refused before they are parsed', (_name, json) => {
  expect(parseHeraldReport(json)).toEqual({ unusable: { kind: 'too-complex' } });
  expect(parsePayload(json)).toMatchObject({ outcome: 'unreadable' });
  // Parsing costs more than a hundred times as much as to look at each character once.
  const once = costOf(() => {
    let sum = 0;
    for (let at = 0; at < json.length; at += 1) sum += json.charCodeAt(at);
    expect(sum).toBeGreaterThan(0);
  });
  const refusal = costOf(() => {
    parseHeraldReport(json);
    parsePayload(json);
  });
  expect(refusal).toBeLessThan(once * 40);
});
