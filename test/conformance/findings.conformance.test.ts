import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { numberAt, objectOf, valueAt } from '../../src/reports/formats/shared/json-value.ts';
import { readyPatterns } from '../../src/reports/formats/shared/ready-patterns.ts';
import { readReport } from '../../src/reports/read.ts';
import { formatsWith } from '../../src/usecases/pattern-formats.ts';
import { mask } from '../mask.ts';
import { readBytes } from '../reports/coverage-summary.ts';

/**
 * The rule: every file of these kinds is read as findings, and where another tool gives a number, Herald gives the
 * same. What differs is listed below with its reason, and must still differ.
 */
interface Entry {
  readonly path: string;
  readonly kind: string;
  readonly expected?: Readonly<Record<string, unknown>>;
}

const corpus = process.env['HERALD_CORPUS'] ?? '';
const kinds = new Set(['static-analysis', 'security', 'sbom']);

/** Files of these kinds that hold no findings of a format that Herald reads. */
const unread: Readonly<Record<string, string>> = {
  'static-analysis/golangci__golangci-lint/in-report-data.json':
    'the list of linters alone, a part of the report for tests of the tool itself',
  'static-analysis/reviewdog__errorformat/bandit.in': 'text that no ready pattern is for',
};

const suppressed = 'the report itself suppresses it, and suppressed findings are not counted';

const differences: Readonly<Record<string, string>> = {
  'static-analysis/jenkinsci__analysis-model/eslint/eslint.json':
    'a message without any key is counted as one that could not be read, not as a finding',
  'static-analysis/DefectDojo__django-DefectDojo/sarif/appendix_k.sarif': suppressed,
  'static-analysis/DefectDojo__django-DefectDojo/sarif/njsscan.sarif':
    'a result with two locations is one finding; the other tool makes one of each location',
  'sbom/DefectDojo__django-DefectDojo/cyclonedx/issue_8022.json': suppressed,
  'sbom/DefectDojo__django-DefectDojo/cyclonedx/valid-vulnerability-1.4.json': suppressed,
};

function entries(): readonly Entry[] {
  if (corpus === '') return [];
  const all = JSON.parse(readFileSync(`${corpus}/INDEX.json`, 'utf8')) as readonly Entry[];
  return all.filter(({ kind }) => kinds.has(kind));
}

/**
 * Text of linters stands in `x.in`, and the places that reviewdog's errorformat reads in it in `x.ok`: `path|line …`.
 */
function patternOf(path: string): string | null {
  const name = basename(path, '.in');
  return path.endsWith('.in') && readyPatterns.some((ready) => ready.name === name) ? name : null;
}

function placesIn(path: string): number {
  const lines = readFileSync(`${corpus}/${path.replace(/\.in$/, '.ok')}`, 'utf8').split('\n');
  return lines.filter((line) => /^[^|]+\|\d/.test(line)).length;
}

function claimsOf(entry: Entry): readonly string[] {
  return Object.entries(objectOf(entry.expected)).flatMap(([tool, said]) => {
    const count = numberAt(said, 'findings') ?? numberAt(said, 'issues');
    return count === null ? [] : [`${tool}: ${count}`];
  });
}

const cases = entries()
  .filter(({ path }) => !path.endsWith('.ok'))
  .map((entry) => ({ name: entry.path, entry }));
/** Exceptions are those of the large corpus; others are smaller and hold some of its files or none. */
const isWhole = cases.length > 80;
const texts = cases.flatMap(({ name }) => {
  const pattern = patternOf(name);
  return pattern === null ? [] : [{ name, pattern }];
});

describe.skipIf(corpus === '')('findings of the corpus', () => {
  test('there are files to read', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  test.each(texts)('$name as text', async ({ name, pattern }) => {
    const bytes = readFileSync(`${corpus}/${name}`);
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(bytes);
    }
    const file = { path: name, sizeBytes: bytes.length, chunks: chunks() };
    const read = await readReport(file, { resolvePath: null, mask, formats: formatsWith([pattern]) });
    expect(read.format).toBe(pattern);
    expect(read.report?.kind === 'findings' ? read.report.total : null).toBe(placesIn(name));
  });

  test.each(cases.filter(({ name }) => patternOf(name) === null))('$name', async ({ name, entry }) => {
    const read = await readBytes(name, readFileSync(`${corpus}/${name}`));
    if (read.report?.kind !== 'findings') {
      expect(unread[name], read.error ?? read.format).toBeDefined();
      return;
    }
    expect(unread[name]).toBeUndefined();
    const { report } = read;
    expect(report.total).toBe(Object.values(report.bySeverity).reduce((sum, count) => sum + count, 0));
    expect(new Set(report.findings.map(({ id }) => id)).size).toBe(report.findings.length);
    const wrong = claimsOf(entry).filter((claim) => !claim.endsWith(`: ${report.total}`));
    if (differences[name] === undefined) expect(wrong).toEqual([]);
    else expect(wrong, `it is the same now: ${differences[name]}`).not.toEqual([]);
  });

  const listed = [...Object.keys(unread), ...Object.keys(differences)];
  test.each(isWhole ? listed.filter((name) => !name.endsWith('.in')) : [])(
    '%s is still in the corpus',
    (name) => {
      expect(cases.map((entry) => entry.name)).toContain(name);
    },
  );

  test.skipIf(!isWhole)('the accessibility report of pa11y-ci counts what it says', async () => {
    const path = 'misc-reports/melissaspiegel__pa11y-demo/pa11y-ci-results.json';
    const bytes = readFileSync(`${corpus}/${path}`);
    const { report } = await readBytes(path, bytes);
    const declared = valueAt(JSON.parse(bytes.toString('utf8')) as unknown, 'errors');
    expect(report?.kind === 'findings' ? report.total : null).toBe(declared);
  });
});
