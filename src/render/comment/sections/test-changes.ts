import type { NamedTest, TestsComparison } from '../../../model/comparison.ts';
import {
  type Block,
  code,
  details,
  type Inline,
  list,
  paragraph,
  restOf,
  strong,
  text,
} from '../../../model/document.ts';
import type { Language } from '../../words/english.ts';
import { shortenText } from '../../words/shorten-text.ts';
import { itemLimit, type Section } from '../section.ts';

const usualTests = 10;
const maxName = 200;

type Part = 'slower' | 'newlySkipped' | 'removed' | 'added' | 'moved';

/** In the order of how likely each is a mistake. */
const parts: readonly Part[] = ['removed', 'newlySkipped', 'slower', 'moved', 'added'];

function nameOf({ name, className, suite }: NamedTest, words: Language): readonly Inline[] {
  const place = className === '' ? suite : className;
  const label = code(shortenText(name, maxName));
  return place === '' ? [label] : [label, text(` ${words.tests.in} `), code(shortenText(place, maxName))];
}

function itemsOf(part: Part, tests: TestsComparison, words: Language): readonly (readonly Inline[])[] {
  switch (part) {
    case 'slower':
      return tests.slower.items.map(({ test, beforeSeconds, nowSeconds }) => [
        ...nameOf(test, words),
        text(
          `: ${words.testChanges.fromTo(words.format.duration(beforeSeconds), words.format.duration(nowSeconds))}`,
        ),
      ]);
    case 'moved':
      return tests.moved.items.map(({ from, to }) => [
        ...nameOf(to, words),
        text(` ${words.testChanges.movedFrom} `),
        code(shortenText(from.className === '' ? from.suite : from.className, maxName)),
      ]);
    case 'removed':
    case 'added':
    case 'newlySkipped':
      return tests[part].items.map((test) => nameOf(test, words));
  }
}

function partBlocks(
  part: Part,
  tests: TestsComparison,
  { words, max }: { readonly words: Language; readonly max: number },
): readonly Block[] {
  const items = itemsOf(part, tests, words).slice(0, max);
  if (items.length === 0) return [];
  const more = tests[part].count - items.length;
  return [
    paragraph(strong(text(words.testChanges.headings[part]))),
    list(
      ...items.map((item) => [paragraph(...item)]),
      ...(more > 0 ? [[restOf(more, words.testChanges.more(more))]] : []),
    ),
  ];
}

/**
 * Tests that are slower, newly skipped, removed, moved or added, in one fold; nothing when all of that is only
 * additions.
 */
export const testChanges: Section = (summary, words, options) => {
  const { tests } = summary.comparison;
  if (tests === null) return null;
  const present = parts.filter((part) => tests[part].count > 0);
  const isNews = present.some((part) => part !== 'added');
  if (present.length === 0 || (!isNews && options.layout.detail !== 'full')) return null;
  const counts = present.map((part) => words.testChanges[part](tests[part].count)).join(', ');
  const summaryLine = [text(words.testChanges.summary(counts))];
  const max = itemLimit(options, usualTests);
  const blocks = present.flatMap((part) => partBlocks(part, tests, { words, max }));
  return {
    id: 'test-changes',
    importance: 4.5,
    full: [blocks.length === 0 ? paragraph(...summaryLine) : details(summaryLine, blocks)],
    short: [paragraph(...summaryLine)],
    counted: '',
  };
};
