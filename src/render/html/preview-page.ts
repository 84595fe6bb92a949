import type { Document } from '../../model/document.ts';
import { renderHtml } from './document.ts';
import { scriptlessPage } from './page.ts';

/** Colours of GitLab's light and dark themes, as its comments have them. */
const light =
  '--text:#3a383f;--strong:#18171d;--dim:#626168;--line:#dcdcde;--soft:#ececef;--link:#0b5cad;--back:#fff;--frame:#fff';
const dark =
  '--text:#dcdcde;--strong:#ececef;--dim:#a4a3a8;--line:#4c4b51;--soft:#3a383f;--link:#63a6e9;--back:#18171d;--frame:#28272d';

const style = `
:root{color-scheme:light;${light}}
html:has(#theme:checked){color-scheme:dark;${dark}}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;${dark}}html:has(#theme:checked){color-scheme:light;${light}}}
*{box-sizing:border-box}
body{margin:0;padding:1rem;background:var(--back);color:var(--text);font:14px/1.5 "GitLab Sans",-apple-system,system-ui,"Segoe UI",Roboto,"Noto Sans",Ubuntu,Cantarell,"Helvetica Neue",sans-serif}
header,article{max-width:62rem;margin:0 auto}header{color:var(--dim);display:flex;gap:1rem;justify-content:space-between;padding:0 0 .75rem}
article{background:var(--frame);border:1px solid var(--line);border-radius:.25rem;padding:.5rem 1rem 1rem}
article>p.author{color:var(--dim);margin:.25rem 0 .75rem}article>p.author strong{color:var(--strong)}
h1,h2,h3,h4{color:var(--strong);font-weight:600;line-height:1.3;margin:1.2rem 0 .75rem}h3{font-size:1.25em}h4{font-size:1.1em}
main>:first-child{margin-top:0}p,ul,ol,details,.table,pre{margin:0 0 .75rem}li>p{margin:0}
a{color:var(--link)}strong{color:var(--strong)}
code,pre{font-family:"GitLab Mono","JetBrains Mono",Menlo,"DejaVu Sans Mono","Liberation Mono",Consolas,monospace;font-size:.9em}
code{background:var(--soft);border-radius:.25rem;padding:.1em .3em;overflow-wrap:anywhere}td code{overflow-wrap:break-word}
pre{border:1px solid var(--line);border-radius:.25rem;padding:.5rem .75rem;overflow-x:auto;background:var(--back)}pre code{background:none;padding:0}
.table{overflow-x:auto}table{border-collapse:collapse}th,td{border:1px solid var(--line);padding:.5rem .75rem;text-align:left;vertical-align:top}
th{color:var(--strong);border-bottom-width:2px}.right{text-align:right}.center{text-align:center}
summary{cursor:pointer;overflow-wrap:anywhere}details[open]>summary{margin-bottom:.5rem}
blockquote{border-left:3px solid var(--line);color:var(--dim);margin:0 0 .75rem;padding-left:1rem}
label{cursor:pointer}:focus-visible{outline:2px solid var(--link);outline-offset:2px}
`.trim();

/**
 * The comment as a merge request would show it, in a page of its own: no script, nothing fetched, both of GitLab's
 * themes.
 */
export function renderPreviewPage(comment: Document, language: string): string {
  const body = `<header><span>Preview: what Herald would write on a merge request</span><label><input type="checkbox" id="theme"> other theme</label></header>
<article>
<p class="author"><strong>herald</strong> · just now</p>
<main>
${renderHtml(comment)}
</main>
</article>`;
  return scriptlessPage({ title: 'Herald: preview of the comment', language }, { style, body });
}
