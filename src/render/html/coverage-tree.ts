import type { FilePatchCoverage, LineRange } from '../../model/comparison.ts';
import { type CoveredOf, percentOf } from '../../model/coverage.ts';
import type { Summary } from '../../model/summary.ts';
import { fileAddress } from '../markdown/link-address.ts';
import type { Language } from '../words/english.ts';
import { anchor, bytesOf, type Child, codeText, el, type Html, all as inARow } from './element.ts';

const maxFiles = 20_000;
/** What is estimated for a file and its folders; what they take shows when they are written. */
const fileBytes = 650;
const maxRanges = 20;

interface Folder {
  readonly name: string;
  readonly folders: Map<string, Folder>;
  readonly files: { readonly name: string; readonly path: string; readonly lines: CoveredOf }[];
  covered: number;
  total: number;
}

function folder(name: string): Folder {
  return { name, folders: new Map(), files: [], covered: 0, total: 0 };
}

function treeOf(files: readonly { readonly path: string; readonly lines: CoveredOf }[]): Folder {
  const root = folder('');
  for (const { path, lines } of files) {
    const parts = path.split('/');
    let at = root;
    at.covered += lines.covered;
    at.total += lines.total;
    for (const part of parts.slice(0, -1)) {
      const next = at.folders.get(part) ?? folder(part);
      at.folders.set(part, next);
      next.covered += lines.covered;
      next.total += lines.total;
      at = next;
    }
    at.files.push({ name: parts.at(-1) ?? path, path, lines });
  }
  return root;
}

/** A bar that CSS draws nothing of: it stays where style attributes may not be used. */
function bar(percent: number): Html {
  return el(
    'svg',
    { class: 'bar', viewBox: '0 0 100 8', 'aria-hidden': 'true', preserveAspectRatio: 'none' },
    el('rect', { class: 'rest', width: 100, height: 8 }),
    el('rect', { class: 'done', width: Math.round(percent * 10) / 10, height: 8 }),
  );
}

/** Cells of a row whose columns are the same at every depth, so that all bars start at one line. */
function share(
  lines: CoveredOf,
  before: CoveredOf | null | undefined,
  { words, unit }: Pick<Facts, 'words' | 'unit'>,
): readonly Child[] {
  const percent = percentOf(lines);
  const earlier = before === null || before === undefined ? null : percentOf(before);
  if (percent === null) return [];
  return [
    bar(percent),
    el('span', { class: 'percent' }, words.format.percent(percent)),
    el('span', { class: 'dim counts' }, words.page.linesCovered(lines.covered, lines.total, unit)),
    el('span', { class: 'change' }, earlier === null ? '' : words.format.points(percent - earlier)),
  ];
}

interface Facts {
  readonly patch: ReadonlyMap<string, FilePatchCoverage>;
  readonly before: ReadonlyMap<string, CoveredOf | null>;
  /** Address of a file at the commit. */
  address(path: string, line: number | null): string | null;
  readonly words: Language;
  /** What is counted: lines, statements or both. */
  readonly unit: string;
}

function rangeText({ start, end }: LineRange): string {
  return start === end ? String(start) : `${start}–${end}`;
}

function changedLines(path: string, { patch, address, words }: Facts): Html | null {
  const changed = patch.get(path);
  if (changed === undefined) return null;
  const { covered, total } = changed.lines;
  const ranges = changed.uncovered.slice(0, maxRanges);
  const links = ranges.flatMap((range, index): readonly Child[] => [
    index === 0 ? ' ' : ', ',
    anchor(address(path, range.start), rangeText(range)),
  ]);
  const more = changed.uncovered.length - ranges.length;
  return el(
    'div',
    { class: total > covered ? 'uncovered' : 'dim' },
    words.page.changedLines(covered, total),
    ...(links.length === 0
      ? []
      : [`; ${words.page.uncovered}`, ...links, more > 0 ? ` +${words.format.count(more)}` : '']),
  );
}

