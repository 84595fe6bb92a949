/** Checks the built site: every link leads to a page and a heading of it, and no page loads anything from elsewhere. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import site from './.vitepress/config.mjs';

const folder = fileURLToPath(new URL('public', import.meta.url));
const files = readdirSync(folder, { recursive: true }).filter((name) =>
  statSync(join(folder, name)).isFile(),
);
const pages = new Map(
  files
    .filter((name) => name.endsWith('.html'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
);
const problems = [];

/** The file of the site that an address names; null where there is none. */
function fileOf(address) {
  const path = decodeURI(address.slice(site.base.length));
  const names = path === '' || path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`];
  return names.find((name) => existsSync(join(folder, name))) ?? null;
}

function checkLink(name, link) {
  const [address, anchor = ''] = link.split('#');
  const file = address === '' ? name : address.startsWith(site.base) ? fileOf(address) : null;
  if (file === null) problems.push(`${name}: ${link}: no such page`);
  else if (anchor !== '' && pages.has(file) && !pages.get(file).includes(`id="${decodeURI(anchor)}"`))
    problems.push(`${name}: ${link}: no such heading`);
}

/** What a browser fetches by itself: an address of another host, or one that begins with that of a scheme. */
const isElsewhere = (address) => /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(address);

for (const [name, html] of pages) {
  if (!html.includes('http-equiv="Content-Security-Policy"'))
    problems.push(`${name}: no content security policy`);
  for (const [, tag, address] of html.matchAll(
    /<(a|link|script|img|source|iframe)\b[^>]*?\s(?:href|src)="([^"]*)"/g,
  )) {
    if (!isElsewhere(address) && !/^(?:mailto|data):/.test(address)) checkLink(name, address);
    else if (tag !== 'a' && isElsewhere(address)) problems.push(`${name}: loads ${address}`);
  }
}
for (const name of files.filter((file) => file.endsWith('.css')))
  for (const [, address] of readFileSync(join(folder, name), 'utf8').matchAll(
    /(?:url\(|@import )["']?([^"')]+)/g,
  ))
    if (isElsewhere(address)) problems.push(`${name}: loads ${address}`);

console.log(`${pages.size} pages, ${problems.length} problems`);
for (const problem of new Set(problems)) console.error(problem);
if (pages.size < 30 || problems.length > 0) process.exitCode = 1;
