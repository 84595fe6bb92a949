import {
  type Block,
  code,
  codeBlock,
  details,
  type Inline,
  icon,
  link,
  paragraph,
  text,
} from '../../model/document.ts';
import { isQuarantined } from '../../model/quarantine.ts';
import type { Summary } from '../../model/summary.ts';
import type { TestCase } from '../../model/tests.ts';
import type { Language } from '../words/english.ts';
import { shortenStart, shortenText } from '../words/shorten-text.ts';
import { attachmentBlocks } from './attachment-blocks.ts';
import { reasonOf } from './failure-reason.ts';
import { lastChangeWords } from './last-change.ts';
import { placeInStack, projectFrames } from './project-frames.ts';
import { testAddress, testPlace } from './test-place.ts';
import { isKnownFlaky, testRecordWords } from './test-record-words.ts';

const maxStackLines = 20;
const maxMessageLines = 12;
const maxMessageLength = 3_000;
const maxNameLength = 250;
const maxReasonLength = 160;
const maxPathLength = 120;

export interface Place {
  readonly summary: Summary;
  readonly words: Language;
}

/** The name, with the suites above it where the report names no class, and the name does not begin with them. */
function fullName({ name, className, suite, file }: TestCase): string {
  // A file that does not load is named by its path on the machine that ran it.
  if (file !== null && name.endsWith(`/${file}`)) return file;
  const isSaid = suite === '' || suite === file || name.startsWith(suite) || className !== '';
  return isSaid ? name : `${suite} › ${name}`;
}

/** Class, without what the name says already; Node's own reporter calls each class `test`. */
function classOf({ className, name, file }: TestCase): string {
  return className === file || className === 'test' || name.includes(className) ? '' : className;
}

interface Written {
  readonly path: string;
  readonly line: number | null;
}

function labelOf({ path, line }: Written): Inline {
  return code(`${shortenStart(path, maxPathLength)}${line === null ? '' : `:${line}`}`);
}

/** Relative to the folder that the tests ran in, which may not be the project's: no link that could lead nowhere. */
function unsurePlace({ failure }: TestCase): Written | null {
  return placeInStack(failure?.details ?? '');
}

function placeLabel(test: TestCase): Inline | null {
  const place = testPlace(test) ?? unsurePlace(test);
  return place === null ? null : labelOf(place);
}

function placeLink(test: TestCase, summary: Summary): readonly Inline[] {
  const label = placeLabel(test);
  if (label === null) return [];
  const address = testAddress(test, summary);
  return [address === null ? label : link(address, label)];
}

function notesOf(test: TestCase, { summary, words }: Place): readonly string[] {
  return [
    ...(test.runs > 1 ? [words.tests.runs(test.failedRuns, test.runs)] : []),
    ...testRecordWords(test, summary, words),
  ];
}

function symbolOf(test: TestCase, summary: Summary): Inline {
  if (isQuarantined(test.id, summary.comparison.quarantined)) return icon('warning');
  return icon(test.flaky || isKnownFlaky(test, summary) ? 'flaky' : 'failed');
}

function nameOf(test: TestCase): Inline {
  return code(shortenText(fullName(test), maxNameLength));
}

/** Why it failed, in the words of the tool: as code, so that nobody takes them for Herald's. */
export function reasonWords(test: TestCase): readonly Inline[] {
  const reason = reasonOf(test);
  return reason === '' ? [] : [code(shortenText(reason, maxReasonLength))];
}

/** The line of a fold: name and reason; the place, too, where the fold is closed. */
function summaryLine(test: TestCase, { summary }: Place, open: boolean): readonly Inline[] {
  const reason = reasonWords(test);
  const place = open ? null : placeLabel(test);
  return [
    symbolOf(test, summary),
    text(' '),
    nameOf(test),
    ...(reason.length === 0 ? [] : [text(' – '), ...reason]),
    ...(place === null ? [] : [text(' · '), place]),
  ];
}

function classWords(test: TestCase, words: Language): readonly Inline[] {
  const className = classOf(test);
  return className === '' ? [] : [text(`${words.tests.in} `), code(shortenText(className, maxNameLength))];
}

function joined(parts: readonly (readonly Inline[])[]): readonly Inline[] {
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, at) => (at === 0 ? part : [text(' · '), ...part]));
}

function facts(test: TestCase, place: Place): readonly Block[] {
  const { summary, words } = place;
  const isLong = test.durationSeconds !== null && test.durationSeconds >= 1;
  const parts = joined([
    placeLink(test, summary),
    lastChangeWords(test, summary, words),
    classWords(test, words),
    isLong ? [text(words.format.duration(test.durationSeconds))] : [],
    ...notesOf(test, place).map((note) => [text(note)]),
  ]);
  return parts.length === 0 ? [] : [paragraph(...parts)];
}

function messageBlock(message: string, words: Language): Block {
  const { text: shown } = projectFrames(message, { maxLines: maxMessageLines, leftOut: words.tests.leftOut });
  return codeBlock(shortenText(shown, maxMessageLength), 'text');
}

/** Message and the part of the stack that the message does not say already. */
export function failureBlocks({ failure }: TestCase, words: Language): readonly Block[] {
  if (failure === null || (failure.message === '' && failure.details === ''))
    return [paragraph(text(words.tests.noMessage))];
  const { text: stack } = projectFrames(failure.details, {
    maxLines: maxStackLines,
    leftOut: words.tests.leftOut,
  });
  const [line = ''] = failure.message.trim().split('\n', 1);
  // pytest and others put the class before the message, and the message alone into the stack.
  const [, core = line] = /^[\w.$]{1,100}: (\S.*)$/.exec(line) ?? [];
  const repeats = stack !== '' && (stack.includes(line) || stack.includes(core));
  const message = repeats || failure.message === '' ? [] : [messageBlock(failure.message, words)];
  return [...message, ...(stack === '' ? [] : [codeBlock(stack, 'text')])];
}

/** A test that can be unfolded. */
export function testBlock(test: TestCase, place: Place, open: boolean): Block {
  return details(
    summaryLine(test, place, open),
    [...facts(test, place), ...failureBlocks(test, place.words), ...attachmentBlocks(test, place)],
    open,
  );
}

/** A test as an entry of a list: the name leads to where it failed. */
export function testLine(
  test: TestCase,
  place: Place,
  { withReason }: { readonly withReason: boolean },
): readonly Inline[] {
  const { summary, words } = place;
  const address = testAddress(test, summary);
  const name = nameOf(test);
  const className = classWords(test, words);
  const reason = withReason ? reasonWords(test) : [];
  const notes = notesOf(test, place);
  const change = lastChangeWords(test, summary, words);
  return [
    symbolOf(test, summary),
    text(' '),
    address === null ? name : link(address, name),
    ...(className.length === 0 ? [] : [text(' '), ...className]),
    ...(reason.length === 0 ? [] : [text(' – '), ...reason]),
    ...(notes.length === 0 ? [] : [text(` – ${notes.join(', ')}`)]),
    ...(change.length === 0 ? [] : [text(' – '), ...change]),
  ];
}
