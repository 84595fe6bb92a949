import {
  type Block,
  code,
  codeBlock,
  details,
  heading,
  type Inline,
  icon,
  link,
  paragraph,
  text,
} from '../../model/document.ts';
import type { Summary } from '../../model/summary.ts';
import { isFailing, type TestCase } from '../../model/tests.ts';
import { formatDuration } from '../format-duration.ts';
import type { Language } from '../languages/english.ts';
import { fileAddress } from '../link-address.ts';
import { placeInStack, projectFrames } from '../project-frames.ts';
import type { Section } from '../section.ts';
import { shortenText } from '../shorten-text.ts';

const maxOpen = 3;
const maxStackLines = 20;
const maxMessageLines = 12;
const maxMessageLength = 3_000;
const maxNameLength = 250;
const maxListed = 20;

/** Class and suite, without what the name or each other say already. */
function placeOf({ className, suite, file }: TestCase): string {
  const place = className !== '' ? className : suite;
  return place === file ? '' : place;
}

function fileLink(test: TestCase, summary: Summary): readonly Inline[] {
  if (test.file === null) {
    // Relative to the folder that the tests ran in, which may not be the project's: no link that could lead nowhere.
    const place = placeInStack(test.failure?.details ?? '');
    return place === null ? [] : [code(`${place.path}:${place.line}`)];
  }
  const { context, mergeRequest } = summary;
  // The internal merge commit of a merged-results pipeline is in no branch and will be gone: link to the head.
  const sha = mergeRequest?.headSha ?? context.commit.sha;
  const address = fileAddress(context.project.url, sha, { path: test.file, line: test.line });
  const label = code(test.line === null ? test.file : `${test.file}:${test.line}`);
  return [address === null ? label : link(address, label)];
}

function titleOf(test: TestCase, words: Language): readonly Inline[] {
  const place = placeOf(test);
  return [
    icon(test.flaky ? 'flaky' : 'failed'),
    text(' '),
    code(shortenText(test.name, maxNameLength)),
    ...(place === '' ? [] : [text(' in '), code(shortenText(place, maxNameLength))]),
    ...(test.runs > 1 ? [text(` – ${words.tests.runs(test.failedRuns, test.runs)}`)] : []),
  ];
}

function firstLines(value: string, max: number): string {
  const lines = value.split('\n');
  return lines.length <= max ? value : `${lines.slice(0, max).join('\n')}\n…`;
}

function facts(test: TestCase, summary: Summary): readonly Block[] {
  const place = fileLink(test, summary);
  const duration =
    test.durationSeconds === null || test.durationSeconds < 1
      ? []
      : [text(formatDuration(test.durationSeconds))];
  const parts = [...place, ...(place.length > 0 && duration.length > 0 ? [text(' · ')] : []), ...duration];
  return place.length === 0 ? [] : [paragraph(...parts)];
}

/** Message and the part of the stack that the message does not say already. */
function failureBlocks(test: TestCase, words: Language): readonly Block[] {
  const { failure } = test;
  if (failure === null || (failure.message === '' && failure.details === ''))
    return [paragraph(text(words.tests.noMessage))];
  const { text: stack } = projectFrames(failure.details, maxStackLines);
  const repeats = failure.details.includes(failure.message.split('\n', 1)[0] ?? failure.message);
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
  return details(titleOf(test, words), [...facts(test, summary), ...failureBlocks(test, words)], open);
}

/** Names, and how many of the list are not among them. */
function shortList(
  tests: readonly TestCase[],
  words: Language,
  { max, total }: { readonly max: number; readonly total: number },
): readonly Block[] {
  const shown = tests.slice(0, max);
  const untold = total - shown.length;
  const names: Block = {
    kind: 'list',
    ordered: false,
    items: shown.map((test) => [paragraph(...titleOf(test, words))]),
  };
  return [
    ...(shown.length === 0 ? [] : [names]),
    ...(untold > 0 ? [paragraph(text(words.tests.more(untold)))] : []),
  ];
}

interface Groups {
  readonly fresh: readonly TestCase[];
  readonly still: readonly TestCase[];
  readonly flaky: readonly TestCase[];
}

function groupsOf({ tests, comparison }: Summary): Groups {
  const cases = tests?.cases ?? [];
  return {
    fresh: comparison.tests?.newFailures ?? cases.filter(({ outcome }) => isFailing(outcome)),
    still: comparison.tests?.stillFailing ?? [],
    flaky: cases.filter(({ flaky }) => flaky),
  };
}

/** Failing tests, new ones first and told in full; known ones and flaky ones apart and folded. */
export const failedTests: Section = (summary, words, { maxDetails }) => {
  const { fresh, still, flaky } = groupsOf(summary);
  const total = (summary.tests?.totals.failed ?? 0) + (summary.tests?.totals.errored ?? 0);
  if (fresh.length + still.length + flaky.length === 0) return null;
  const title = summary.comparison.tests === null ? words.tests.failuresHeading : words.tests.newHeading;
  const told = fresh.slice(0, maxDetails);
  const untold = total - told.length - still.length;
  const open = fresh.length <= maxOpen;
  const folded = (heading_: string, tests: readonly TestCase[]): readonly Block[] =>
    tests.length === 0
      ? []
      : [details([text(heading_)], shortList(tests, words, { max: maxDetails, total: tests.length }))];
  const groups = [
    ...folded(words.tests.stillHeading(still.length), still),
    ...folded(words.tests.flakyHeading(flaky.length), flaky),
  ];
  const more = untold > 0 ? [paragraph(text(words.tests.more(untold)))] : [];
  const head = fresh.length === 0 ? [] : [heading(4, text(title))];
  return {
    id: 'failed-tests',
    importance: 2,
    full: [...head, ...told.map((test) => testBlock(test, summary, { words, open })), ...more, ...groups],
    short: [...head, ...shortList(fresh, words, { max: maxListed, total })],
    counted: words.tests.noun(total),
  };
};
