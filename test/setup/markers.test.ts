import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accountTokenName,
  hookDescription,
  readAccountTokenName,
  readHookDescription,
  readSecretDescription,
  readTriggerDescription,
  secretDescription,
  triggerDescription,
} from '../../src/setup/markers.ts';

const id = fc.integer({ min: 1, max: 999_999_999 });

test('what a description says is read again', () => {
  fc.assert(
    fc.property(id, id, fc.boolean(), fc.option(id), (one, other, takenOver, token) => {
      expect(readHookDescription(hookDescription(one, other))).toEqual({ botProject: one, trigger: other });
      expect(readTriggerDescription(triggerDescription(one, new Date(other)))).toBe(one);
      const mark = { fingerprint: other.toString(16).padStart(16, '0'), takenOver, token };
      expect(readAccountTokenName(accountTokenName(one, new Date(other)))).toBe(one);
      expect(readSecretDescription(secretDescription(mark))).toEqual(mark);
    }),
  );
});

test('what anybody else wrote is no mark, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect([readHookDescription(text), readTriggerDescription(text), readSecretDescription(text)]).toEqual([
        null,
        null,
        null,
      ]);
    }),
  );
});

test.each([null, '', 'made by herald setup', 'x Made by herald setup (bot project 9, trigger token 5)'])(
  '%j is no mark',
  (text) => {
    expect(readHookDescription(text)).toBeNull();
    expect(readSecretDescription(text)).toBeNull();
  },
);

test('descriptions fit into the 255 characters that GitLab takes for variables', () => {
  expect(
    secretDescription({ fingerprint: 'a'.repeat(16), takenOver: true, token: 10 ** 15 - 1 }).length,
  ).toBeLessThan(255);
});
