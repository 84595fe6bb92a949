import {
  type Block,
  code,
  codeBlock,
  details,
  heading,
  type Inline,
  icon,
  link,
  list,
  paragraph,
  text,
} from '../../../model/document.ts';
import type { Summary } from '../../../model/summary.ts';
import { isFailing, type TestCase } from '../../../model/tests.ts';
import { fileAddress } from '../../markdown/link-address.ts';
import type { Language } from '../../words/english.ts';
import { shortenStart, shortenText } from '../../words/shorten-text.ts';
import { type FailureGroup, groupFailures } from '../failure-groups.ts';
import { placeInStack, projectFrames } from '../project-frames.ts';
import { itemLimit, type Section, type SectionOptions } from '../section.ts';
import { isKnownFlaky, testRecordWords } from '../test-record-words.ts';

const maxOpen = 3;
/** Failures shown in full where the length allows; nobody unfolds more than this. */
const usualDetails = 25;
const maxStackLines = 20;
const maxMessageLines = 12;
const maxMessageLength = 3_000;
const maxNameLength = 250;
const maxPathLength = 120;
const maxListed = 20;

/** Class and suite, without what the name or each other say already. */
function placeOf({ className, suite, file }: TestCase): string {
  const place = className !== '' ? className : suite;
  return place === file ? '' : place;
}

function fileAddressOf({ file, line }: TestCase, { context, mergeRequest }: Summary): string | null {
  if (file === null) return null;
  // The internal merge commit of a merged-results pipeline is in no branch and will be gone: link to the head.
  return fileAddress(context.project.url, mergeRequest?.headSha ?? context.commit.sha, { path: file, line });
}

function fileLink(test: TestCase, summary: Summary): readonly Inline[] {
  if (test.file === null) {
    // Relative to the folder that the tests ran in, which may not be the project's: no link that could lead nowhere.
    const place = placeInStack(test.failure?.details ?? '');
    return place === null ? [] : [code(`${place.path}:${place.line}`)];
  }
  const address = fileAddressOf(test, summary);
  const label = code(`${shortenStart(test.file, maxPathLength)}${test.line === null ? '' : `:${test.line}`}`);
  return [address === null ? label : link(address, label)];
}

function titleOf(test: TestCase, summary: Summary, words: Language): readonly Inline[] {
  const place = placeOf(test);
  const notes = [
    ...(test.runs > 1 ? [words.tests.runs(test.failedRuns, test.runs)] : []),
    ...testRecordWords(test, summary, words),
  ];
  return [
    icon(test.flaky || isKnownFlaky(test, summary) ? 'flaky' : 'failed'),
    text(' '),
    code(shortenText(test.name, maxNameLength)),
    ...(place === '' ? [] : [text(` ${words.tests.in} `), code(shortenText(place, maxNameLength))]),
    ...(notes.length === 0 ? [] : [text(` – ${notes.join(', ')}`)]),
  ];
}

function firstLines(value: string, max: number): string {
  const lines = value.split('\n');
  return lines.length <= max ? value : `${lines.slice(0, max).join('\n')}\n…`;
}

function facts(test: TestCase, summary: Summary, words: Language): readonly Block[] {
  const place = fileLink(test, summary);
  if (place.length === 0) return [];
  const isLong = test.durationSeconds !== null && test.durationSeconds >= 1;
  const duration = isLong ? [text(` · ${words.format.duration(test.durationSeconds)}`)] : [];
  return [paragraph(...place, ...duration)];
}

/** Message and the part of the stack that the message does not say already. */
function failureBlocks(test: TestCase, words: Language): readonly Block[] {
  const { failure } = test;
  if (failure === null || (failure.message === '' && failure.details === ''))
    return [paragraph(text(words.tests.noMessage))];
  const { text: stack } = projectFrames(failure.details, maxStackLines);
  const [line = ''] = failure.message.trim().split('\n', 1);
  // pytest and others put the class before the message, and the message alone into the stack.
  const [, core = line] = /^[\w.$]{1,100}: (\S.*)$/.exec(line) ?? [];
  const repeats = stack !== '' && (stack.includes(line) || stack.includes(core));
  const message =
    repeats || failure.message === ''
      ? []
      : [codeBlock(shortenText(firstLines(failure.message, maxMessageLines), maxMessageLength), 'text')];
  return [...message, ...(stack === '' ? [] : [codeBlock(stack, 'text')])];
}

function testBlock(
  test: TestCase,
  summary: Summary,
  { words, open }: { readonly words: Language; readonly open: boolean },
): Block {
  return details(
    titleOf(test, summary, words),
    [...facts(test, summary, words), ...failureBlocks(test, words)],
    open,
  );
}

/** In a list the name leads to the test; on the line of a fold it would be in the way of unfolding. */
function linkedTitle(test: TestCase, summary: Summary, words: Language): readonly Inline[] {
  const address = fileAddressOf(test, summary);
  if (address === null) return titleOf(test, summary, words);
  const [symbol, space, name, ...rest] = titleOf(test, summary, words);
  return symbol === undefined || space === undefined || name === undefined
    ? []
    : [symbol, space, link(address, name), ...rest];
}

