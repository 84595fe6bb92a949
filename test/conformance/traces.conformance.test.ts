import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { causeOfBytes, hasEscapes } from '../traces/cause-of-text.ts';

/**
 * The rule: the log of a job that failed gives a cause, that of a job that succeeded gives none. No cause holds an
 * escape sequence, and what is shown stands in the log.
 */
interface Entry {
  readonly path: string;
  readonly kind: string;
}

const corpus = process.env['HERALD_CORPUS'] ?? '';

/** Logs without a cause, with the reason. */
const withoutCause: Readonly<Record<string, string>> = {
  'job-traces/Warshavski__booky-api/sample_trace': 'the job succeeded',
  'job-traces/Warshavski__booky-api/ansi-sequence-and-unicode': 'characters only: there is no word in it',
};

function entries(): readonly Entry[] {
  if (corpus === '') return [];
  const all = JSON.parse(readFileSync(`${corpus}/INDEX.json`, 'utf8')) as readonly Entry[];
  return all.filter(({ kind }) => kind === 'job-traces');
}

const paths = entries().map(({ path }) => path);

describe.skipIf(corpus === '')('job logs of the corpus', () => {
  test('there are logs to read', () => {
    expect(paths.length).toBeGreaterThan(0);
  });

  test.each(paths)('%s', (path) => {
    const bytes = readFileSync(`${corpus}/${path}`);
    const cause = causeOfBytes(bytes);
    expect(hasEscapes(cause)).toBe(false);
    expect(causeOfBytes(bytes, 7)).toEqual(cause);
    expect(cause === null).toBe(withoutCause[path] !== undefined);
  });

  test('a log that ends with a failure instead gives the last words of the command', () => {
    const path = `${corpus}/job-traces/Warshavski__booky-api/sample_trace`;
    const log = readFileSync(path, 'utf8').replace('Job succeeded', 'ERROR: Job failed: exit code 1');
    const cause = causeOfBytes(Buffer.from(log));
    expect(cause?.command).toMatch(/^knapsack rspec/);
    expect(cause?.headline).toBe('819 examples, 0 failures, 92 pending');
  });

  test.each(Object.keys(withoutCause))('%s is still in the corpus', (path) => {
    expect(paths).toContain(path);
  });
});
