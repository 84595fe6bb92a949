/**
 * Which files of the project are pages of the site, and where links between them lead. Paths are from the root of the
 * project; addresses are from the root of the site.
 */
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const rootPages = ['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE.md', 'SECURITY.md'];

/** The start page of the site takes the place of the README. */
const moved = new Map([
  ['README.md', 'index.md'],
  ['docs/README.md', 'guides/index.md'],
]);

/** Files that the site has as they are. */
export const isDownload = (path) => /^docs\/(?:reference\/[^/]+\.json|examples\/.+\.yml)$/.test(path);

/** @returns {string | null} where the site has a file; null for a file that it does not have */
export function addressOf(path) {
  const address = moved.get(path);
  if (address !== undefined) return address;
  if (rootPages.includes(path)) return path;
  const isPage = path.startsWith('docs/') && !path.startsWith('docs/site/') && path.endsWith('.md');
  const isPicture = /^docs\/images\/.+\.png$/.test(path);
  return isPage || isPicture || isDownload(path) ? path.slice('docs/'.length) : null;
}

/**
 * The file that a relative link of a page names, and what follows the name; null for an address of another host and
 * for an anchor of the same page.
 */
export function targetOf(page, link) {
  if (/^(?:[a-z][a-z0-9+.-]*:|#|\/)/i.test(link)) return null;
  const [, file = '', rest = ''] = /^([^?#]*)(.*)$/.exec(link) ?? [];
  return { path: posix.join(posix.dirname(page), decodeURI(file)), rest };
}

/**
 * The anchor of a heading as GitLab makes it from 17.0 on, so that one link works there and on the site. Source:
 * https://docs.gitlab.com/user/markdown/#heading-ids-and-links
 */
export function anchorOf(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{Nd}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}

/**
 * Copies the files of the site to a folder, under their addresses; what is not a page goes to `public/` in it.
 *
 * @returns {Map<string, string>} the file of each address
 */
export function stage(root, folder) {
  rmSync(folder, { recursive: true, force: true });
  const names = readdirSync(join(root, 'docs'), { recursive: true }).map((name) =>
    posix.join('docs', name.replaceAll('\\', '/')),
  );
  const files = new Map();
  // The README is not on the site: its start page is docs/index.md.
  for (const path of [...names, ...rootPages]) {
    const address = addressOf(path);
    if (address === null) continue;
    files.set(address, path);
    const to = join(folder, isDownload(path) ? 'public' : '', address);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(root, path), to);
  }
  return files;
}
