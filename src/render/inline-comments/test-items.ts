import type { LineRange } from '../../model/comparison.ts';
import { type Block, code, codeBlock, icon, paragraph, strong, text } from '../../model/document.ts';
import type { InlineItem, InlinePlace } from '../../model/inline-comment.ts';
import type { Summary } from '../../model/summary.ts';
import type { TestCase } from '../../model/tests.ts';
import { placesInStack } from '../../trail/frames/stack-places.ts';
import { projectFrames } from '../comment/project-frames.ts';
import type { Language } from '../words/english.ts';
import { shortenText } from '../words/shorten-text.ts';
import { itemId, sourceOf } from './item-id.ts';

const maxText = 2_000;
const maxName = 200;
const maxStackLines = 8;

type Changed = ReadonlyMap<string, readonly LineRange[]>;

/**
 * The changed file that a path means, which a tool may write from its own folder or with that of the job before it;
 * null when it is not certain.
 */
function changedPath(written: string, changed: Changed): string | null {
  const path = written.replace(/^\.\//, '');
  if (changed.has(path)) return path;
  const alike = [...changed.keys()].filter(
    (candidate) => candidate.endsWith(`/${path}`) || path.endsWith(`/${candidate}`),
  );
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/**
 * The first place of a failure on a changed line: where it failed, a frame of its stack, else the line of the test;
 * null when there is none.
 */
function placeOf({ file, line, failedAt, failure }: TestCase, changed: Changed): InlinePlace | null {
  const own = file === null || line === null ? [] : [{ path: file, line }];
  const first = failedAt === null ? [] : [failedAt];
  for (const place of [...first, ...placesInStack(failure?.details ?? ''), ...own]) {
    const path = changedPath(place.path, changed);
    const isChanged =
      path !== null &&
      changed.get(path)?.some(({ start, end }) => place.line >= start && place.line <= end) === true;
    if (isChanged) return { path, start: place.line, end: place.line };
  }
  return null;
}

function bodyOf({ name, className, failure }: TestCase, words: Language): readonly Block[] {
  const said = failure === null ? '' : failure.details === '' ? failure.message : failure.details;
  const { text: shown } = projectFrames(shortenText(said, maxText), {
    maxLines: maxStackLines,
    leftOut: words.tests.leftOut,
  });
  const where = className === '' ? [] : [text(` ${words.tests.in} `), code(shortenText(className, maxName))];
  return [
    paragraph(code(shortenText(name, maxName)), ...where),
    ...(shown.trim() === '' ? [] : [codeBlock(shown, 'text')]),
  ];
}

/** Tests that fail since this change, where a changed line has part in it. */
export function testItems(
  { comparison }: Summary,
  { changed, words }: { readonly changed: Changed; readonly words: Language },
): readonly InlineItem[] {
  return (comparison.tests?.newFailures ?? []).flatMap((test) => {
    const place = placeOf(test, changed);
    if (place === null) return [];
    return [
      {
        id: itemId('tests', test.id),
        place,
        extent: place,
        source: sourceOf('tests', test.report),
        group: itemId('tests', place.path, String(place.start), test.report),
        head: [paragraph(icon('failed'), text(' '), strong(text(words.inline.failsHere)))],
        body: bodyOf(test, words),
      } as const,
    ];
  });
}
