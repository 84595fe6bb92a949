import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { addressOf, anchorOf, isDownload, stage, targetOf } from '../pages.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { CI_COMMIT_SHA, CI_PAGES_URL, CI_PROJECT_URL } = process.env;

/** Vite finds packages only from below this folder, so that the pages are copied to it. */
const files = stage(root, fileURLToPath(new URL('pages', import.meta.url)));

/** GitLab Pages serves a project below a path, or on a host of its own. */
const base = CI_PAGES_URL === undefined ? '/' : new URL(`${CI_PAGES_URL}/`).pathname;

/** The browser refuses what would leave the site, whatever a page or the theme asks for. */
const policy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

/** Where GitLab shows the files that the site does not have; null where nobody says which project this is. */
const repository =
  CI_PROJECT_URL === undefined ? null : `${CI_PROJECT_URL}/-/tree/${CI_COMMIT_SHA ?? 'HEAD'}`;

/** The groups of docs/README.md are those of the sidebar. */
function sidebar() {
  const [, ...groups] = readFileSync(join(root, 'docs/README.md'), 'utf8').split(/^## /m);
  return groups.map((group) => ({
    text: group.split('\n', 1)[0],
    items: [...group.matchAll(/^- \[([^\]]+)\]\(([^)#]+\.md)\)/gm)].map(([, text, link]) => ({
      text: text.replaceAll('`', ''),
      link: `/${addressOf(targetOf('docs/README.md', link).path)}`,
    })),
  }));
}

function decisions() {
  const titleOf = (name) =>
    /^# (.+)$/m.exec(readFileSync(join(root, 'docs/decisions', name), 'utf8'))?.[1] ?? name;
  const names = readdirSync(join(root, 'docs/decisions')).filter((name) => name.endsWith('.md'));
  const items = names.map((name) => ({ text: titleOf(name), link: `/decisions/${name}` }));
  return { text: 'Decisions', items };
}

/** Makes a link to a file of the project one to a page of the site, or to GitLab, or text. */
function follow(page, link) {
  const target = targetOf(page, link.attrGet('href'));
  if (target === null) return;
  const address = addressOf(target.path);
  const isPage = address !== null && !isDownload(target.path);
  // The base is added to links between pages only.
  if (isPage) link.attrSet('href', `/${address}${target.rest}`);
  else if (address !== null) link.attrSet('href', `${base}${address}`);
  else if (repository !== null) link.attrSet('href', `${repository}/${target.path}${target.rest}`);
  else Object.assign(link, { tag: 'span', attrs: [] });
  // Without a target the site's router would look for a page.
  if (isDownload(target.path)) link.attrSet('target', '_blank');
}

/** Pages are written for GitLab's Markdown, and for nothing else. */
function readAsGitLabDoes(markdown) {
  const { rules } = markdown.renderer;
  // Braces of a tool's templates are text, not an expression of the site.
  for (const name of ['text', 'code_inline']) {
    const rule = rules[name];
    rules[name] = (...args) => rule(...args).replaceAll('{{', '&#123;&#123;');
  }
  markdown.core.ruler.push('links-between-files', ({ tokens, env }) => {
    const page = files.get(env.relativePath);
    if (page === undefined) return;
    for (const { children } of tokens) {
      let open = null;
      for (const token of children ?? []) {
        if (token.type === 'link_open') follow(page, (open = token));
        if (token.type === 'link_close') token.tag = open.tag;
      }
    }
  });
}

export default defineConfig({
  title: 'Herald',
  description: 'Herald tells everyone on a merge request what its pipeline found.',
  lang: 'en',
  base,
  head: [
    ['meta', { 'http-equiv': 'Content-Security-Policy', content: policy }],
    // No picture in the tab, and no request for one.
    ['link', { rel: 'icon', href: 'data:,' }],
  ],
  srcDir: '.vitepress/pages',
  outDir: 'public',
  markdown: {
    anchor: { slugify: anchorOf },
    config: readAsGitLabDoes,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  transformPageData({ relativePath, frontmatter }) {
    // Tables of the reference need the width.
    if (/^(?:reference\/|formats\.md|CHANGELOG\.md|compare\.md)/.test(relativePath))
      frontmatter.aside = false;
  },
  themeConfig: {
    nav: [
      { text: 'Guides', link: '/guides/' },
      { text: 'Options', link: '/reference/options' },
      { text: 'Report formats', link: '/formats' },
    ],
    sidebar: [...sidebar(), decisions()],
    outline: [2, 3],
    // Its index is a part of the site: a search sends nothing to anybody.
    search: { provider: 'local' },
  },
});
