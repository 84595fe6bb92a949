import type {
  CoverageComparison,
  FileCoverageChange,
  FilePatchCoverage,
  Listed,
  PatchCoverage,
} from '../../../model/comparison.ts';
import { type CoveredOf, percentOf } from '../../../model/coverage.ts';
import {
  type Block,
  code,
  details,
  heading,
  type Inline,
  paragraph,
  strong,
  text,
} from '../../../model/document.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { placeLink } from '../place-link.ts';
import { itemLimit, type RenderedSection, type Section } from '../section.ts';

const usualFiles = 10;
const fewFiles = 3;
const maxRanges = 12;

function percentText(part: CoveredOf | null, words: Language): string {
  const percent = part === null ? null : percentOf(part);
  return percent === null ? '–' : words.format.percent(percent);
}

function uncoveredCount({ lines }: { readonly lines: CoveredOf }): number {
  return lines.total - lines.covered;
}

/** `12–15, 20`, each a link to its first line. */
function rangesOf(file: FilePatchCoverage, summary: Summary, words: Language): readonly Inline[] {
  const shown = file.uncovered.slice(0, maxRanges).flatMap(({ start, end }, index) => {
    const label = text(start === end ? String(start) : `${start}–${end}`);
    const linked = placeLink(summary, { path: file.path, line: start }, label);
    return index === 0 ? [linked] : [text(', '), linked];
  });
  const more = file.uncovered.length - maxRanges;
  return more > 0 ? [...shown, text(`, ${words.coverage.moreRanges(more)}`)] : shown;
}

function patchTable(files: readonly FilePatchCoverage[], summary: Summary, words: Language): Block {
  const { file, covered, missing } = words.coverage.columns;
  return {
    kind: 'table',
    columns: [
      { title: [text(file)], align: 'left' },
      { title: [text(covered)], align: 'right' },
      { title: [text(missing)], align: 'left' },
    ],
    rows: files.map((entry) => [
      [code(entry.path)],
      [text(`${words.format.count(entry.lines.covered)} / ${words.format.count(entry.lines.total)}`)],
      rangesOf(entry, summary, words),
    ]),
  };
}

/** Of a few files in one line; the table of checks has the share. */
function patchLine(
  { lines }: PatchCoverage,
  files: readonly FilePatchCoverage[],
  { summary, words }: { readonly summary: Summary; readonly words: Language },
): Block {
  const places = files.flatMap((file, index): readonly Inline[] => [
    text(index === 0 ? ' ' : ' · '),
    code(file.path),
    text(' '),
    ...rangesOf(file, summary, words),
  ]);
  const { patchTitle, patchShare } = words.coverage;
  return paragraph(strong(text(patchTitle)), text(` ${patchShare(lines.covered, lines.total)}:`), ...places);
}

function patchBlocks(
  patch: PatchCoverage,
  summary: Summary,
  { words, max }: { readonly words: Language; readonly max: number },
): readonly Block[] {
  const files = patch.files.filter((file) => uncoveredCount(file) > 0);
  if (files.length === 0) return [];
  const { covered, total } = patch.lines;
  const more = files.length - max;
  const incomplete = patch.complete ? [] : [paragraph(text(words.coverage.incomplete))];
  if (more <= 0 && files.length <= fewFiles)
    return [patchLine(patch, files, { summary, words }), ...incomplete];
  return [
    paragraph(text(words.coverage.uncovered(covered, total, percentText(patch.lines, words)))),
    ...(max > 0 ? [patchTable(files.slice(0, max), summary, words)] : []),
    ...(more > 0 ? [paragraph(text(words.coverage.moreFiles(more)))] : []),
    ...incomplete,
  ];
}

function unmeasuredBlocks({ unmeasuredFiles, files }: PatchCoverage, words: Language): readonly Block[] {
  if (unmeasuredFiles.length === 0) return [];
  if (files.length === 0) return [paragraph(text(words.coverage.pathsDoNotFit))];
  const shown = unmeasuredFiles.slice(0, 5);
  const more = unmeasuredFiles.length - shown.length;
  return [
    paragraph(
      text(words.coverage.unmeasured(unmeasuredFiles.length)),
      ...shown.flatMap((path) => [text(' '), code(path)]),
      ...(more > 0 ? [text(` ${words.coverage.moreRanges(more)}`)] : []),
    ),
  ];
}

