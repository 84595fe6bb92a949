import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TestTotals } from '../../src/model/tests.ts';
import { readReport } from '../../src/reports/read.ts';
import { mask } from '../mask.ts';

/**
 * The rule: of the totals that other tools or the report itself give, those of at least one agree with Herald's in
 * tests, failures and errors together, and skipped. Tools count reruns and several verdicts on one test differently:
 * that is why one is enough, and what agrees with none is listed with its reason, and must still differ.
 */
interface Entry {
  readonly path: string;
  readonly kind: string;
  readonly expected?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const corpus = process.env['HERALD_CORPUS'] ?? '';

const unread: Readonly<Record<string, string>> = {
  'EnricoMi__publish-unit-test-result-action/xml/empty.xml': 'an empty file',
  'codecov__test-results-parser/windows.junit.xml': 'the text of one failure, no XML at all',
  'ctrf-io__junit-to-ctrf/not-junit.xml': 'XML of something else',
  'lukejpreston__xunit-viewer/invalid.xml': 'no XML at all',
  'EnricoMi__publish-unit-test-result-action/json/malformed-json.json': 'no valid JSON',
  'damianszczepanik__cucumber-reporting/empty.json':
    'an empty list, which is read as code quality without findings',
};

const differences: Readonly<Record<string, string>> = {
  'NasAmin__trx-parser/failing-tests/test-host-error.trx':
    'the test host crashed before any test, which counts as an errored test',
  'lukejpreston__xunit-viewer/multi_cases.xml':
    'declares 3 tests and holds 4; others count each verdict of a test',
  'jenkinsci__xunit-plugin/qtestlib/testcase1/input.xml':
    'Qt Test counts every row of data, as its own totals do; others count functions',
  'mikepenz__action-junit-report/multiple_failures/test_multiple_errors.xml':
    'several verdicts on one test count once',
  'mikepenz__action-junit-report/multiple_failures/test_multiple_failures.xml':
    'several verdicts on one test count once',
};

function numberOf(record: Readonly<Record<string, unknown>>, ...names: readonly string[]): number | null {
  const value = names.map((name) => record[name]).find((candidate) => typeof candidate === 'number');
  return typeof value === 'number' ? value : null;
}

/** Tests, failing, skipped as a tool says them; null for what it does not say. */
function claimsOf(expected: NonNullable<Entry['expected']>): readonly (readonly (number | null)[])[] {
  return Object.entries(expected).flatMap(([tool, says]) => {
    if (says['parse_error'] === true) return [];
    if (tool.startsWith('EnricoMi')) {
      return ['tests', 'runs'].map((unit) => [
        numberOf(says, unit),
        (numberOf(says, `${unit}_fail`) ?? 0) + (numberOf(says, `${unit}_error`) ?? 0),
        numberOf(says, `${unit}_skip`),
      ]);
    }
    const failures = numberOf(says, 'failures', 'failed', 'numFailedTests');
    const failing = failures === null ? null : failures + (numberOf(says, 'errors') ?? 0);
    return [[numberOf(says, 'tests', 'total', 'numTotalTests'), failing, numberOf(says, 'skipped')]];
  });
}

function agrees(claim: readonly (number | null)[], totals: TestTotals): boolean {
  const ours = [totals.total, totals.failed + totals.errored, totals.skipped];
  return claim.every((value, index) => value === null || value === ours[index]);
}

const entries: readonly Entry[] =
  corpus === ''
    ? []
    : (JSON.parse(readFileSync(join(corpus, 'INDEX.json'), 'utf8')) as Entry[]).filter(
        ({ kind }) => kind === 'junit' || kind === 'other-tests',
      );

describe.skipIf(entries.length === 0)(
  'test reports of the corpus (skipped where HERALD_CORPUS names none)',
  () => {
    test.each(entries)('$path', async ({ path, expected = {} }) => {
      const file = join(corpus, path);
      const name = path.replace(/^(?:junit|other-tests)\//, '');
      const { report, error } = await readReport(
        { path, sizeBytes: statSync(file).size, chunks: createReadStream(file) },
        { resolvePath: null, mask },
      );
      if (report?.kind !== 'tests') {
        expect(unread[name], `${path} is not read: ${error ?? report?.kind ?? ''}`).toBeDefined();
        return;
      }
      expect(unread[name], 'it is read now: take it off the list').toBeUndefined();
      const claims = claimsOf(expected);
      const agreed = claims.length === 0 || claims.some((claim) => agrees(claim, report.totals));
      if (differences[name] === undefined)
        expect(agreed, JSON.stringify({ totals: report.totals, claims })).toBe(true);
      else expect(agreed, 'it agrees now: take it off the list').toBe(false);
    });

    test('every exception names a file of the corpus, where the corpus has files of its source', () => {
      const names = new Set(entries.map(({ path }) => path.replace(/^(?:junit|other-tests)\//, '')));
      const sources = new Set([...names].map((name) => name.split('/', 1)[0]));
      const exceptions = [...Object.keys(unread), ...Object.keys(differences)];
      expect(exceptions.filter((name) => sources.has(name.split('/', 1)[0]) && !names.has(name))).toEqual([]);
    });
  },
);
