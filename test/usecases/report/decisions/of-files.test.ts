import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesUnder } from '../../../../src/io/files.ts';
import { type Decision, type DecisionOf, skipReasons } from '../../../../src/model/decision.ts';
import { formats } from '../../../../src/reports/registry.ts';
import { collectReports } from '../../../../src/usecases/report/collect-reports.ts';
import { watchSearch } from '../../../../src/usecases/report/decisions/of-files.ts';
import { aLog } from '../../../gitlab/connect-for-test.ts';
import { mask } from '../../../mask.ts';
import { aFolder } from '../run-for-test.ts';

const junit = '<testsuite name="s"><testcase classname="A" name="a"/></testsuite>';

async function decide(
  files: Readonly<Record<string, string>>,
  {
    patterns = [],
    prepare = () => Promise.resolve(),
  }: { readonly patterns?: readonly string[]; prepare?(directory: string): Promise<unknown> } = {},
): Promise<readonly Decision[]> {
  const directory = await aFolder(files);
  await prepare(directory);
  const decisions: Decision[] = [];
  await collectReports(
    { patterns, projectDirectory: directory, formats, reruns: 'marked' },
    { files: filesUnder(directory), log: aLog(), mask, decide: (decision) => void decisions.push(decision) },
  );
  return decisions;
}

type NotRead = DecisionOf<'files'> & { readonly about: 'not-read' };

interface Case {
  readonly why: NotRead['why'];
  readonly path: string;
  readonly files: Readonly<Record<string, string>>;
  readonly patterns?: readonly string[];
  prepare?(directory: string): Promise<unknown>;
}

const cases: readonly Case[] = [
  { why: 'excluded', path: 'b/junit.xml', files: { 'b/junit.xml': junit }, patterns: ['**/*.xml', '!b/*'] },
  {
    why: 'own-file',
    path: 'herald-report.json',
    files: { 'herald-report.json': '{}' },
    patterns: ['*.json'],
  },
  { why: 'manifest', path: 'ctrf/package.json', files: { 'ctrf/package.json': '{}' } },
  { why: 'sample', path: 'test/fixtures', files: { 'test/fixtures/junit.xml': junit } },
  { why: 'ignored-folder', path: 'node_modules', files: { 'node_modules/x/junit.xml': junit } },
  { why: 'hidden-folder', path: '.cache', files: { '.cache/junit.xml': junit } },
  {
    why: 'refused',
    path: 'junit.xml',
    files: {},
    prepare: async (directory) => symlink('/etc/hostname', join(directory, 'junit.xml')),
  },
];

describe('why a path is not read', () => {
  test.each(cases)('$why', async ({ why, path, files, patterns, prepare }) => {
    const decisions = await decide(files, {
      ...(patterns === undefined ? {} : { patterns }),
      ...(prepare === undefined ? {} : { prepare }),
    });
    const left = decisions.filter((one): one is NotRead => one.about === 'not-read');
    expect(left.map((one) => [one.path, one.why])).toContainEqual([path, why]);
    expect(decisions.filter((one) => one.about === 'file')).toEqual([]);
  });

  test('over-limit: paths beyond the first 200 are counted', () => {
    const decisions: Decision[] = [];
    const watch = watchSearch((decision) => void decisions.push(decision));
    for (let index = 0; index < 203; index += 1) watch.skipped(`f${index}`, 'ignored-folder', null);
    watch.end();
    expect(decisions).toHaveLength(201);
    expect(decisions.at(-1)).toMatchObject({ why: 'over-limit', reason: '3 more paths are not listed' });
  });

  test('every reason is tried', () => {
    expect([...cases.map(({ why }) => why), 'over-limit'].sort()).toEqual([...skipReasons].sort());
  });

  test('a folder that no pattern could reach is not mentioned, and neither is .git', async () => {
    const decisions = await decide(
      { 'out/junit.xml': junit, 'node_modules/x.xml': junit },
      { patterns: ['out/*.xml'], prepare: (directory) => mkdir(join(directory, '.git')) },
    );
    expect(decisions.filter(({ about }) => about === 'not-read')).toEqual([]);
    const all = await decide({}, { prepare: (directory) => mkdir(join(directory, '.git')) });
    expect(all.filter(({ about }) => about === 'not-read')).toEqual([]);
  });
});

const result = (title: string, duration: number): object => ({
  ancestorTitles: ['price'],
  title,
  status: 'passed',
  duration,
  failureMessages: [],
});
const jest = JSON.stringify({
  numTotalTests: 2,
  testResults: [{ name: '/ci/a.test.js', assertionResults: [result('adds up', 250), result('pays', 500)] }],
});
const sameAsJest =
  '<testsuite name="price"><testcase name="price adds up" time="0.25"/><testcase name="price pays" time="0.5"/></testsuite>';

describe('what became of a file that was found', () => {
  test.each([
    { outcome: 'read', path: 'junit.xml', text: junit, format: 'junit', because: null },
    {
      outcome: 'incomplete',
      path: 'junit.xml',
      text: '<testsuite name="s"><testcase name="a"/><testcase na',
      format: 'junit',
      because: /cut off/,
    },
    { outcome: 'unreadable', path: 'junit.xml', text: '', format: 'unknown', because: /empty/ },
    { outcome: 'ignored', path: 'report.xml', text: '<html>', format: 'unknown', because: /HTML page/ },
  ])('$outcome', async ({ outcome, path, text, format, because }) => {
    const decisions = await decide({ [path]: text });
    const file = decisions.find((one) => one.about === 'file');
    expect(file).toMatchObject({ path, outcome, format, from: 'folder', sizeBytes: text.length });
    const reason = file?.reason ?? null;
    if (because === null) expect(reason).toBeNull();
    else expect(reason).toMatch(because);
    expect(decisions).toContainEqual({
      about: 'match',
      path,
      pattern: path === 'junit.xml' ? '**/junit*.xml{,.gz}' : '**/report.xml{,.gz}',
    });
  });

  test('counted-elsewhere: the same run in another format', async () => {
    const decisions = await decide({ 'junit.xml': sameAsJest, 'jest-results.json': jest });
    const files = decisions.filter((one) => one.about === 'file');
    expect(files.map(({ path, outcome }) => [path, outcome])).toEqual([
      ['jest-results.json', 'read'],
      ['junit.xml', 'counted-elsewhere'],
    ]);
    expect(files[1]?.reason).toBe('it holds the same run as jest-results.json');
  });

  test.each([
    { patterns: [], by: 'well-known-names', misses: 0 },
    { patterns: ['gone/*.xml'], by: 'patterns', misses: 1 },
  ])('the search is by $by', async ({ patterns, by, misses }) => {
    const decisions = await decide({}, { patterns });
    expect(decisions[0]).toEqual({ about: 'search', by, patterns });
    expect(decisions.filter(({ about }) => about === 'no-match')).toHaveLength(misses);
  });
});
