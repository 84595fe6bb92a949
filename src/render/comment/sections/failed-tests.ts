import {
  type Block,
  code,
  details,
  heading,
  type Inline,
  icon,
  link,
  list,
  paragraph,
  restOf,
  text,
} from '../../../model/document.ts';
import { isQuarantined } from '../../../model/quarantine.ts';
import type { Summary } from '../../../model/summary.ts';
import { isFailing, type TestCase } from '../../../model/tests.ts';
import { shortenText } from '../../words/shorten-text.ts';
import { attachmentBlocks } from '../attachment-blocks.ts';
import { failureBlocks, type Place, reasonWords, testBlock, testLine } from '../failing-test.ts';
import { type FailureGroup, groupFailures } from '../failure-groups.ts';
import { fullReportAddress } from '../report-address.ts';
import { itemLimit, type Section, type SectionOptions } from '../section.ts';
import { isKnownFlaky } from '../test-record-words.ts';

const maxOpen = 3;
/** Failures shown in full where the length allows; nobody unfolds more than this. */
const usualDetails = 25;
const maxListed = 20;
const maxNameLength = 250;

interface ListLimits {
  readonly max: number;
  /** How many there are, those included that are not known by name. */
  readonly total: number;
  readonly withReason: boolean;
}

/** Names, and how many of the list are not among them. */
function shortList(
  tests: readonly TestCase[],
  place: Place,
  { max, total, withReason }: ListLimits,
): readonly Block[] {
  const shown = tests.slice(0, max);
  const untold = total - shown.length;
  return [
    ...(shown.length === 0
      ? []
      : [list(...shown.map((test) => [paragraph(...testLine(test, place, { withReason }))]))]),
    ...(untold > 0 ? [restOf(untold, place.words.tests.more(untold))] : []),
  ];
}

interface Shown {
  readonly open: boolean;
  /** How many of a group are named. */
  readonly maxNames: number;
  /** Nothing is left to another page. */
  readonly isWhole: boolean;
}

/**
 * Tests of a group whose details are not those of the first, which are shown: each with its own where the whole is
 * asked for, else how many they are and where to read them.
 */
function otherBodies(
  [first, ...others]: FailureGroup,
  place: Place,
  { isWhole, maxNames }: Shown,
): readonly Block[] {
  const { summary, words } = place;
  const differing = others.filter(({ failure }) => failure?.details !== first.failure?.details);
  if (differing.length === 0) return [];
  const said = words.tests.otherBodies(differing.length);
  if (isWhole) {
    const told = differing.slice(0, maxNames);
    const untold = differing.length - told.length;
    return [
      paragraph(text(`${said}:`)),
      ...told.map((test) => testBlock(test, place, false)),
      ...(untold > 0 ? [restOf(untold, words.tests.more(untold))] : []),
    ];
  }
  const address = fullReportAddress(summary.context);
  return [paragraph(text(`${said}: `), link(address, text(words.footer.fullReport)))];
}

/** Tests with one cause: the cause once, then who fails of it. */
function groupBlock(group: FailureGroup, place: Place, shown: Shown): Block {
  const { open, maxNames } = shown;
  const { words } = place;
  const [first] = group;
  if (group.length === 1) return testBlock(first, place, open);
  const limits = { max: maxNames, total: group.length, withReason: false };
  return details(
    [icon('failed'), text(` ${words.tests.failAlike(group.length)}: `), ...reasonWords(first)],
    [
      ...failureBlocks(first, words),
      ...attachmentBlocks(first, place),
      ...shortList(group, place, limits),
      ...otherBodies(group, place, shown),
    ],
    open,
  );
}

/** Tests that say nothing and fail because one of their subtests does, as Go names them: `TestOf` of `TestOf/two`. */
function parentsIn(tests: readonly TestCase[]): ReadonlySet<TestCase> {
  const parents = new Set<string>();
  for (const { className, name } of tests) {
    for (let end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1))
      parents.add(`${className}\n${name.slice(0, end)}`);
  }
  const isSilent = ({ failure }: TestCase): boolean =>
    failure === null || `${failure.message}${failure.details}`.trim() === '';
  return new Set(tests.filter((test) => isSilent(test) && parents.has(`${test.className}\n${test.name}`)));
}

/** Parents of failing subtests count as their tools count them, and have no message. */
function parentsLine(parents: readonly TestCase[], { words }: Place): readonly Block[] {
  if (parents.length === 0) return [];
  const names = parents
    .slice(0, maxListed)
    .flatMap(({ name }, at): readonly Inline[] => [
      ...(at === 0 ? [] : [text(', ')]),
      code(shortenText(name, maxNameLength)),
    ]);
  const rest = parents.length > maxListed ? [text(' …')] : [];
  return [
    paragraph(icon('failed'), text(' '), ...names, ...rest, text(` ${words.tests.parents(parents.length)}`)),
  ];
}

