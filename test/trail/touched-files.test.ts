import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diff, DiffFile } from '../../src/model/diff.ts';
import { link, paragraph, text } from '../../src/model/document.ts';
import type { TestRecord } from '../../src/model/history.ts';
import { createTestIndex, halvesOf } from '../../src/model/test-index.ts';
import type { TestCase } from '../../src/model/tests.ts';
import type { FileOwners, TouchedFiles } from '../../src/model/touched-files.ts';
import { fileAddress, linkAddress } from '../../src/render/markdown/link-address.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import { changedFileFinder } from '../../src/trail/changed-file.ts';
import { linkedFiles } from '../../src/trail/linked-files.ts';
import { type Touched, touchedFiles } from '../../src/trail/touched-files.ts';
import {
  aFailedTest,
  anEarlierRun,
  aTestCase,
  aTestsReport,
  aTestTotals,
  theEarlierTests,
} from '../builders.ts';
import { runs } from '../property-runs.ts';

const projectUrl = 'https://gitlab.example.com/shop/till';
const sha = 'c1'.repeat(20);

function changed(path: string, lines = 1): DiffFile {
  const hunk = { oldStart: 1, newStart: 1, lines: ` ${'+'.repeat(lines)} ` };
  return { oldPath: path, newPath: path, change: 'modified', hunks: [hunk], complete: true };
}

function diffOf(files: readonly DiffFile[]): Diff {
  return { files, complete: true };
}

/** An earlier run in which tests failed, and their records. */
function earlier(failing: readonly TestCase[], records: ReadonlyMap<string, TestRecord> = new Map()) {
  const table = createTestIndex();
  for (const { id } of failing) {
    const halves = halvesOf(id);
    if (halves === null) throw new Error(`${id} is no id`);
    table.setWithCode(halves.high, halves.low, { outcome: 'failed', duration: 0 });
  }
  const history = { runs: new Uint8Array(), spreads: new Uint8Array(), records: new Map<string, string>() };
  for (const id of records.keys()) history.records.set(id, 'pfpfp');
  const tests = theEarlierTests({
    totals: aTestTotals({ failed: failing.length }),
    index: table.finish(),
    history,
    recordOf: (id) => records.get(id) ?? null,
  });
  return anEarlierRun({ tests });
}

function touchedOf(overrides: Partial<Touched>): TouchedFiles | null {
  return touchedFiles({
    tests: null,
    earlier: null,
    marks: null,
    issues: [],
    diff: diffOf([changed('src/till.ts')]),
    projectUrl,
    ownersOf: () => [],
    ownersAlone: false,
    ...overrides,
  });
}

function anIssue(overrides: Partial<Touched['issues'][number]>): Touched['issues'][number] {
  return {
    iid: 12,
    key: 'rule/incident/default-branch',
    title: 'The pipeline of main fails',
    state: 'opened',
    confidential: false,
    url: `${projectUrl}/-/issues/12`,
    description: `[\`src/till.ts:3\`](${projectUrl}/-/blob/${sha}/src/till.ts#L3)`,
    updatedAt: '2026-01-01T00:00:00Z',
    ...overrides,
  };
}

const inTill = { file: 'src/till.ts', failedAt: null };
const steady = aFailedTest({ id: 'a000000000000001', ...inTill });
const comesAndGoes = aTestCase({ id: 'a000000000000002', name: 'prints', ...inTill });
const flakyRecord: TestRecord = { runs: 20, failedRuns: 3, retriedRuns: 0, flaky: true };

function report(cases: readonly TestCase[]): Touched['tests'] {
  return aTestsReport({ cases });
}

