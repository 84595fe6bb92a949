/**
 * What a text says that it closes, by GitLab's own grammar: its default `issue_closing_pattern` (`config/initializers/1_settings.rb` of gitlabhq/gitlabhq), the patterns of references that are filled into it (`Gitlab::ClosingIssueExtractor`, `Issue.reference_pattern`), and https://docs.gitlab.com/user/project/issues/managing_issues/#default-closing-pattern
 */
import type { ClosingReference } from '../model/closing-reference.ts';
import { type Tracker, trackerKeyAt } from './trackers.ts';

/** Where a text is: what `#12` means there, and which addresses are of this instance. */
export interface TextPlace {
  /** `https://gitlab.example.com/gitlab`, no trailing slash. */
  readonly serverUrl: string;
  /** `group/project` */
  readonly project: string;
  readonly trackers: readonly Tracker[];
}

/** More of a text than this is not read, in UTF-16 units: GitLab takes descriptions of a million characters. */
const maxText = 100_000;

const keyword =
  /(?<![\p{L}\p{N}_])(?:[Cc]los(?:e[sd]?|ing)|[Ff]ix(?:e[sd]|ing)?|[Rr]esolv(?:e[sd]?|ing)|[Ii]mplement(?:s|ed|ing)?):? +/gu;
const issueWord = /issues? +/y;
/** Something of another tracker; none of ours unless it is configured. */
const foreignKey = /[A-Z][A-Z0-9_]{1,100}-\d+/y;
/** Of an instance with many groups within each other: GitLab allows 20. */
const shortReference = /((?<![\w.])[\w.][\w.-]{0,254}(?:\/[\w.][\w.-]{0,254}){0,20})?#(\d+)(?:\+s?)?(?!\w)/y;
const ownPrefix = /(?<![\w.])GL-(\d+)(?:\+s?)?(?!\w)/y;
const bracketed = /\[issue:(?:([\w.][\w.-]{0,254}(?:\/[\w.][\w.-]{0,254}){0,20})\/)?(\d+)(?:\+s?)?\]/y;
/** An address goes on to the next space; a mark at its end is not of it. */
const address = /https?:\/\/[^ \t\r\n\f\v>]{1,300}(?<![?!.,:])/y;
const issueAddress =
  /^\/((?:[\w.][\w.-]*\/)+[\w.][\w.-]*?)(?:\/-)?\/(?:issues(?:\/incident)?|work_items)\/(\d+)(?!\w)/;

/** GitLab keeps numbers of issues in 32 bits. */
const maxIid = 2 ** 31 - 1;

interface Found {
  readonly reference: ClosingReference | null;
  /** Where the text goes on. */
  readonly end: number;
}

function execAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function afterSpaces(text: string, at: number): number {
  let end = at;
  while (text[end] === ' ') end += 1;
  return end;
}

/**
 * Where what may be between two references ends: ` *,? +and +`, or ` *,? *`, and never a line's end. As one regular
 * expression this would take time in proportion to the square of the spaces.
 */
function afterSeparator(text: string, at: number): number {
  const comma = afterSpaces(text, at);
  const start = text[comma] === ',' ? comma + 1 : at;
  const word = afterSpaces(text, start);
  return word > start && text.startsWith('and ', word) ? afterSpaces(text, word + 3) : word;
}

/** No project and no group has such a path. */
function isPath(path: string): boolean {
  const parts = path.split('/');
  return (
    !parts.some((part) => /\.(?:git|atom)$/.test(part)) &&
    !parts.slice(0, -1).some((part) => part.endsWith('.'))
  );
}

/** `project#1` is of the same group. */
function fullPath(written: string | undefined, { project }: TextPlace): string | null {
  if (written === undefined || written === '') return project;
  if (!isPath(written)) return null;
  if (written.includes('/')) return written;
  return `${project.slice(0, project.lastIndexOf('/') + 1)}${written}`;
}

function issueOf(
  path: string | null,
  digits: string | undefined,
  { project, serverUrl }: TextPlace,
): ClosingReference | null {
  const iid = Number(digits);
  if (path === null || !Number.isSafeInteger(iid) || iid < 1 || iid > maxIid) return null;
  const known = path.toLowerCase() === project.toLowerCase() ? project : path;
  return { kind: 'issue', project: known, iid, url: `${serverUrl}/${known}/-/issues/${iid}` };
}

