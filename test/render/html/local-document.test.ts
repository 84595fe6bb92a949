import { expect, test } from 'vitest';
import {
  code,
  type Document,
  details,
  emphasis,
  image,
  link,
  list,
  paragraph,
  text,
} from '../../../src/model/document.ts';
import { renderHtml } from '../../../src/render/html/document.ts';
import { localDocument, localPage } from '../../../src/render/html/local-document.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';

const server = 'http://127.0.0.1:8080';
const report = `${server}/shop/-/jobs/1/artifacts/file/herald-report.html`;
const job = link(`${server}/shop/-/jobs/1`, code('unit'));

const comment: Document = [
  paragraph(job, text(' at '), emphasis(link(report, text('full report')))),
  details([job], [list([paragraph(job, link('https://wiki.example.com/', text('rule')))])]),
  { kind: 'table', columns: [{ title: [text('Job')], align: 'left' }], rows: [[[job]]] },
  paragraph(image(`${server}/shop/-/jobs/1/artifacts/raw/till.png`, 'till.png')),
  paragraph(link('http://127.0.0.1:80800/', text('another server'))),
];

test('links to a server that is gone become words, the full report the file beside, other links stay', () => {
  const html = renderHtml(localDocument(comment, { server, report }));
  const addresses = [...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses).toEqual(['herald-report.html', 'https://wiki.example.com/']);
  expect(html.match(/unit/g)).toHaveLength(4);
  expect(html).toContain('till.png');
});

test('in Markdown, which may be read elsewhere, the full report is words, too', () => {
  expect(renderMarkdown(localDocument(comment, { server, report }))).not.toContain('herald-report.html');
});

test('a page that is written already has the same links as a page of the changed document', () => {
  const from = { server: `${server}/a&b`, report: `${server}/a&b/herald-report.html` };
  const page = (links: readonly string[]): string =>
    renderHtml([paragraph(...links.map((url) => link(url, code('<a href="x">'), text('words'))))]);
  const html = page([
    from.server,
    `${from.server}/-/jobs/1`,
    from.report,
    `${server}/other`,
    'https://a.example/',
  ]);
  const kept = [`${server}/other`, 'https://a.example/'];
  const local = localPage(html, from);
  expect([...local.matchAll(/<a href="([^"&]*)"/g)].map(([, url]) => url)).toEqual([
    'herald-report.html',
    ...kept,
  ]);
  expect(local.match(/words/g)).toHaveLength(5);
});