describe('row 72: what is known of changed files', () => {
  test.each<readonly [name: string, touched: Partial<Touched>, tests: number, incidents: number]>([
    ['a test that failed before', { tests: report([steady]), earlier: earlier([steady]) }, 1, 0],
    [
      'a test that failed before and passes now',
      { tests: report([{ ...steady, outcome: 'passed' }]), earlier: earlier([steady]) },
      1,
      0,
    ],
    [
      'a test that comes and goes',
      { tests: report([comesAndGoes]), earlier: earlier([], new Map([[comesAndGoes.id, flakyRecord]])) },
      1,
      0,
    ],
    [
      'a frame of the stack',
      {
        tests: report([
          aFailedTest({
            id: steady.id,
            file: 'test/till.test.ts',
            failedAt: null,
            failure: {
              type: null,
              message: '',
              details: 'Error\n    at sum (/builds/shop/till/src/till.ts:3:1)',
            },
          }),
        ]),
        earlier: earlier([steady]),
      },
      1,
      0,
    ],
    ['an incident that links the file', { issues: [anIssue({})] }, 0, 1],
    [
      'an issue of the test itself',
      { tests: report([comesAndGoes]), issues: [anIssue({ key: `rule/failing-test/${comesAndGoes.id}` })] },
      1,
      0,
    ],
  ])('%s', (_name, touched, tests, incidents) => {
    const [file] = touchedOf(touched)?.files ?? [];
    expect([file?.path, file?.tests.length, file?.incidents.length]).toEqual([
      'src/till.ts',
      tests,
      incidents,
    ]);
  });

  test.each<readonly [name: string, touched: Partial<Touched>]>([
    ['nothing at all', {}],
    ['a new failure', { tests: report([steady]), earlier: earlier([]) }],
    ['a test that always passed', { tests: report([comesAndGoes]), earlier: earlier([steady]) }],
    [
      'a failing test elsewhere',
      { tests: report([{ ...steady, file: 'src/other.ts' }]), earlier: earlier([steady]) },
    ],
    [
      'a deleted file',
      {
        tests: report([steady]),
        earlier: earlier([steady]),
        diff: diffOf([{ ...changed('src/till.ts'), change: 'deleted' }]),
      },
    ],
    ['a closed incident', { issues: [anIssue({ state: 'closed' })] }],
    ['a confidential incident', { issues: [anIssue({ confidential: true })] }],
    [
      'an incident that links the file of another project',
      { issues: [anIssue({ description: `${projectUrl}-2/-/blob/${sha}/src/till.ts` })] },
    ],
    ['owners of whom nobody asked', { ownersOf: () => [owned] }],
  ])('row 72: nothing of %s', (_name, touched) => {
    expect(touchedOf(touched)).toBeNull();
  });

  const owned: FileOwners = { section: '', owners: ['@ana'], required: 1, approvedBy: [] };

  test('row 72: owners alone are shown where somebody asked for them', () => {
    expect(touchedOf({ ownersOf: () => [owned], ownersAlone: true })?.files[0]?.owners).toEqual([owned]);
  });

  function withFiles(sizes: readonly number[]): TouchedFiles | null {
    const paths = sizes.map((_, at) => `src/file${at}.ts`);
    const cases = paths.map((file, at) =>
      aFailedTest({ id: (at + 1).toString(16).padStart(16, '0'), file, failedAt: null }),
    );
    const diff = diffOf(paths.map((path, at) => changed(path, sizes[at])));
    return touchedOf({ tests: report(cases), earlier: earlier(cases), diff });
  }

  test.each<readonly [sizes: readonly number[], shown: number, omitted: number]>([
    [[1, 1, 1], 3, 0],
    [Array.from({ length: 12 }, () => 1), 7, 5],
    [[300, 300, 1], 1, 2],
    [[250, 250, 1], 2, 1],
    [[900], 1, 0],
  ])('row 72: the caps of 7 files and 500 lines, %j', (sizes, shown, omitted) => {
    const touched = withFiles(sizes);
    expect([touched?.files.length, touched?.omitted]).toEqual([shown, omitted]);
  });
});

describe('row 70: the address of a file and back', () => {
  const segment = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((part) => !/[/\\]/.test(part) && part !== '.' && part !== '..' && !/\p{Surrogate}/u.test(part));
  const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));

  test('row 70: what a comment links is found again', () => {
    fc.assert(
      fc.property(path, fc.option(fc.integer({ min: 1, max: 9_999 })), (file, line) => {
        const address = fileAddress(projectUrl, sha, { path: file, line });
        if (address === null || linkAddress(address) === null) throw new Error(`${file} has no address`);
        const body = renderMarkdown([paragraph(text('See '), link(address, text('it')), text('.'))]);
        expect(linkedFiles(body, projectUrl)).toEqual([file]);
      }),
      { numRuns: runs(200) },
    );
  });

  test.each([
    `${projectUrl}/-/blob/main/src/till.ts`,
    `${projectUrl}/-/blob/${sha}/%E0%A4%A`,
    `${projectUrl}/-/blob/${sha}`,
    `https://evil.example.com/shop/till/-/blob/${sha}/src/till.ts`,
  ])('row 70: nothing in %s', (words) => {
    expect(linkedFiles(words, projectUrl)).toEqual([]);
  });
});

describe('the changed file that a report names', () => {
  const find = changedFileFinder(['src/till.ts', 'a/src/cart.ts', 'b/src/cart.ts', 'cart.ts']);
  test.each([
    ['src/till.ts', 'src/till.ts'],
    ['./src\\till.ts', 'src/till.ts'],
    ['/builds/shop/till/src/till.ts', 'src/till.ts'],
    ['till.ts', 'src/till.ts'],
    ['src/cart.ts', null],
    ['cart.ts', 'cart.ts'],
    ['other.ts', null],
  ])('%s', (named, file) => {
    expect(find(named)).toBe(file);
  });
});
