import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CoverageTotals, percentOf } from '../../src/model/coverage.ts';
import { numberAt, objectOf, valueAt } from '../../src/reports/formats/shared/json-value.ts';
import { coverageOf, readBytes } from '../reports/coverage-summary.ts';

/**
 * The rule: for every part (lines, branches, functions) of which another tool, or the report itself, gives covered and
 * total, Herald gives the same. Where only a rate is stated, the percentages agree to a tenth. A tool that finds
 * nothing where there is something does not read that part. What differs is listed below with its reason, and must
 * still differ.
 */
type Part = keyof CoverageTotals;

interface Entry {
  readonly path: string;
  readonly kind: string;
  readonly expected?: Readonly<Record<string, unknown>>;
}

interface Claim {
  readonly tool: string;
  readonly part: Part;
  /** `covered/total`, or a percentage with one decimal. */
  readonly says: string;
}

const corpus = process.env['HERALD_CORPUS'] ?? '';

/** Files that are no coverage report, or of no format that Herald reads. */
const unread: Readonly<Record<string, string>> = {
  'danielpalme__ReportGenerator/docs/resources/reports/JsonSummary/Summary.json':
    'numbers by class, no files; ReportGenerator writes Cobertura, Clover and LCOV as well',
  'mozilla__grcov/jacoco/not_jacoco_file.xml': 'no coverage report at all',
  'mozilla__grcov/not_info_file.info': 'no coverage report at all',
  'mozilla__grcov/test_covdir.json': 'covdir; grcov writes Cobertura and LCOV as well',
  'uhafner__quality-monitor/pit/mutations.xml': 'mutants, which are findings and a score',
};

const shortened = 'shortened or edited by hand: it states the totals of the original';
const sameLine =
  'lines that stand in several classes or records of a file are one line, and so are their branches';

/** Path of the file, its part and the tool (or `*`) → why the numbers differ. */
const differences: Readonly<Record<string, string>> = {
  '5monkeys__cobertura-action/test-istanbul-single.xml': shortened,
  '5monkeys__cobertura-action/test-istanbul.xml': shortened,
  '5monkeys__cobertura-action/test-missing-lines.xml': shortened,
  'Bachmann1234__diff_cover/coverage.xml': shortened,
  'Bachmann1234__diff_cover/coverage2.xml': shortened,
  'Bachmann1234__diff_cover/coverage_missing_lines.xml': shortened,
  'Bachmann1234__diff_cover/unicode_coverage.xml': shortened,
  'Bachmann1234__diff_cover/dotnet_coverage.xml branches':
    'a rate of 1 of no branches: they are not measured',
  'Bachmann1234__diff_cover/lcov.info': shortened,
  'Madrapps__jacoco-report/aggregate-report.xml': shortened,
  'Madrapps__jacoco-report/empty-aggregate-report.xml': shortened,
  'aconrad__pycobertura/cobertura.xml lines': shortened,
  'aconrad__pycobertura/dummy.linestatus/test1.xml': shortened,
  'aconrad__pycobertura/dummy.linestatus/test2.xml': shortened,
  'danielpalme__ReportGenerator/CSharp/Reports/Cobertura_altcover.xml lines': sameLine,
  'danielpalme__ReportGenerator/CSharp/Reports/Cobertura_altcover.xml branches':
    'AltCover counts method entries as branches in its rate and lists none of them',
  'danielpalme__ReportGenerator/CSharp/Reports/Cobertura_dotnet-coverage.xml lines': sameLine,
  'danielpalme__ReportGenerator/CSharp/Reports/Cobertura_dotnettest.xml lines': sameLine,
  'danielpalme__ReportGenerator/CSharp/Reports/Cobertura_dotnettest_old.xml': shortened,
  'danielpalme__ReportGenerator/CSharp/Reports/OpenCover.xml branches':
    'OpenCover counts method entries as branches and lists none of them',
  'danielpalme__ReportGenerator/CSharp/Reports/OpenCoverWithEmbeddedSource.xml': shortened,
  'danielpalme__ReportGenerator/Java/Reports/Clover_OpenClover4.3.1.xml lines @cvrg-report/clover-json@0.3.3':
    'it counts the heads of methods as lines, which OpenClover does not',
  'danielpalme__ReportGenerator/docs/resources/reports/Clover/Clover.xml': shortened,
  'danielpalme__ReportGenerator/docs/resources/reports/Cobertura/Cobertura.xml': shortened,
  'davelosert__vitest-coverage-report-action/coverage/coverage-summary-compare.json':
    'an edited file with fractions of lines: the sums of its files are not its totals',
  'gcovr__gcovr/const-functions/reference/gcc-14/clover.xml branches': 'gcovr writes none into Clover',
  'gcovr__gcovr/const-functions/reference/gcc-14/clover.xml functions': 'gcovr writes none into Clover',
  'gcovr__gcovr/const-functions/reference/gcc-14/cobertura.xml functions':
    'the report lists one variant of the destructor, which did not run; the summary counts the other',
  'k1LoW__octocov/clover/coverage.xml functions':
    'PHPUnit counts methods whose lines all ran; Herald those that ran',
  'k1LoW__octocov/clover/coverage_package.xml': shortened,
  'k1LoW__octocov/cobertura/coverage.xml lines declared by the report itself': shortened,
  'mozilla__grcov/invalid_DA_record.info':
    'the broken record has no totals of its own, and lcov-parse reads only those',
  'mozilla__grcov/prova.info': sameLine,
  'mozilla__grcov/relative_path/relative_path.info lines': sameLine,
};

