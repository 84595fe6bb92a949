import {
  type Block,
  code,
  details,
  emphasis,
  heading,
  type Inline,
  icon,
  link,
  paragraph,
  text,
} from '../../../model/document.ts';
import type { Summary } from '../../../model/summary.ts';
import {
  type FileOwners,
  type KnownProblem,
  type OpenIncident,
  type TouchedFile,
  type TouchedFiles,
  touchedLimits,
} from '../../../model/touched-files.ts';
import type { Language } from '../../words/english.ts';
import { shortenStart, shortenText } from '../../words/shorten-text.ts';
import { placeLink } from '../place-link.ts';
import { itemLimit, type Section } from '../section.ts';

const usualItems = 10;
const maxName = 200;
const maxPath = 120;
const maxOwners = 10;

interface Place {
  readonly summary: Summary;
  readonly touched: TouchedFiles;
  readonly words: Language;
  /** Tests and incidents of one file that are shown. */
  readonly max: number;
}

type Row = readonly (readonly Inline[])[];

function issueLink({ iid, url }: OpenIncident): Inline {
  return link(url, text(`#${iid}`));
}

/** What is known of a test, the word of a person first. */
function notesOf(problem: KnownProblem, { touched: { ref }, words }: Place): readonly string[] {
  const { failsOnTarget, flaky, mark, record } = problem;
  return [
    ...(failsOnTarget ? [ref === null ? words.touched.failedBefore : words.touched.failsOn(ref)] : []),
    ...(mark === null ? [] : [words.tests.markedBy(mark.by, mark.at.slice(0, 10))]),
    ...(flaky && mark === null ? [words.tests.flakyMark] : []),
    ...(record !== null && record.failedRuns > 0
      ? [words.touched.record(record.failedRuns, record.runs)]
      : []),
    ...(record !== null && record.retriedRuns > 0 ? [words.touched.retried(record.retriedRuns)] : []),
  ];
}

function testRow(problem: KnownProblem, place: Place): Row {
  const { label, failsOnTarget, issue } = problem;
  const notes = notesOf(problem, place);
  return [
    [icon(failsOnTarget ? 'warning' : 'flaky'), text(` ${place.words.touched.test}`)],
    [
      code(shortenText(label, maxName)),
      ...(notes.length === 0 ? [] : [text(` – ${notes.join(', ')}`)]),
      ...(issue === null ? [] : [text(' – '), issueLink(issue)]),
    ],
  ];
}

function incidentRow(incident: OpenIncident, { words }: Place): Row {
  const title = shortenText(incident.title, maxName);
  return [
    [icon('warning'), text(` ${words.touched.incident}`)],
    [issueLink(incident), ...(title === '' ? [] : [text(` ${title}`)])],
  ];
}

/** As code, so that nobody is mentioned. */
function ownersRow({ section, owners, required, approvedBy }: FileOwners, { words }: Place): Row {
  const shown = owners.slice(0, maxOwners);
  const more = owners.length - shown.length;
  const state = words.touched.approved(approvedBy.join(', '), approvedBy.length, required);
  return [
    [icon(approvedBy.length >= required ? 'passed' : 'info'), text(` ${words.touched.owners}`)],
    [
      ...(section === '' ? [] : [text(`[${section}] `)]),
      ...shown.flatMap((owner, at) => [...(at === 0 ? [] : [text(', ')]), code(owner)]),
      ...(more > 0 ? [text(` ${words.touched.more(more)}`)] : []),
      text(` – ${state}`),
    ],
  ];
}

/** Incidents first: somebody works on them now. */
function rowsOf({ tests, incidents, owners }: TouchedFile, place: Place): readonly Row[] {
  const problems = [
    ...incidents.map((incident) => incidentRow(incident, place)),
    ...tests.map((problem) => testRow(problem, place)),
  ];
  const more = problems.length - place.max;
  return [
    ...problems.slice(0, place.max),
    ...(more > 0 ? [[[], [text(place.words.touched.more(more))]]] : []),
    ...owners.map((rule) => ownersRow(rule, place)),
  ];
}

function tableOf(file: TouchedFile, place: Place): Block {
  const { what, known } = place.words.touched.columns;
  return {
    kind: 'table',
    columns: [what, known].map((title) => ({ title: [text(title)], align: 'left' as const })),
    rows: rowsOf(file, place),
  };
}

function nameOf({ path }: TouchedFile): Inline {
  return code(shortenStart(path, maxPath));
}

/** The first file is open; the others are one line each until somebody asks. */
function fileBlocks(file: TouchedFile, at: number, place: Place): readonly Block[] {
  const { tests, incidents, owners } = file;
  const { counts } = place.words.touched;
  const words = text(` – ${counts(tests.length, incidents.length, owners.length)}`);
  const name = nameOf(file);
  if (at > 0) return [details([name, words], [tableOf(file, place)])];
  return [
    paragraph(placeLink(place.summary, { path: file.path, line: null }, name), words),
    tableOf(file, place),
  ];
}

function limitsWords({ omitted, complete }: TouchedFiles, { touched }: Language): readonly Block[] {
  const said = [
    ...(omitted > 0 ? [touched.omitted(omitted, touchedLimits.files, touchedLimits.lines)] : []),
    ...(complete ? [] : [touched.incomplete]),
  ];
  return said.length === 0 ? [] : [paragraph(emphasis(text(said.join(' '))))];
}

/**
 * What was known of the changed files before this merge request: tests that fail elsewhere or come and go, open
 * incidents, and who has to look. Nothing where nothing is known.
 */
export const touchedFilesSection: Section = (summary, words, options) => {
  const { touched } = summary;
  if (touched === undefined || touched.files.length === 0) return null;
  const place: Place = { summary, touched, words, max: itemLimit(options, usualItems) };
  const limits = limitsWords(touched, words);
  const count = touched.files.length + touched.omitted;
  const sum = (of: (file: TouchedFile) => number): number =>
    touched.files.reduce((total, file) => total + of(file), 0);
  const short = words.touched.short(
    count,
    sum(({ tests }) => tests.length),
    sum(({ incidents }) => incidents.length),
  );
  return {
    id: 'touched-files',
    importance: 4.6,
    full: [
      heading(4, text(words.touched.heading)),
      ...touched.files.flatMap((file, at) => fileBlocks(file, at, place)),
      ...limits,
    ],
    short: [paragraph(text(short))],
    counted: words.touched.noun(count),
  };
};
