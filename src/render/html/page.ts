import type { Document } from '../../model/document.ts';
import { escapeHtml } from '../markdown/inline-html.ts';
import { visibleLine } from '../words/visible-text.ts';
import { renderHtml } from './document.ts';

/**
 * Colours, type and tables of every page. A browser looks for each font by name, in each weight, before it lays out
 * anything: the lists have no name whose font the system's own is anyway.
 */
export const pageStyle = `
:root{color-scheme:light dark;--text:#1f1e24;--dim:#626168;--line:#dcdcde;--soft:#f6f6f8;--link:#0b5cad;--back:#fff}
@media (prefers-color-scheme:dark){:root{--text:#ececef;--dim:#a4a3a8;--line:#434248;--soft:#28272d;--link:#7fb6ed;--back:#1f1e24}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
h1,h2,h3,h4{line-height:1.25;margin:1.6em 0 .6em}h1{font-size:1.6rem}h2{font-size:1.3rem}h3{font-size:1.15rem}
h1:first-child,h2:first-child,h3:first-child{margin-top:0}
a{color:var(--link)}
code,pre{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.875em}
code{background:var(--soft);border-radius:.25rem;padding:.1em .3em;overflow-wrap:anywhere}td code{overflow-wrap:break-word}
pre{background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.75rem 1rem;overflow-x:auto;line-height:1.45}
pre code{background:none;padding:0;font-size:inherit;overflow-wrap:normal}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.45rem .75rem .45rem 0;text-align:left;vertical-align:top}
th{color:var(--dim);font-weight:600}.right{text-align:right;font-variant-numeric:tabular-nums}.center{text-align:center}
details{border:1px solid var(--line);border-radius:.4rem;margin:.6rem 0;padding:0 1rem}
summary{cursor:pointer;margin:0 -1rem;padding:.6rem 1rem;overflow-wrap:anywhere}details[open]>summary{border-bottom:1px solid var(--line)}
summary:focus-visible,a:focus-visible,pre:focus-visible,.table:focus-visible{outline:2px solid var(--link);outline-offset:2px}
footer,em{color:var(--dim)}
`.trim();

export interface PageTexts {
  readonly title: string;
  /** BCP 47, of the page's own words. */
  readonly language: string;
}

/**
 * A page of its own: style inside, no script, nothing fetched, so that it works as an artifact under GitLab's
 * content-security rules. The body and the style are markup, written as they are.
 */
export function scriptlessPage(
  { title, language }: PageTexts,
  { style, body }: { readonly style: string; readonly body: string },
): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(visibleLine(title))}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** A document as such a page; light and dark by the reader's setting. */
export function renderPage(document: Document, texts: PageTexts): string {
  return scriptlessPage(texts, { style: pageStyle, body: `<main>\n${renderHtml(document)}\n</main>` });
}
