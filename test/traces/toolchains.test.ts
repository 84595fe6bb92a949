import { describe, expect, test } from 'vitest';
import { causeOfText } from './cause-of-text.ts';
import { afterNoise, logOf, timestamped, toolchainLogs } from './toolchain-logs.ts';

const logs = toolchainLogs();

describe('the line that a human points to is the headline', () => {
  test.each(logs)('$toolchain: $name', (log) => {
    const { headline, kind, origin } = log;
    expect(causeOfText(logOf(log))).toMatchObject({ headline, kind, origin });
  });

  test.each(logs)('with timestamps: $toolchain: $name', (log) => {
    expect(causeOfText(timestamped(logOf(log)))?.headline).toBe(log.headline);
  });

  test.each(logs)('after a command that only looked as if it failed: $toolchain: $name', (log) => {
    expect(causeOfText(afterNoise(logOf(log)))?.headline).toBe(log.headline);
  });
});

describe('a toolchain', () => {
  test.each([...new Set(logs.map(({ toolchain }) => toolchain))])('%s has two logs at least', (toolchain) => {
    expect(logs.filter((log) => log.toolchain === toolchain).length).toBeGreaterThanOrEqual(2);
  });
});

test('each log has a line to point to, and its job failed', () => {
  expect(logs.filter(({ headline, kind }) => headline === '' || kind === 'unknown')).toEqual([]);
});
