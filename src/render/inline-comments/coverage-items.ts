import type { FilePatchCoverage } from '../../model/comparison.ts';
import { icon, paragraph, text } from '../../model/document.ts';
import type { InlineItem } from '../../model/inline-comment.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import { itemId, sourceOf } from './item-id.ts';

/** Path → the lines of the file as it was tested; files that could not be read are missing. */
export type SourceLines = ReadonlyMap<string, readonly string[]>;

function regionsOf(
  { path, uncovered }: FilePatchCoverage,
  sources: SourceLines,
  words: Language,
): InlineItem[] {
  const seen = new Map<string, number>();
  return uncovered.map(({ start, end }) => {
    // Named by its first line, so that it is the same region wherever it moves and however it grows.
    const first = sources.get(path)?.[start - 1]?.trim() ?? '';
    const nth = seen.get(first) ?? 0;
    seen.set(first, nth + 1);
    return {
      id: itemId('coverage', path, first, String(nth)),
      place: { path, start, end },
      extent: { start, end },
      source: sourceOf('coverage'),
      group: null,
      head: [paragraph(icon('warning'), text(` ${words.inline.uncovered(end - start + 1)}`))],
      body: [],
    };
  });
}

/** Stretches of changed lines that no test runs, files with the most of them first. */
export function coverageItems(
  { comparison }: Summary,
  { sources, words }: { readonly sources: SourceLines; readonly words: Language },
): readonly InlineItem[] {
  return (comparison.patch?.files ?? []).flatMap((file) => regionsOf(file, sources, words));
}
