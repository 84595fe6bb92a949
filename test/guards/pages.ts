import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';
import { z } from 'zod';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const moduleSchema = z.object({
  anchorOf: z.custom<(heading: string) => string>((value) => typeof value === 'function'),
});

/** The rule of GitLab 17.0 and later, which the site follows, too. */
export const { anchorOf } = moduleSchema.parse(
  await import(new URL('../../docs/site/pages.mjs', import.meta.url).href),
);

/** The rule of GitLab before 17.0. Source: lib/gitlab/utils/markdown.rb in its source */
export function olderAnchorOf(heading: string): string {
  return anchorOf(heading)
    .replaceAll(/-+/g, '-')
    .replace(/^(\d+)$/, 'anchor-$1');
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Every page that people read, as a path from the root: not what builds the site, and not its copies. */
export function allPages(): readonly string[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join('docs', name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.md') && !path.startsWith('docs/site/'));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...docs.sort()];
}

export interface PageParts {
  /** Anchors of the headings that every version of GitLab makes: a repeated one gets a number. */
  readonly anchors: readonly string[];
  /** Addresses of links and pictures, as they are written. */
  readonly links: readonly string[];
  readonly pictures: readonly string[];
  readonly blocks: readonly { readonly language: string; readonly text: string; readonly line: number }[];
}

const markdown = new MarkdownIt({ html: true });

type Token = ReturnType<typeof markdown.parse>[number];

function visibleText({ children }: Token): string {
  return (children ?? [])
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('');
}

/** A repeated anchor is numbered. Source: lib/banzai/filter/table_of_contents_legacy_filter.rb in GitLab */
function numbered(anchors: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return anchors.map((anchor) => {
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

export function partsOf(page: string): PageParts {
  const tokens = markdown.parse(page.replace(/^---\n[^]*?\n---\n/, ''), {});
  const inline = tokens.flatMap(({ children }) => children ?? []);
  const html = tokens.filter(({ type }) => type === 'html_block').map(({ content }) => content);
  const headings = tokens.flatMap((token, index) =>
    tokens[index - 1]?.type === 'heading_open' ? [visibleText(token)] : [],
  );
  const older = numbered(headings.map(olderAnchorOf));
  return {
    anchors: numbered(headings.map(anchorOf)).filter((anchor) => older.includes(anchor)),
    links: inline
      .filter(({ type }) => type === 'link_open')
      .map((token) => String(token.attrGet('href') ?? '')),
    pictures: [
      ...inline.filter(({ type }) => type === 'image').map((token) => String(token.attrGet('src') ?? '')),
      ...html.flatMap((one) => [...one.matchAll(/<img\b[^>]*\ssrc="([^"]*)"/g)].map(([, src = '']) => src)),
    ],
    blocks: tokens
      .filter(({ type }) => type === 'fence')
      .map(({ info, content, map }) => ({ language: info.trim(), text: content, line: (map?.[0] ?? 0) + 1 })),
  };
}
