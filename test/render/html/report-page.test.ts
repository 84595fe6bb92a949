import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../../src/model/summary.ts';
import { pageStyle } from '../../../src/render/html/page.ts';
import { renderReportPage } from '../../../src/render/html/report-page.ts';
import { reportStyle, searchScript } from '../../../src/render/html/report-style.ts';
import { english } from '../../../src/render/words/english.ts';
import { german } from '../../../src/render/words/german.ts';
import { aFailedTest, aSummary, aTestCase, aTestsReport } from '../../builders.ts';
import { runs } from '../../property-runs.ts';
import { textOf } from '../gitlab-view.ts';
import { hostileText } from '../hostile-text.ts';
import { situations } from '../situations.ts';
import { aFullSummary, aSummaryOf } from './full-summary.ts';

const options = { title: null, maxDetails: 5_000, version: '1.2.3' };
const pages = [
  ...Object.entries(situations).map(([name, summary]) => ({
    name,
    page: renderReportPage(summary, english, options),
  })),
  { name: 'everything at once', page: renderReportPage(aFullSummary(), english, options) },
  { name: 'everything at once, in German', page: renderReportPage(aFullSummary(), german, options) },
];

/** Every tag with its attributes, in order. */
function tagsOf(page: string): readonly { readonly tag: string; readonly attributes: string }[] {
  const withoutRaw = page.replace(/<style>.*?<\/style>|<script>.*?<\/script>/gs, (raw) => raw.slice(0, 7));
  return [...withoutRaw.matchAll(/<([a-z][a-z0-9]*)((?:\s[^<>"]*(?:"[^"]*")?)*)>/g)].map(
    ([, tag = '', attributes = '']) => ({
      tag,
      attributes,
    }),
  );
}

function valuesOf(page: string, attribute: string): readonly string[] {
  return tagsOf(page).flatMap(({ attributes }) =>
    [...attributes.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].map(([, value = '']) => value),
  );
}

describe.each(pages)('the full report: $name', ({ page }) => {
  test('needs nothing else, and runs nothing but the script that its policy names by hash', () => {
    const hash = createHash('sha256').update(searchScript).digest('base64');
    expect(page).toContain(`script-src &#39;sha256-${hash}&#39;`);
    // A policy names bytes, and a reference inside of a script would be other bytes.
    expect(page.match(/<script.*?<\/script>/gs)).toEqual([`<script>${searchScript}</script>`]);
    const fetching = new Set(['link', 'img', 'iframe', 'object', 'embed', 'base', 'form']);
    expect(tagsOf(page).filter(({ tag }) => fetching.has(tag))).toEqual([]);
    expect(/<style>(.*?)<\/style>/s.exec(page)?.[1]).not.toMatch(/url\(|@import/);
    expect(tagsOf(page).filter(({ attributes }) => /\s(?:on[a-z]+|style|src)=/i.test(attributes))).toEqual(
      [],
    );
  });

  test('is ASCII, its style and its script too, so that a browser has nothing to decode', () => {
    expect(page.match(/[^\u0000-\u007F]/gu)).toBeNull();
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const unescaped = style.replace(/\\([0-9a-f]+) /g, (_escape, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
    expect(unescaped).toBe(`${pageStyle}\n${reportStyle}`);
    expect(style).not.toContain('&');
  });

  test('links nowhere but to the web and to its own parts', () => {
    const ids = new Set(valuesOf(page, 'id'));
    for (const address of valuesOf(page, 'href')) {
      if (address.startsWith('#')) expect(ids).toContain(address.slice(1));
      else expect(address).toMatch(/^https?:\/\//);
    }
  });

  test('has one h1, and no heading skips a level', () => {
    const levels = tagsOf(page).flatMap(({ tag }) => (/^h[1-6]$/.test(tag) ? [Number(tag.slice(1))] : []));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => {
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
    });
  });

  test('has landmarks, a language, a title, labels for what is chosen, and no id twice', () => {
    for (const tag of ['header', 'nav', 'main', 'footer'])
      expect(page.match(new RegExp(`<${tag}[ >]`, 'g'))).toHaveLength(1);
    expect(page).toMatch(/<html lang="(?:en|de)">/);
    expect(page).toMatch(/<title>Herald: .+<\/title>/);
    const ids = valuesOf(page, 'id');
    expect(new Set(ids).size).toBe(ids.length);
    for (const label of valuesOf(page, 'for')) expect(ids).toContain(label);
    for (const references of valuesOf(page, 'aria-labelledby'))
      for (const id of references.split(' ')) expect(ids).toContain(id);
  });

  test('tables have column headings, pictures have words and a table behind', () => {
    const headings = tagsOf(page).filter(
      ({ tag, attributes }) => tag === 'th' && !attributes.includes('scope="col"'),
    );
    expect(headings).toEqual([]);
    for (const picture of page.match(/<svg role="img".*?<\/svg>/gs) ?? [])
      expect(picture).toMatch(/<title.*<desc/s);
    const pictures = page.match(/<svg role="img"/g)?.length ?? 0;
    const tables =
      page.match(new RegExp(`<summary>(?:${english.page.asTable}|${german.page.asTable})</summary>`, 'g'))
        ?.length ?? 0;
    expect(tables).toBe(pictures);
  });
});

describe('what strangers wrote', () => {
  const shape = (page: string): readonly string[] =>
    tagsOf(page).map(({ tag, attributes }) => `${tag} ${attributes.replace(/"[^"]*"/g, '""')}`);

  test('makes no element and no attribute, whatever it is', () => {
    const allowed = new Set([
      ...shape(renderReportPage(aFullSummary(), english, options)).map((line) => line.split(' ')[0]),
      ...['a', 'code', 'pre', 'br', 'strong', 'em', 'li', 'ul'],
    ]);
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const page = renderReportPage(
          aFullSummary((what) => `${what}${hostile}`),
          english,
          options,
        );
        expect(page.match(/<script/g)).toHaveLength(1);
        const tags = tagsOf(page);
        expect(tags.filter(({ tag }) => !allowed.has(tag))).toEqual([]);
        const acts = /\s(?:on[a-z]+|style|src|formaction)=/i;
        expect(tags.filter(({ attributes }) => acts.test(attributes))).toEqual([]);
        expect(valuesOf(page, 'href').filter((address) => !/^(?:#|https?:\/\/)/.test(address))).toEqual([]);
      }),
      { numRuns: runs(150) },
    );
  });

  test('cannot close the style or the script', () => {
    const page = renderReportPage(
      aFullSummary(() => '</script></style><script>alert(1)</script>'),
      english,
      options,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
  });
});

const stack = Array.from(
  { length: 14 },
  (_, n) => `    at Checkout.total${n} (/builds/shop/web/src/checkout/total-${n}.ts:${n + 10}:${n + 3})`,
).join('\n');

/**
 * 20,000 of 200,000 tests by name, so many of them failing, each of another cause, the first with a stack of its own.
 */
function withLongFailures(failing: number, first = stack): Summary {
  const cases = Array.from({ length: 20_000 }, (_, n) => {
    const same = { id: `t${n}`, name: `adds item ${n}`, className: `shop.Module${n % 997}` };
    if (n >= failing) return aTestCase(same);
    const message = `expected ${n} to be ${n + 1}`;
    return aFailedTest({
      ...same,
      failure: { message, type: 'AssertionError', details: n === 0 ? first : stack },
    });
  });
  const some = aTestsReport({ cases });
  const totals = { ...some.totals, total: 200_000, passed: some.totals.passed + 180_000 };
  return aSummary({ tests: { ...some, totals, omittedCases: 180_000 } });
}

function sectionOf(page: string, id: string): string {
  return /^.*?(?=<section |<\/main>)/s.exec(page.split(`<section id="${id}"`)[1] ?? '')?.[0] ?? '';
}

/** What the list of tests says that it failed, an item each. */
function failedItems(page: string): readonly string[] {
  const lists = page.match(/<ul class="failed">.*?<\/ul>/gs) ?? [];
  return lists.flatMap((list) => list.match(/<li>.*?<\/li>/gs) ?? []);
}

describe('many failures', () => {
  test.each([
    {
      words: english,
      summary: withLongFailures(2_500),
      verdict: '2,500 of 200,000 tests fail',
      more: '2,000 more are counted here.',
      said: 'Not every failure fits on this page: it shows at most 500 of each kind in full and counts the others. The list of tests names them while there is room. herald-report.md shows up to 5,000 in full, and the report files have all.',
    },
    {
      words: german,
      summary: withLongFailures(2_500),
      verdict: '2.500 von 200.000 Tests schlagen fehl',
      more: '2.000 weitere sind hier nur gezählt.',
      said: 'Nicht jeder Fehler passt auf diese Seite: sie zeigt von jeder Art höchstens 500 ganz und zählt die anderen. Die Liste der Tests nennt sie, solange Platz ist. herald-report.md zeigt bis zu 5.000 ganz, und die Reportdateien haben alle.',
    },
  ])('2,500 of 200,000 in $words.tag: less than 2 MB, each by name, and the others counted', (told) => {
    const page = renderReportPage(told.summary, told.words, options);
    const action = textOf(sectionOf(page, 'action'));
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(failedItems(page)).toHaveLength(2_500);
    expect(new Set(action.match(/adds item \d+/g)).size).toBe(500);
    expect(action).toContain(told.said);
    expect(action).toContain(told.more);
    expect(textOf(/<h1>.*?<\/h1>/s.exec(page)?.[0] ?? '')).toContain(told.verdict);
  });

  test('20,000 of which the first alone does not fit in full are counted', () => {
    const long = Array.from({ length: 20 }, () => '<'.repeat(15_000)).join('\n');
    const page = renderReportPage(withLongFailures(20_000, long), english, { ...options, maxDetails: 20 });
    const action = textOf(sectionOf(page, 'action'));
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    const counts = [...page.matchAll(/([\d,]+) (?:tests are listed|failed, 180,000 passed)/g)];
    expect(counts.reduce((sum, [, count = '']) => sum + Number(count.replace(',', '')), 0)).toBe(20_000);
    expect(action).toContain('Not every failure fits on this page: it counts them.');
    expect(action).toContain('20,000 more are counted here.');
    expect(textOf(/<h1>.*?<\/h1>/s.exec(page)?.[0] ?? '')).toContain('20,000 of 200,000 tests fail');
  });

  test('say nothing of room where all have it', () => {
    const page = renderReportPage(withLongFailures(300), english, options);
    expect(page).not.toContain('Not every failure fits');
    expect(new Set(sectionOf(page, 'action').match(/adds item \d+/g)).size).toBe(300);
  });
});

describe('many tests', () => {
  test('20,000 are a page of less than 2 MB, all of them in it, and few elements', () => {
    const page = renderReportPage(aSummaryOf(20_000), english, options);
    const names = page.match(/handles case \d+ of/g) ?? [];
    expect(new Set(names).size).toBe(20_000);
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    // A fold of its own for each class would be half as many again, and double the time that a browser works.
    expect(tagsOf(page).length).toBeLessThan(10_500);
    expect(page.match(/<details/g)?.length).toBeLessThan(200);
  });

  test.each([english, german])(
    '20,000 with 500 long failures, as in the bench, are a page of less than 2 MB in $tag, all of them in it',
    (words) => {
      const frames = Array.from(
        { length: 14 },
        (_, n) =>
          `    at Checkout.total${n} (/builds/shop/web/src/checkout/total-${n}.ts:${n + 10}:${n + 3})`,
      );
      const cases = Array.from({ length: 20_000 }, (_, n) => {
        const name = `adds item ${n} <${n % 13}> & rounds`;
        const same = {
          id: `t${n}`,
          name,
          className: `shop.checkout.Module${n % 997}`,
          durationSeconds: (n % 1_000) / 1_000,
        };
        if (n % 50 > 1 || (n % 50 === 1 && n % 200 !== 1)) return aTestCase(same);
        const message = n % 200 === 1 ? 'socket closed' : `expected ${n} to be ${n + 1}`;
        const details = [`AssertionError: ${message}`, ...frames].join('\n');
        return aFailedTest({ ...same, failure: { message, type: 'AssertionError', details } });
      });
      const page = renderReportPage(aSummary({ tests: aTestsReport({ cases }) }), words, {
        ...options,
        maxDetails: 500,
      });
      expect(failedItems(page)).toHaveLength(500);
      expect(new Set(page.match(/adds item \d+ /g)).size).toBe(20_000);
      expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
      expect(page.match(/[^\u0000-\u00FF]/gu)).toBeNull();
    },
  );

  test('20,000 in Chinese take no more than 2 MB, in UTF-8 as they are', () => {
    const cases = Array.from({ length: 20_000 }, (_, n) =>
      aTestCase({
        id: `t${n}`,
        className: `结账${n % 40}`,
        name: `${n} 顾客使用过期优惠券时会看到错误信息`.repeat(2),
      }),
    );
    const page = renderReportPage(aSummary({ tests: aTestsReport({ cases }) }), english, options);
    expect(page.match(/顾客使用/g)?.length).toBeGreaterThan(30_000);
    expect(page.match(/&#\d{4,}/g)).toBeNull();
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  });

  test.each([
    ['in many suites', (n: number) => ({ className: `suite ${n % 9_000}`, name: `${n} ${'a'.repeat(120)}` })],
    ['with names of signs', (n: number) => ({ className: `${n % 40}`, name: `${n}${'"/&_'.repeat(249)}` })],
    [
      'with a few signs beyond ASCII',
      (n: number) => ({ className: `${n % 40}`, name: `${n} ${n % 6 === 0 ? '→' : '>'} ${'a'.repeat(150)}` }),
    ],
    ['in suites of signs', (n: number) => ({ className: `${n}${'"/&_'.repeat(120)}`, name: `${n}` })],
  ])('%s, they fill the page and no more', (_title, name) => {
    const cases = Array.from({ length: 20_000 }, (_, n) =>
      n % 3 === 0
        ? aFailedTest({ id: `t${n}`, durationSeconds: n, ...name(n) })
        : aTestCase({
            id: `t${n}`,
            outcome: n % 3 === 1 ? 'skipped' : 'passed',
            durationSeconds: n,
            ...name(n),
          }),
    );
    const page = renderReportPage(aSummary({ tests: aTestsReport({ cases }) }), english, options);
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(Buffer.byteLength(page)).toBeGreaterThan(1_850_000);
  });

  test('skipped ones that no report keeps are counted as skipped', () => {
    const some = aTestsReport({
      cases: [aFailedTest({ id: 'f' }), aTestCase({ id: 's', outcome: 'skipped' })],
    });
    const totals = { ...some.totals, total: 100, skipped: 41, passed: 58 };
    const tests = { ...some, totals, omittedCases: 98 };
    const page = renderReportPage(aSummary({ tests }), english, options);
    expect(page).toContain('2 tests are listed. Counted, but not listed: 40 skipped, 58 passed.');
  });

  test('200,000 are cut, with a count and the files that have the rest', () => {
    const some = aSummaryOf(20_000).tests;
    if (some === null) throw new Error('the summary has tests');
    const tests = {
      ...some,
      totals: { ...some.totals, total: 200_000, passed: some.totals.passed + 180_000 },
      omittedCases: 180_000,
    };
    const page = renderReportPage(aSummary({ tests }), english, options);
    expect(page).toContain(
      '20,000 tests are listed. Counted, but not listed: 180,000 passed. The report files have all tests: reports/junit.xml.',
    );
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  });

  test('what failed is listed before what passed, and what is cut of it is said to have failed', () => {
    const passed = Array.from({ length: 9_000 }, (_, n) => aTestCase({ id: `p${n}`, name: `passes ${n}` }));
    const failed = Array.from({ length: 9_000 }, (_, n) =>
      aFailedTest({ id: `f${n}`, name: `fails ${n} ${'of many '.repeat(30)}` }),
    );
    const page = renderReportPage(
      aSummary({ tests: aTestsReport({ cases: [...passed, ...failed] }) }),
      english,
      { ...options, maxDetails: 10 },
    );
    const [, listed = '', cut = ''] =
      /([\d,]+) tests are listed\. Counted, but not listed: ([\d,]+) failed, 9,000 passed\./.exec(page) ?? [];
    const count = (text: string): number => Number(text.replace(',', ''));
    expect(count(listed) + count(cut)).toBe(9_000);
    expect(failedItems(page)).toHaveLength(count(listed));
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  });

  test('suites beyond the first thirty are behind one fold, those in which every test passed behind another', () => {
    const page = renderReportPage(aSummaryOf(20_000), english, options);
    const titles = [...page.matchAll(/<details class="others[^"]*"><summary>(.*?)<\/summary>/g)].map(
      ([, title]) => title,
    );
    expect(titles).toEqual([
      '70 more suites (70 failed, 490 passed)',
      '2,700 suites in which every test passed (19,200 passed)',
    ]);
    expect(renderReportPage(aFullSummary(), english, options)).not.toContain('class="others');
  });
});

test('of a large page a browser lays out the first section, the others when a reader comes near or prints', () => {
  const kinds = (page: string): readonly string[] =>
    tagsOf(page).flatMap(({ tag, attributes }) =>
      tag === 'section' ? (/ class="(.*?)"/.exec(attributes)?.[1] ?? 'at once') : [],
    );
  const [first, ...others] = kinds(renderReportPage(aSummaryOf(20_000), english, options));
  expect(first).toBe('at once');
  expect(others.length).toBeGreaterThan(1);
  expect(new Set(others)).toEqual(new Set(['far']));
  expect(new Set(kinds(renderReportPage(aFullSummary(), english, options)))).toEqual(new Set(['at once']));
  const [screen, print] = reportStyle.split('@media print');
  expect(screen).toMatch(/\.far,[^{]*\{content-visibility:auto/);
  expect(print).toMatch(/^\{\.far,[^{]*\{content-visibility:visible/);
});

describe('what a reader sees first', () => {
  const page = renderReportPage(aFullSummary(), english, options);

  test('project, merge request, commit, pipeline and date are above everything else', () => {
    const facts = textOf(page.slice(0, page.indexOf('<nav')));
    for (const fact of [
      'shop/checkout',
      '!17 Take vouchers at the till',
      '4f2b9c1d',
      '1001',
      '2026-03-04 10:00',
    ])
      expect(facts).toContain(fact);
  });

  test('failed tests come before the table of checks', () => {
    expect(page.indexOf('id="action"')).toBeLessThan(page.indexOf('id="checks"'));
    expect(page.indexOf('id="action"')).toBeGreaterThan(0);
    expect(page.slice(page.indexOf('id="action"'))).toMatch(/^[^]*?New failures[^]*?id="checks"/);
  });

  test('a trend has its values with units, its days, and a ring for this pipeline', () => {
    const coverage = /<figure class="trend">.*?<\/figure>/s.exec(page)?.[0] ?? '';
    const marks = [...coverage.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => textOf(text));
    expect(marks).toContain('80.0\u00A0%');
    expect(marks).toEqual(expect.arrayContaining(['03-01', '03-12']));
    expect(coverage).toContain('<circle class="own"');
    expect(textOf(coverage)).toMatch(/this pipeline: \d+\.\d\u00A0%/);
  });

  test('counts have their words, and bars a column of their own', () => {
    expect(page).toContain('1 failed, 1 flaky');
    expect(page).toMatch(/class="dim counts">[\d,]+ of [\d,]+ lines</);
    expect(textOf(page)).not.toMatch(/\d\/\d+ lines/);
  });

  test('the slowest test is the first of its table', () => {
    const cases = [0.1, 9, 3].map((durationSeconds, n) =>
      aTestCase({ id: String(n), name: `takes ${durationSeconds}`, className: `Suite${n}`, durationSeconds }),
    );
    const slow = renderReportPage(aSummary({ tests: aTestsReport({ cases }) }), english, options);
    const rows = [...slow.slice(slow.indexOf('id="slowest"')).matchAll(/<tr><td><code[^>]*>(.*?)<\/code>/g)];
    expect(rows.map(([, name]) => name)).toEqual([
      'takes 9',
      'takes 3',
      'takes 0.1',
      'Suite1',
      'Suite2',
      'Suite0',
    ]);
  });
});

test('every number has its unit on the same line, and long words in cells say where they may break', () => {
  for (const { page } of pages) expect(textOf(page)).not.toMatch(/\d (?:%|pp|kB|MB|ms|min)(?![\p{L}\p{N}])/u);
  const long = `src/${'deep/'.repeat(9)}${'x'.repeat(50)}.ts`;
  const page = renderReportPage(
    aSummary({ tests: aTestsReport({ cases: [aFailedTest({ name: long })] }) }),
    english,
    options,
  );
  const name = /<ul class="failed">.*?<code dir="auto">(.*?)<\/code>/.exec(page)?.[1] ?? '';
  expect(name.split('<wbr>').join('')).toBe(long);
  expect(Math.max(...name.split('<wbr>').map(({ length }) => length))).toBeLessThanOrEqual(25);
});
