import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, codeBlock, details, link, paragraph, text } from '../../../src/model/document.ts';
import { asciiStyle, referenceBytes, withReferences } from '../../../src/render/html/character-references.ts';
import { renderPage } from '../../../src/render/html/page.ts';
import { runs } from '../../property-runs.ts';
import { htmlParts } from '../gitlab-view.ts';
import { hostileText } from '../hostile-text.ts';

const ascii = /^[\u0000-\u007F]*$/;

/** What a reader of HTML makes of a file: elements with their attributes, and each text between them as a whole. */
function read(page: string): readonly string[] {
  const found: string[] = [];
  let words = '';
  // A file has no half characters.
  for (const part of htmlParts(Buffer.from(page).toString())) {
    if (part.kind === 'text') words += part.text;
    else {
      found.push(words, JSON.stringify(part));
      words = '';
    }
  }
  return [...found, words];
}

function pageAbout(what: string): string {
  const document = [
    paragraph(text(what), code(what), link(`https://example.com/${what}?${what}#${what}`, text(what))),
    codeBlock(`${what}\n${what}`),
    details([text(what)], [paragraph(text(what))]),
  ];
  return renderPage(document, { title: what, language: 'en' });
}

describe('references to characters', () => {
  test('change nothing that a reader of HTML sees, whatever strangers wrote, and leave ASCII', () => {
    fc.assert(
      fc.property(hostileText, (what) => {
        const page = pageAbout(what);
        const written = withReferences(page);
        expect(written).toMatch(ascii);
        expect(read(written)).toEqual(read(page));
      }),
      { numRuns: runs(500) },
    );
  });

  test('mean the same for every character that markup can hold, half ones and C1 controls too', () => {
    const character = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.constantFrom(
        '\uD83D',
        '\uDE00',
        '\u0080',
        '\u0085',
        '\u009F',
        '\uFFFF',
        '\u2028',
        '\u202E',
        '😀',
        'é',
      ),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 8 }), (some) => {
        const words = some.join('').replace(/[&<>"\r\0]/g, '');
        const page = `<title>${words}</title><p title="${words}">${words}</p><pre>x${words}</pre>`;
        expect(read(withReferences(page))).toEqual(read(page));
      }),
      { numRuns: runs(2_000) },
    );
  });

  test('are one for each character, never for half of one', () => {
    expect(withReferences('<p>❌ ⏭️ 😀 91\u00A0% ⟨U+202E⟩</p>')).toBe(
      '<p>&#10060; &#9197;&#65039; &#128512; 91&#160;% &#10216;U+202E&#10217;</p>',
    );
  });

  test('add no more than their bound: a page in Chinese stays as it is', () => {
    const most = '中'.repeat(Math.floor(referenceBytes / 5));
    expect(withReferences(most)).toMatch(ascii);
    expect(Buffer.byteLength(withReferences(most))).toBeLessThanOrEqual(3 * most.length + referenceBytes);
    expect(withReferences(`${most}中`)).toBe(`${most}中`);
    const long = '结账测试'.repeat(100_000);
    expect(withReferences(long)).toBe(long);
  });

  test('a page full of umlauts keeps them, and stays in 8 bits a character', () => {
    const words = 'Prüfung für Käufe 9\u00A0ms – '.repeat(2_000);
    const written = withReferences(words);
    expect(written).toMatch(/^[\u0000-\u00FF]*$/);
    expect(written).toBe(words.replaceAll('–', '&#8211;'));
    expect(Buffer.byteLength(written)).toBeLessThanOrEqual(Buffer.byteLength(words) + referenceBytes);
  });
});

test('a style in ASCII has the same strings, also before a digit and a space', () => {
  expect(asciiStyle('a::before{content:"✕ ";content:"▸9"}')).toBe(
    'a::before{content:"\\2715  ";content:"\\25b8 9"}',
  );
});
