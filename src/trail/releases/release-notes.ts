import type { ClosingReference } from '../../model/closing-reference.ts';
import {
  type Block,
  code,
  type Document,
  emphasis,
  heading,
  type Inline,
  link,
  list,
  paragraph,
  strong,
  text,
} from '../../model/document.ts';
import { counted } from '../../model/plural.ts';
import type { Release, ReleasedRequest } from '../../model/release.ts';
import type { NotesSection, ReleaseNotesSettings } from '../../model/release-notes-settings.ts';
import { type ConventionalTitle, conventionalTitle, hasBreakingFooter } from './conventional-title.ts';

/** More would be read by nobody, and GitLab has a limit. */
const maxEntries = 500;
const maxTitle = 300;
const maxReferences = 20;
const maxContributors = 200;
const maxReverted = 20;

interface Entry {
  readonly title: ConventionalTitle;
  readonly labels: readonly string[];
  readonly source: Inline;
  readonly closes: readonly ClosingReference[];
}

function cut(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length <= maxTitle ? line : `${line.slice(0, maxTitle - 1).replace(/\p{Surrogate}$/u, '')}…`;
}

function titled(title: string, description: string): ConventionalTitle {
  const found = conventionalTitle(title);
  return { ...found, breaking: found.breaking || hasBreakingFooter(description) };
}

/** What another merge request picked is shown with that one, with what both close. */
function closesOf(
  mergeRequest: ReleasedRequest,
  { mergeRequests }: Pick<Release, 'mergeRequests'>,
): readonly ClosingReference[] {
  const picked = mergeRequests.filter(({ pickedBy }) => pickedBy === mergeRequest.iid);
  return [...mergeRequest.closes, ...picked.flatMap(({ closes }) => closes)];
}

function entriesOf(
  release: Pick<Release, 'mergeRequests' | 'commits'>,
  projectUrl: string,
): readonly Entry[] {
  const merged = release.mergeRequests
    .filter(({ pickedBy }) => pickedBy === null)
    .map((mergeRequest) => ({
      title: titled(mergeRequest.title, mergeRequest.description),
      labels: mergeRequest.labels,
      source: link(mergeRequest.url, text(`!${mergeRequest.iid}`)),
      closes: closesOf(mergeRequest, release),
    }));
  const pushed = release.commits.map(({ sha, title, message, closes }) => ({
    title: titled(title, message),
    labels: [],
    source: link(`${projectUrl}/-/commit/${sha}`, code(sha.slice(0, 8))),
    closes,
  }));
  return [...merged, ...pushed];
}

function isOf({ title, labels }: Entry, wanted: Pick<NotesSection, 'labels' | 'types'>): boolean {
  const own = new Set(labels.map((label) => label.toLowerCase()));
  return (
    wanted.labels.some((label) => own.has(label.toLowerCase())) ||
    (title.type !== null && wanted.types.includes(title.type))
  );
}

/** The section of an entry; null for the rest. */
function sectionOf(entry: Entry, sections: readonly NotesSection[]): NotesSection | null {
  const fits = (one: NotesSection): boolean => (one.breaking && entry.title.breaking) || isOf(entry, one);
  return sections.find(fits) ?? null;
}

/** A confidential issue is not named, and neither is one that GitLab does not show. */
function referenceInline(reference: ClosingReference, { release, project }: Shown): Inline | null {
  if (reference.kind === 'tracker') return link(reference.url, text(reference.key));
  if (reference.project !== project.path)
    return link(reference.url, text(`${reference.project}#${reference.iid}`));
  const issue = release.issues.find(({ iid }) => iid === reference.iid);
  return issue === undefined || issue.confidential ? null : link(issue.url, text(`#${issue.iid}`));
}

interface Shown {
  readonly release: Release;
  readonly project: { readonly path: string; readonly url: string };
}

function closing(entry: Entry, shown: Shown): readonly Inline[] {
  const found = new Map<string, Inline>();
  for (const reference of entry.closes) {
    const inline = referenceInline(reference, shown);
    if (inline !== null && found.size < maxReferences) found.set(reference.url, inline);
  }
  return [...found.values()].flatMap((inline, at) => [text(at === 0 ? '; closes ' : ', '), inline]);
}

function item(entry: Entry, shown: Shown): Document {
  const { scope, words } = entry.title;
  const before = scope === null ? [] : [strong(text(cut(scope))), text(': ')];
  return [paragraph(...before, text(`${cut(words)} (`), entry.source, text(')'), ...closing(entry, shown))];
}

function sectionBlocks(title: string, entries: readonly Entry[], shown: Shown): readonly Block[] {
  return entries.length === 0
    ? []
    : [heading(3, text(title)), list(...entries.map((entry) => item(entry, shown)))];
}

function contributorBlocks({ contributors }: Release): readonly Block[] {
  if (contributors.length === 0) return [];
  const names = contributors.slice(0, maxContributors).map(cut);
  const more = contributors.length - names.length;
  const words = more === 0 ? names.join(', ') : `${names.join(', ')} and ${more} more`;
  return [heading(3, text('Contributors')), paragraph(text(words))];
}

/** One line: people who followed a change look for it in the notes, and shall not think that they have it. */
function revertedBlocks(
  { reverted }: Release,
  settings: ReleaseNotesSettings,
  projectUrl: string,
): readonly Block[] {
  const all = entriesOf(reverted, projectUrl).filter((entry) => !isOf(entry, settings.hide));
  if (all.length === 0) return [];
  const named = all
    .slice(0, maxReverted)
    .flatMap(({ title, source }, at) => [
      text(`${at === 0 ? '' : ', '}${cut(title.words)} (`),
      source,
      text(')'),
    ]);
  const more = all.length - maxReverted;
  const rest = more > 0 ? [text(` and ${more} more`)] : [];
  return [paragraph(text('Reverted before this release: '), ...named, ...rest)];
}

/** From commit to commit: a tag can be moved, and have any name. */
function sinceBlock({ from, sha }: Release, projectUrl: string): readonly Block[] {
  if (from === null) return [];
  const url = `${projectUrl}/-/compare/${from.sha}...${sha}`;
  return [paragraph(link(url, text('All changes since '), code(from.name)))];
}

/**
 * The notes of a release: what it brought, by section, with the merge requests, the issues that they close and the
 * people. All texts of strangers are values of the document; nobody is mentioned. Without a title: the release has one.
 */
export function releaseNotes(
  release: Release,
  settings: ReleaseNotesSettings,
  project: Shown['project'],
): Document {
  const shown = { release, project };
  const all = entriesOf(release, project.url).filter((entry) => !isOf(entry, settings.hide));
  const entries = all.slice(0, maxEntries);
  const blocks = [...settings.sections, null].flatMap((section) =>
    sectionBlocks(
      section?.title ?? settings.other,
      entries.filter((entry) => sectionOf(entry, settings.sections) === section),
      shown,
    ),
  );
  const more = all.length - entries.length;
  const gaps = [
    ...(more === 0 ? [] : [`${counted(more, { one: 'change is', other: 'changes are' })} not listed.`]),
    ...release.gaps,
  ];
  return [
    ...(entries.length === 0 ? [paragraph(text('No changes.'))] : blocks),
    ...revertedBlocks(release, settings, project.url),
    ...(settings.contributors ? contributorBlocks(release) : []),
    ...gaps.map((words) => paragraph(emphasis(text(words)))),
    ...sinceBlock(release, project.url),
  ];
}