interface Groups {
  readonly fresh: readonly TestCase[];
  readonly still: readonly TestCase[];
  /** Marked as flaky by people, and none that fails on the target branch too. */
  readonly marked: readonly TestCase[];
  /** In the quarantine of the target branch, whatever else is known of them. */
  readonly quarantined: readonly TestCase[];
  readonly flaky: readonly TestCase[];
}

/** Those that come and go are behind the others: they are the least likely to be this change's doing. */
function groupsOf(summary: Summary): Groups {
  const { tests, comparison } = summary;
  const cases = tests?.cases ?? [];
  const isTolerated = ({ id }: TestCase): boolean => isQuarantined(id, comparison.quarantined);
  const all = cases.filter(({ outcome }) => isFailing(outcome));
  const failing = all.filter((test) => !isTolerated(test));
  const still = (comparison.tests?.stillFailing ?? []).filter((test) => !isTolerated(test));
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
    quarantined: all.filter(isTolerated),
    flaky: cases.filter(({ flaky, outcome }) => flaky && !isFailing(outcome)),
  };
}

/** Names of a group: as many as a reader skims, or all of them where the whole is asked for. */
function namesLimit({ layout, maxDetails }: SectionOptions): number {
  return layout.detail === 'full' ? maxDetails : Math.min(maxListed, maxDetails);
}

function folded(
  title: string,
  tests: readonly TestCase[],
  { place, max }: { place: Place; max: number },
): readonly Block[] {
  const limits = { max, total: tests.length, withReason: false };
  return tests.length === 0 ? [] : [details([text(title)], shortList(tests, place, limits))];
}

/** In few words, those that did not start to fail here: how many there are. */
function knownLines(
  { words }: Place,
  { still, marked, quarantined }: Pick<Groups, 'still' | 'marked' | 'quarantined'>,
): readonly Block[] {
  return [
    ...(quarantined.length === 0
      ? []
      : [paragraph(text(words.tests.quarantinedHeading(quarantined.length)))]),
    ...(marked.length === 0 ? [] : [paragraph(text(words.tests.markedHeading(marked.length)))]),
    ...(still.length === 0 ? [] : [paragraph(text(words.tests.stillHeading(still.length)))]),
  ];
}

/** Failing tests, new ones first and in full; known ones and flaky ones apart and folded. */
export const failedTests: Section = (summary, words, options) => {
  const { fresh, still, marked, quarantined, flaky } = groupsOf(summary);
  const { totals } = summary.tests ?? { totals: { failed: 0, errored: 0 } };
  const total = totals.failed + totals.errored;
  if (fresh.length + still.length + marked.length + quarantined.length + flaky.length === 0) return null;
  const title = summary.comparison.tests === null ? words.tests.failuresHeading : words.tests.newHeading;
  const limit = itemLimit(options, usualDetails);
  const parents = parentsIn(fresh);
  const alike = groupFailures(fresh.filter((test) => !parents.has(test)));
  const told = alike.slice(0, limit);
  // Those that fail on the target branch too, in quarantine or marked as flaky follow below, with their own count.
  const freshTotal = total - still.length - marked.length - quarantined.length;
  const untold = freshTotal - parents.size - told.reduce((sum, group) => sum + group.length, 0);
  const place = { summary, words };
  const maxNames = namesLimit(options);
  const isWhole = options.layout.detail === 'full';
  const groups = [
    ...folded(words.tests.quarantinedHeading(quarantined.length), quarantined, { place, max: limit }),
    ...folded(words.tests.markedHeading(marked.length), marked, { place, max: limit }),
    ...folded(words.tests.stillHeading(still.length), still, { place, max: limit }),
    ...folded(words.tests.flakyHeading(flaky.length), flaky, { place, max: limit }),
  ];
  const more = untold > 0 ? [restOf(untold, words.tests.more(untold))] : [];
  const head = fresh.length === 0 ? [] : [heading(4, text(title))];
  const listed = Math.min(limit, maxListed);
  return {
    id: 'failed-tests',
    importance: 2,
    full: [
      ...head,
      ...told.map((group, at) => groupBlock(group, place, { open: at < maxOpen, maxNames, isWhole })),
      ...parentsLine([...parents], place),
      ...more,
      ...groups,
    ],
    short: [
      ...head,
      ...shortList(fresh, place, { max: listed, total: freshTotal, withReason: true }),
      ...knownLines(place, { still, marked, quarantined }),
    ],
    counted: total > 0 ? words.tests.noun(total) : '',
  };
};