interface ListLimits {
  readonly max: number;
  /** How many there are, those included that are not known by name. */
  readonly total: number;
}

interface Place {
  readonly summary: Summary;
  readonly words: Language;
}

/** Names, and how many of the list are not among them. */
function shortList(
  tests: readonly TestCase[],
  { summary, words }: Place,
  { max, total }: ListLimits,
): readonly Block[] {
  const shown = tests.slice(0, max);
  const untold = total - shown.length;
  return [
    ...(shown.length === 0
      ? []
      : [list(...shown.map((test) => [paragraph(...linkedTitle(test, summary, words))]))]),
    ...(untold > 0 ? [paragraph(text(words.tests.more(untold)))] : []),
  ];
}

interface Shown {
  readonly open: boolean;
  /** How many of a group are named. */
  readonly maxNames: number;
}

/** Tests with one cause: the cause once, then who fails of it. */
function groupBlock(group: FailureGroup, place: Place, { open, maxNames }: Shown): Block {
  const { summary, words } = place;
  const [first] = group;
  if (group.length === 1) return testBlock(first, summary, { words, open });
  const [message = ''] = (first.failure?.message ?? '').split('\n', 1);
  return details(
    [
      icon('failed'),
      text(` ${words.tests.failAlike(group.length)}: `),
      code(shortenText(message, maxNameLength)),
    ],
    [...failureBlocks(first, words), ...shortList(group, place, { max: maxNames, total: group.length })],
    open,
  );
}

interface Groups {
  readonly fresh: readonly TestCase[];
  readonly still: readonly TestCase[];
  /** Marked as flaky by people, and none that fails on the target branch too. */
  readonly marked: readonly TestCase[];
  readonly flaky: readonly TestCase[];
}

/** Those that come and go are behind the others: they are the least likely to be this change's doing. */
function groupsOf(summary: Summary): Groups {
  const { tests, comparison } = summary;
  const cases = tests?.cases ?? [];
  const failing = cases.filter(({ outcome }) => isFailing(outcome));
  const still = comparison.tests?.stillFailing ?? [];
  const isStill = new Set(still.map(({ id }) => id));
  const isMarked = ({ id }: TestCase): boolean => comparison.flakyMarks.has(id);
  const news = comparison.tests?.newFailures ?? failing.filter((test) => !isMarked(test));
  return {
    fresh: [
      ...news.filter((test) => !isKnownFlaky(test, summary)),
      ...news.filter((test) => isKnownFlaky(test, summary)),
    ],
    still,
    marked: failing.filter((test) => isMarked(test) && !isStill.has(test.id)),
    flaky: cases.filter(({ flaky, outcome }) => flaky && !isFailing(outcome)),
  };
}

/** Names of a group: as many as a reader skims, or all of them where the whole is asked for. */
function namesLimit({ layout, maxDetails }: SectionOptions): number {
  return layout.detail === 'full' ? maxDetails : Math.min(maxListed, maxDetails);
}

/** Failing tests, new ones first and shown in full; known ones and flaky ones apart and folded. */
export const failedTests: Section = (summary, words, options) => {
  const { fresh, still, marked, flaky } = groupsOf(summary);
  const { totals } = summary.tests ?? { totals: { failed: 0, errored: 0 } };
  const total = totals.failed + totals.errored;
  if (fresh.length + still.length + marked.length + flaky.length === 0) return null;
  const title = summary.comparison.tests === null ? words.tests.failuresHeading : words.tests.newHeading;
  const limit = itemLimit(options, usualDetails);
  const alike = groupFailures(fresh);
  const told = alike.slice(0, limit);
  const known = still.length + marked.length;
  const untold = total - known - told.reduce((sum, group) => sum + group.length, 0);
  const shown = { open: alike.length <= maxOpen, maxNames: namesLimit(options) };
  const place = { summary, words };
  const folded = (heading_: string, tests: readonly TestCase[]): readonly Block[] =>
    tests.length === 0
      ? []
      : [details([text(heading_)], shortList(tests, place, { max: limit, total: tests.length }))];
  const groups = [
    ...folded(words.tests.markedHeading(marked.length), marked),
    ...folded(words.tests.stillHeading(still.length), still),
    ...folded(words.tests.flakyHeading(flaky.length), flaky),
  ];
  const more = untold > 0 ? [paragraph(text(words.tests.more(untold)))] : [];
  const head = fresh.length === 0 ? [] : [heading(4, text(title))];
  const listed = Math.min(limit, maxListed);
  return {
    id: 'failed-tests',
    importance: 2,
    full: [...head, ...told.map((group) => groupBlock(group, place, shown)), ...more, ...groups],
    short: [...head, ...shortList(fresh, place, { max: listed, total })],
    counted: total > 0 ? words.tests.noun(total) : '',
  };
};
