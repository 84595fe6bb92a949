import { describe, expect, test } from 'vitest';
import type { TouchedFile, TouchedFiles } from '../../../src/model/touched-files.ts';
import { commentDocument } from '../../../src/render/comment/render-comment.ts';
import { type Layout, plainLayout } from '../../../src/render/comment/section.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { english } from '../../../src/render/words/english.ts';
import { german } from '../../../src/render/words/german.ts';
import { aSummary } from '../../builders.ts';

function file(overrides: Partial<TouchedFile> = {}): TouchedFile {
  return { path: 'src/till.ts', tests: [], incidents: [], owners: [], ...overrides };
}

const flaky: TouchedFile['tests'][number] = {
  label: 'till.Cart: prints',
  failsOnTarget: false,
  flaky: true,
  mark: { test: 'till.Cart: prints', by: 'ana', at: '2026-03-04T10:00:00Z' },
  record: { runs: 20, failedRuns: 3, retriedRuns: 1, flaky: true },
  issue: null,
};
const incident = {
  iid: 12,
  url: 'https://gitlab.example.com/shop/till/-/issues/12',
  title: 'main fails @all',
};
const owners = { section: 'Core', owners: ['@ana', '@shop/core'], required: 2, approvedBy: ['ana'] };

function comment(
  touched: Partial<TouchedFiles>,
  { words = english, layout = plainLayout }: { words?: typeof english | typeof german; layout?: Layout } = {},
): string {
  const summary = aSummary({
    touched: { ref: 'main', files: [file({ tests: [flaky] })], omitted: 0, complete: true, ...touched },
  });
  const options = { title: null, maxCharacters: 20_000, version: '1.0.0', layout };
  return renderMarkdown(commentDocument(summary, words, options)).replace(/\]\([^)]*\)/g, ']');
}

describe('row 72: known of the changed files', () => {
  test('row 72: a test with who marked it, its record and its issue', () => {
    const known = { ...flaky, failsOnTarget: true, issue: incident };
    const said = comment({ files: [file({ tests: [known] })] });
    expect(said).toContain('#### Known of the changed files');
    expect(said).toContain('[`src/till.ts`] – 1 test');
    expect(said).toContain(
      '`till.Cart: prints` – fails on main, marked as flaky by ana on 2026-03-04, failed in 3 of 20 runs, passed on a retry 1 time – [`#12`]',
    );
  });

  test('row 72: incidents come first, owners last, and nobody is mentioned', () => {
    const said = comment({ files: [file({ tests: [flaky], incidents: [incident], owners: [owners] })] });
    const rows = said.split('\n').filter((line) => /Open incident|Test|Code owners/.test(line));
    expect(rows.map((row) => /Open incident|Test|Code owners/.exec(row)?.[0])).toEqual([
      'Open incident',
      'Test',
      'Code owners',
    ]);
    expect(rows[2]).toContain('`@ana`, `@shop/core` – 1 of 2 approvals, by ana');
    expect(said.replace(/`[^`\n]*`/g, '')).not.toMatch(/(?<!\\)@(?:all|ana|shop)/);
  });

  test('row 72: one table for each file, folded after the first', () => {
    const files = ['a.ts', 'b.ts', 'c.ts'].map((path) => file({ path, tests: [flaky] }));
    const said = comment({ files });
    const section = said.slice(said.indexOf('#### Known'));
    expect(section.match(/What is known/g)).toHaveLength(3);
    expect(section.match(/<details>/g)).toHaveLength(2);
    expect(section.indexOf('What is known')).toBeLessThan(section.indexOf('<details>'));
  });

  test('row 72: the caps are said, and a list of files that is not whole', () => {
    const said = comment({ omitted: 5, complete: false });
    expect(said).toContain(
      'Something is known of 5 more changed files: this shows at most 7 files with 500 changed lines. GitLab did not list all changed files.',
    );
  });

  test('row 72: more than ten tests of a file are counted', () => {
    const tests = Array.from({ length: 13 }, (_, at) => ({ ...flaky, label: `test ${at}` }));
    const said = comment({ files: [file({ tests })] });
    expect(said).toContain('test 9');
    expect(said).not.toContain('test 10');
    expect(said).toContain('and 3 more');
  });

  test('row 72: in German', () => {
    expect(
      comment({ files: [file({ tests: [{ ...flaky, failsOnTarget: true }] })] }, { words: german }),
    ).toContain('schlägt auf main fehl');
  });

  test('row 72: one line where the comment is compact', () => {
    const said = comment({}, { layout: { ...plainLayout, detail: 'compact' } });
    expect(said).toContain('Known of 1 changed file · 1 failing or flaky test');
    expect(said).not.toContain('What is known');
  });

  test('row 72: no section where nothing is known', () => {
    expect(comment({ files: [] })).not.toContain('Known of');
  });
});