/** An address of another instance closes nothing. */
function issueOfAddress(url: string, place: TextPlace): ClosingReference | null {
  if (!url.startsWith(`${place.serverUrl}/`)) return null;
  const [, path, digits] = issueAddress.exec(url.slice(place.serverUrl.length)) ?? [];
  return path === undefined || path.startsWith('groups/') || !isPath(path)
    ? null
    : issueOf(path, digits, place);
}

function issueAt(text: string, at: number, place: TextPlace): Found | null {
  const link = execAt(address, text, at);
  if (link !== null) return { reference: issueOfAddress(link[0], place), end: address.lastIndex };
  for (const pattern of [shortReference, bracketed]) {
    const found = execAt(pattern, text, at);
    if (found === null) continue;
    const path = fullPath(found[1], place);
    if (path !== null) return { reference: issueOf(path, found[2], place), end: pattern.lastIndex };
  }
  const own = execAt(ownPrefix, text, at);
  if (own === null) return null;
  return { reference: issueOf(place.project, own[1], place), end: ownPrefix.lastIndex };
}

function trackerAt(text: string, at: number, { trackers }: TextPlace): Found | null {
  const found = trackerKeyAt(text, at, trackers);
  if (found !== null) return { reference: { kind: 'tracker', ...found }, end: at + found.key.length };
  return execAt(foreignKey, text, at) === null ? null : { reference: null, end: foreignKey.lastIndex };
}

/** GitLab looks for references in what its pattern matched: `GL-5` at the very end of that is one, whatever follows. */
function cutOff(
  text: string,
  { from, end }: { readonly from: number; readonly end: number },
  place: TextPlace,
): readonly ClosingReference[] {
  const [, digits] = /^(?:.*[^\w.])?GL-(\d+)$/s.exec(text.slice(Math.max(from - 1, 0), end)) ?? [];
  const own = issueOf(place.project, digits, place);
  return own === null ? [] : [own];
}

/** The references of one list: `#1, #2 and group/project#3`. */
function listAt(
  text: string,
  start: number,
  place: TextPlace,
): { readonly found: readonly ClosingReference[]; readonly end: number } {
  const found: ClosingReference[] = [];
  let at = start;
  let last = start;
  // For GitLab a list ends at a key of another tracker: after a comma only further keys count.
  let isOfKeys = false;
  for (;;) {
    const afterWord = execAt(issueWord, text, at) === null ? at : issueWord.lastIndex;
    const issue = isOfKeys ? null : (issueAt(text, afterWord, place) ?? issueAt(text, at, place));
    const item = issue ?? trackerAt(text, at, place);
    if (item === null) return { found: [...found, ...cutOff(text, { from: last, end: at }, place)], end: at };
    if (item.reference !== null) found.push(item.reference);
    last = item.reference === null ? at : item.end;
    at = item.end;
    const end = afterSeparator(text, at);
    if (issue === null && end > at) isOfKeys = true;
    at = end;
  }
}

/** A name that is the same for references to the same thing. */
export function referenceName(reference: ClosingReference): string {
  return reference.kind === 'issue'
    ? `${reference.project.toLowerCase()}#${reference.iid}`
    : `tracker ${reference.key}`;
}

/** The references of all lists of a text, also those that are named more than once. */
function referencesIn(text: string, place: TextPlace): readonly ClosingReference[] {
  const all: ClosingReference[] = [];
  const words = new RegExp(keyword);
  for (let match = words.exec(text); match !== null; match = words.exec(text)) {
    const { found, end } = listAt(text, words.lastIndex, place);
    all.push(...found);
    words.lastIndex = Math.max(end, words.lastIndex);
  }
  return all;
}

/**
 * What the texts say that they close, each once, in their order. As for GitLab, it does not matter whether a text is in
 * code, in a quotation or in a comment of HTML. Linear in the length of the texts, of which at most 100,000 characters
 * each are read.
 */
export function closingReferences(texts: readonly string[], place: TextPlace): readonly ClosingReference[] {
  const all = new Map<string, ClosingReference>();
  for (const reference of texts.flatMap((text) => referencesIn(text.slice(0, maxText), place))) {
    const name = referenceName(reference);
    if (!all.has(name)) all.set(name, reference);
  }
  return [...all.values()];
}
