import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderReportPage } from '../../../src/render/html/report-page.ts';
import { searchScript } from '../../../src/render/html/report-style.ts';
import { english } from '../../../src/render/words/english.ts';
import { german } from '../../../src/render/words/german.ts';
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
    expect(page.match(/<script/g)).toHaveLength(1);
    const fetching = new Set(['link', 'img', 'iframe', 'object', 'embed', 'base', 'form']);
    expect(tagsOf(page).filter(({ tag }) => fetching.has(tag))).toEqual([]);
    expect(/<style>(.*?)<\/style>/s.exec(page)?.[1]).not.toMatch(/url\(|@import/);
    expect(tagsOf(page).filter(({ attributes }) => /\s(?:on[a-z]+|style|src)=/i.test(attributes))).toEqual(
      [],
    );
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
    const allowed = new Set(
      shape(renderReportPage(aFullSummary(), english, options)).map((line) => line.split(' ')[0]),
    );
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const page = renderReportPage(
          aFullSummary((what) => `${what}${hostile}`),
          english,
          options,
        );
        expect(page.match(/<script/g)).toHaveLength(1);
        for (const { tag, attributes } of tagsOf(page)) {
          expect([...allowed, 'a', 'code', 'pre', 'br', 'strong', 'em', 'li', 'ul']).toContain(tag);
          expect(attributes).not.toMatch(/\s(?:on[a-z]+|style|src|formaction)=/i);
        }
        for (const address of valuesOf(page, 'href')) expect(address).toMatch(/^(?:#|https?:\/\/)/);
      }),
      { numRuns: 150 },
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

test('20,000 tests are a page of a few megabytes, all of them in it', () => {
  const page = renderReportPage(aSummaryOf(20_000), english, options);
  expect(page.match(/handles case \d+ of/g)?.length).toBeGreaterThanOrEqual(20_000);
  expect(page.length).toBeLessThan(6_000_000);
});