function lossTable(files: readonly FileCoverageChange[], summary: Summary, words: Language): Block {
  const { file, before, now, change } = words.coverage.lossColumns;
  return {
    kind: 'table',
    columns: [file, before, now, change].map((title, index) => ({
      title: [text(title)],
      align: index === 0 ? 'left' : 'right',
    })),
    rows: files.map((entry) => {
      const was = entry.before === null ? null : percentOf(entry.before);
      const is = entry.now === null ? null : percentOf(entry.now);
      return [
        [placeLink(summary, { path: entry.path, line: null }, code(entry.path))],
        [text(percentText(entry.before, words))],
        [text(percentText(entry.now, words))],
        [text(was === null || is === null ? '' : words.format.points(is - was))],
      ];
    }),
  };
}

/**
 * True for a file that is measured on both sides and lost: for a new file, the changed lines show what is not covered.
 */
function lost({ before, now }: FileCoverageChange): boolean {
  const was = before === null ? null : percentOf(before);
  const is = now === null ? null : percentOf(now);
  return was !== null && is !== null && is < was;
}

function lossFold(
  title: string,
  { items, count }: Listed<FileCoverageChange>,
  { summary, words, max }: { readonly summary: Summary; readonly words: Language; readonly max: number },
): readonly Block[] {
  if (count === 0 || items.length === 0) return [];
  const shown = items.slice(0, max);
  const more = count - shown.length;
  return [
    details(
      [text(title)],
      [
        ...(shown.length === 0 ? [] : [lossTable(shown, summary, words)]),
        ...(more > 0 ? [paragraph(text(words.coverage.moreFiles(more)))] : []),
      ],
    ),
  ];
}

function lossBlocks(
  comparison: CoverageComparison | null,
  place: { readonly summary: Summary; readonly words: Language; readonly max: number },
): readonly Block[] {
  if (comparison === null) return [];
  const { words } = place;
  const losing = comparison.files.items.filter(lost);
  return [
    ...lossFold(words.coverage.lost(losing.length), { count: losing.length, items: losing }, place),
    ...lossFold(words.coverage.indirect(comparison.indirect.count), comparison.indirect, place),
  ];
}

/** True where a line says what is not covered. */
function isLine(patch: PatchCoverage | null): boolean {
  const files = patch?.files.filter((file) => uncoveredCount(file) > 0).length ?? 0;
  return files > 0 && files <= fewFiles;
}

function countedOf({ comparison }: Summary, words: Language): string {
  const uncovered = comparison.patch === null ? 0 : uncoveredCount(comparison.patch);
  return uncovered > 0
    ? words.coverage.noun(uncovered)
    : words.coverage.nounIndirect(
        (comparison.coverage?.files.items.filter(lost).length ?? 0) +
          (comparison.coverage?.indirect.count ?? 0),
      );
}

/**
 * Changed lines that no test runs, with their ranges; files that lost coverage, and those outside of the change, apart
 * and folded.
 */
export const coverage: Section = (summary, words, options): RenderedSection | null => {
  const { patch, coverage: compared } = summary.comparison;
  const blocks = (max: number, isShort: boolean): readonly Block[] => [
    ...(patch === null ? [] : patchBlocks(patch, summary, { words, max })),
    ...(patch === null || isShort ? [] : unmeasuredBlocks(patch, words)),
    ...(isShort ? [] : lossBlocks(compared, { summary, words, max })),
  ];
  const limit = itemLimit(options, usualFiles);
  const body = blocks(limit, false);
  // A fold is its own heading, and so is the line of a few files.
  const hasHeadings = body.every(({ kind }, index) => kind === 'details' || (index === 0 && isLine(patch)));
  if (body.length === 0) return null;
  const brief = blocks(Math.min(limit, 3), true);
  const head = heading(4, text(words.coverage.heading));
  return {
    id: 'coverage',
    importance: 3.4,
    full: hasHeadings ? body : [head, ...body],
    short: brief.length === 0 ? [] : [head, ...brief],
    counted: countedOf(summary, words),
  };
};
