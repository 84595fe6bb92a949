import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readReport } from '../../src/reports/read.ts';
import { mask } from '../mask.ts';

interface Entry {
  readonly path: string;
  readonly kind: string;
  readonly producer: string;
}

const corpus = process.env['HERALD_CORPUS'] ?? '';
const entries: readonly Entry[] =
  corpus === ''
    ? []
    : (JSON.parse(readFileSync(join(corpus, 'INDEX.json'), 'utf8')) as Entry[]).filter(
        ({ kind }) => kind === 'misc-reports',
      );

/** The format that a file of a producer is read as; null for what is no report. */
const formatOfProducer: Readonly<Record<string, string | null>> = {
  'k6 summary json': 'k6',
  'pa11y-ci (GitLab accessibility report)': 'pa11y',
  'pa11y-ci json': 'pa11y',
  'GitLab terraform report': 'terraform',
  'terraform show -json': 'terraform',
  'OpenMetrics text': 'openmetrics',
  // Variables for later jobs (artifacts:reports:dotenv): nothing that a reviewer is told of.
  dotenv: null,
};

describe.skipIf(entries.length === 0)(
  'other reports of the corpus (skipped where HERALD_CORPUS names none)',
  () => {
    test.each(entries)('$path', async ({ path, producer }) => {
      const file = join(corpus, path);
      const { format, error } = await readReport(
        { path, sizeBytes: statSync(file).size, chunks: createReadStream(file) },
        { resolvePath: null, mask },
      );
      const expected = formatOfProducer[producer];
      expect(expected, `no expectation for ${producer}`).not.toBeUndefined();
      expect(format, error ?? '').toBe(expected ?? 'unknown');
    });
  },
);