// [part, where covered stands, where total stands] in what the tools gave.
const counts: readonly (readonly [Part, readonly string[], readonly string[]])[] = [
  ['lines', ['lines', 'hit'], ['lines', 'found']],
  ['branches', ['branches', 'hit'], ['branches', 'found']],
  ['functions', ['functions', 'hit'], ['functions', 'found']],
  ['lines', ['lines', 'covered'], ['lines', 'total']],
  ['branches', ['branches', 'covered'], ['branches', 'total']],
  ['functions', ['functions', 'covered'], ['functions', 'total']],
  ['lines', ['lines_covered'], ['lines_total']],
  ['branches', ['branches_covered'], ['branches_total']],
  ['lines', ['line_covered'], ['line_total']],
  ['branches', ['branch_covered'], ['branch_total']],
  ['functions', ['function_covered'], ['function_total']],
  ['lines', ['lines-covered'], ['lines-valid']],
  ['branches', ['branches-covered'], ['branches-valid']],
  ['lines', ['coveredstatements'], ['statements']],
  ['branches', ['coveredconditionals'], ['conditionals']],
  ['functions', ['coveredmethods'], ['methods']],
  ['lines', ['visitedSequencePoints'], ['numSequencePoints']],
  ['branches', ['visitedBranchPoints'], ['numBranchPoints']],
  ['functions', ['visitedMethods'], ['numMethods']],
];
const missedCounts = [
  ['lines', 'LINE'],
  ['branches', 'BRANCH'],
  ['functions', 'METHOD'],
] as const;
const rates = [
  ['lines', 'line-rate'],
  ['branches', 'branch-rate'],
] as const;

function claimsOf(tool: string, said: unknown): readonly Claim[] {
  const claims: Claim[] = [];
  for (const [part, covered, total] of counts) {
    const [hit, found] = [numberAt(said, ...covered), numberAt(said, ...total)];
    if (hit !== null && found !== null && found > 0)
      claims.push({ tool, part, says: `${Math.floor(hit)}/${found}` });
  }
  for (const [part, counter] of missedCounts) {
    const [covered, missed] = [numberAt(said, counter, 'covered'), numberAt(said, counter, 'missed')];
    if (covered !== null && missed !== null)
      claims.push({ tool, part, says: `${covered}/${covered + missed}` });
  }
  for (const [part, rate] of rates) {
    const stated = numberAt(said, rate);
    if (claims.every((claim) => claim.part !== part) && stated !== null && stated > 0) {
      claims.push({ tool, part, says: `${(100 * stated).toFixed(1)} %` });
    }
  }
  return claims;
}

function heraldSays(totals: CoverageTotals, { part, says }: Claim): string {
  const counted = totals[part];
  if (counted === null) return 'not measured';
  return says.endsWith('%')
    ? `${(percentOf(counted) ?? 0).toFixed(1)} %`
    : `${counted.covered}/${counted.total}`;
}

function entries(): readonly Entry[] {
  if (corpus === '') return [];
  const all = JSON.parse(readFileSync(`${corpus}/INDEX.json`, 'utf8')) as readonly Entry[];
  return all.filter(({ kind }) => kind === 'coverage');
}

function short(path: string): string {
  return path.replace(/^coverage\//, '');
}

function reasonFor(path: string, { part, tool }: Claim): string | undefined {
  const name = short(path);
  return differences[`${name} ${part} ${tool}`] ?? differences[`${name} ${part}`] ?? differences[name];
}

const cases = entries().map((entry) => ({ name: short(entry.path), entry }));

describe.skipIf(corpus === '')('coverage reports of the corpus', () => {
  test.each(cases)('$name', async ({ name, entry }) => {
    const read = await readBytes(entry.path, readFileSync(`${corpus}/${entry.path}`));
    if (read.error !== null || read.report?.kind !== 'coverage') {
      expect(unread[name], read.error ?? read.format).toBeDefined();
      return;
    }
    expect(unread[name]).toBeUndefined();
    const { totals } = coverageOf(read);
    const claims = Object.entries(objectOf(valueAt(entry, 'expected'))).flatMap(([tool, said]) =>
      claimsOf(tool, said),
    );
    const wrong = claims.filter((claim) => heraldSays(totals, claim) !== claim.says);
    const unexplained = wrong
      .filter((claim) => reasonFor(entry.path, claim) === undefined)
      .map((claim) => `${claim.tool} says ${claim.says} ${claim.part}, Herald ${heraldSays(totals, claim)}`);
    expect(unexplained).toEqual([]);
    const used = wrong.flatMap(({ part, tool }) => [`${name} ${part} ${tool}`, `${name} ${part}`, name]);
    const idle = Object.keys(differences).filter((key) => key.split(' ')[0] === name && !used.includes(key));
    expect(idle).toEqual([]);
  });
});