function fileRow(file: Folder['files'][number], facts: Facts): Html {
  return el(
    'li',
    { class: facts.patch.has(file.path) ? 'changed' : null },
    el(
      'div',
      { class: 'row' },
      el('span', { class: 'name' }, anchor(facts.address(file.path, null), codeText(file.name))),
      ...share(file.lines, facts.before.get(file.path), facts),
    ),
    changedLines(file.path, facts),
  );
}

function byUncovered(a: { readonly lines: CoveredOf }, b: { readonly lines: CoveredOf }): number {
  return b.lines.total - b.lines.covered - (a.lines.total - a.lines.covered);
}

/** Folders with one folder in them are one line: `src/main/java`. */
function joined(at: Folder): { readonly name: string; readonly inner: Folder } {
  let name = at.name;
  let inner = at;
  for (
    let [only] = inner.folders.values();
    inner.files.length === 0 && inner.folders.size === 1 && only !== undefined;
    [only] = inner.folders.values()
  ) {
    name = `${name}/${only.name}`;
    inner = only;
  }
  return { name, inner };
}

function touches(at: Folder, patch: Facts['patch']): boolean {
  return (
    at.files.some(({ path }) => patch.has(path)) ||
    [...at.folders.values()].some((inner) => touches(inner, patch))
  );
}

function folderItem(at: Folder, facts: Facts): Html {
  const { name, inner } = joined(at);
  return el(
    'li',
    {},
    el(
      'details',
      { open: touches(inner, facts.patch) },
      el(
        'summary',
        { class: 'row' },
        el('span', { class: 'name' }, codeText(`${name}/`)),
        ...share({ covered: inner.covered, total: inner.total }, null, facts),
      ),
      listOf(inner, facts),
    ),
  );
}

function listOf(at: Folder, facts: Facts): Html {
  const folders = [...at.folders.values()].sort((a, b) => b.total - b.covered - (a.total - a.covered));
  return el(
    'ul',
    { class: 'tree' },
    ...folders.map((inner) => folderItem(inner, facts)),
    ...at.files.toSorted(byUncovered).map((file) => fileRow(file, facts)),
  );
}

/** As many files, from the first on, as have room with their folders. */
function treeWithin(
  files: readonly { readonly path: string; readonly lines: CoveredOf }[],
  facts: Facts,
  maxBytes: number,
): { readonly tree: Html; readonly shown: number } {
  let shown = Math.min(maxFiles, files.length);
  if (shown * fileBytes > maxBytes) shown = Math.floor(maxBytes / fileBytes);
  let tree = listOf(treeOf(files.slice(0, shown)), facts);
  for (let size = bytesOf(tree); size > maxBytes && shown > 0; size = bytesOf(tree)) {
    shown = Math.floor(Math.min(shown - 1, (0.9 * shown * maxBytes) / size));
    tree = listOf(treeOf(files.slice(0, shown)), facts);
  }
  return { tree, shown };
}

/**
 * Coverage by folder in so many bytes, what this merge request changes open and its uncovered lines linked. Changed
 * files come first, then those with most uncovered lines; the others are counted. Null without files.
 */
export function coverageTree(summary: Summary, words: Language, maxBytes: number): Html | null {
  const { coverage, comparison, context, mergeRequest } = summary;
  if (coverage === null || coverage.files.length === 0) return null;
  const sha = mergeRequest?.headSha ?? context.commit.sha;
  const facts: Facts = {
    patch: new Map(comparison.patch?.files.map((file) => [file.path, file])),
    before: new Map(
      [...(comparison.coverage?.files.items ?? []), ...(comparison.coverage?.indirect.items ?? [])].map(
        ({ path, before }) => [path, before],
      ),
    ),
    address: (path, line) => fileAddress(context.project.url, sha, { path, line }),
    words,
    unit: words.coverage.units[coverage.unit],
  };
  const all = coverage.files
    .map(({ path, totals }) => ({ path, lines: totals.lines }))
    .sort((a, b) => Number(facts.patch.has(b.path)) - Number(facts.patch.has(a.path)) || byUncovered(a, b));
  const { tree, shown } = treeWithin(all, facts, maxBytes);
  const more = all.length - shown;
  return more === 0 ? tree : inARow([el('p', { class: 'dim' }, words.page.notShown(more)), tree]);
}
