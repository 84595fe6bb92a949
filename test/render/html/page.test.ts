import { describe, expect, test } from 'vitest';
import { code, codeBlock, details, link, list, paragraph, text } from '../../../src/model/document.ts';
import { renderHtml } from '../../../src/render/html/document.ts';
import { renderPage } from '../../../src/render/html/page.ts';

describe('the HTML fragment', () => {
  test('shows text as it is and lets it be no HTML', () => {
    expect(renderHtml([paragraph(text('<b> & "x"'), code('</code>'))])).toBe(
      '<p>&lt;b> &amp; "x"<code dir="auto">&lt;/code></code></p>',
    );
  });

  test.each(['javascript:alert(1)', 'data:text/html,<script>', ' vbscript:x'])(
    'drops the address %s',
    (url) => {
      expect(renderHtml([paragraph(link(url, text('words')))])).toBe('<p>words</p>');
    },
  );

  test('a quote in an address cannot leave its attribute', () => {
    expect(renderHtml([paragraph(link('https://a.b/"onclick="x', text('y')))])).toBe(
      '<p><a href="https://a.b/%22onclick=%22x">y</a></p>',
    );
  });

  test('folded parts open without scripts, and long code can be scrolled by keyboard', () => {
    const html = renderHtml([details([text('More')], [codeBlock('x')]), list([paragraph(text('y'))])]);
    expect(html).toContain('<details><summary>More</summary>');
    expect(html).toContain('<pre dir="auto" tabindex="0"><code>x</code></pre>');
    expect(html).toContain('<li>y</li>');
  });
});

describe('the page', () => {
  const page = renderPage([paragraph(text('x'))], { title: '<Herald>', language: 'en' });

  test('needs nothing else: no script, nothing fetched, and a policy that says so', () => {
    expect(page).not.toMatch(/<script|<link|src=|@import|url\(/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('says its language and title, and fits light, dark and narrow screens', () => {
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('<title>&lt;Herald&gt;</title>');
    expect(page).toContain('prefers-color-scheme:dark');
    expect(page).toContain('width=device-width');
  });
});
