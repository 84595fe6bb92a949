/**
 * Draws the pictures of docs/images/, light and dark, from what Herald makes today: the comment and the page of the
 * demo, and the comment of a clean pipeline. GitLab's own parser (comrak) makes HTML of the comments.
 *
 *   npm run images                  draws; needs Chromium (CHROMIUM, default /usr/bin/chromium)
 *   node tools/images.mjs --check   compares what would be drawn with docs/images/drawn.json; needs no browser
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { markdownToHTML } from 'comrak';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const images = join(root, 'docs/images');
const record = join(images, 'drawn.json');
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const maxBytes = 150_000;

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
];

/** Runs Herald from its source, so that pictures need no built `dist/`. */
async function bundled(folder) {
  const outdir = join(folder, 'bundle');
  await build({
    absWorkingDir: root,
    entryPoints: { herald: 'src/main.ts', preview: 'src/render/html/preview-page.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as heraldRequire } from 'node:module'; const require = heraldRequire(import.meta.url);",
    },
  });
  return outdir;
}

/** What changes with every run without a difference to the reader: the port of the demo's GitLab, and the time. */
function steady(text) {
  return text
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://gitlab.example.com')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-03-04T10:00:00Z')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, '2026-03-04 10:00')
    .replace(/(<text [^>]*>)\d\d-\d\d(?=<)/g, '$103-04')
    .replace(/^<!-- .*? -->\n+/, '');
}

/** A comment as GitLab shows it. */
function commentPage(markdown, renderPreviewPage) {
  const html = markdownToHTML(markdown, {
    extension: { table: true, strikethrough: true, autolink: true, tasklist: true },
    render: { unsafe: true },
  });
  const [before, after] = renderPreviewPage([], 'en').split('<main>');
  return `${before.replace('</style>', 'body>header{display:none}table{margin-bottom:.75rem}</style>')}<main>${html}${after}`;
}

async function pagesOf(folder) {
  const bundle = await bundled(folder);
  const { renderPreviewPage } = await import(pathToFileURL(join(bundle, 'preview.mjs')).href);
  execFileSync(process.execPath, [join(bundle, 'herald.mjs'), 'demo', '--output', 'made'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const made = (name) => steady(readFileSync(join(folder, 'made', name), 'utf8'));
  const green = readFileSync(join(root, 'test/render/golden/all-green.golden.md'), 'utf8');
  return {
    'comment-new-failures': { page: commentPage(made('comment.md'), renderPreviewPage), size: [1000, 1060] },
    'comment-all-green': { page: commentPage(green, renderPreviewPage), size: [1000, 330] },
    report: { page: made('herald-report.html'), size: [1100, 1080] },
  };
}

function digestsOf(pages) {
  return Object.fromEntries(
    Object.entries(pages).map(([name, { page, size }]) => [
      name,
      createHash('sha256')
        .update(`${size.join('x')}\n${page}`)
        .digest('hex'),
    ]),
  );
}

function draw(name, { page, size }, folder) {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, page);
  for (const [theme, setting] of [
    ['light', 1],
    ['dark', 0],
  ]) {
    const picture = join(images, `${name}-${theme}.png`);
    const profile = mkdtempSync(join(folder, 'profile-'));
    execFileSync(
      chromium,
      [
        ...quiet,
        `--user-data-dir=${profile}`,
        `--blink-settings=preferredColorScheme=${setting}`,
        `--window-size=${size.join(',')}`,
        `--screenshot=${picture}`,
        pathToFileURL(file).href,
      ],
      { stdio: 'ignore', timeout: 60_000 },
    );
    const bytes = statSync(picture).size;
    console.log(`docs/images/${name}-${theme}.png: ${Math.round(bytes / 1000)} kB`);
    if (bytes > maxBytes) throw new Error(`${picture} has more than ${maxBytes / 1000} kB: make it smaller`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'herald-images-'));
try {
  const pages = await pagesOf(folder);
  const digests = `${JSON.stringify(digestsOf(pages), null, 2)}\n`;
  if (process.argv.includes('--check')) {
    if (!existsSync(record) || readFileSync(record, 'utf8') !== digests) {
      console.error('docs/images/ does not show what Herald makes today: run npm run images');
      process.exitCode = 1;
    }
  } else if (existsSync(chromium)) {
    for (const [name, picture] of Object.entries(pages)) draw(name, picture, folder);
    writeFileSync(record, digests);
  } else console.log(`images: skipped, because there is no Chromium at ${chromium}`);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
