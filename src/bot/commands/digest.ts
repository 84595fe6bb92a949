import { type Block, code, type Document, type Inline, link, paragraph, text } from '../../model/document.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { ProjectActivity, Recent, RecentItem } from '../../model/project-activity.ts';
import { decide } from '../permissions.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';
import { sinceOf } from './since.ts';

const maxNamed = 3;
const maxTitle = 80;

interface Row {
  readonly what: string;
  /** Path of the list in GitLab, below the project. */
  readonly path: string;
  readonly found: Recent | null;
  readonly counted: (items: readonly RecentItem[], atLeast: string) => string;
  readonly named: (items: readonly RecentItem[]) => readonly RecentItem[];
  /**
   * Lists whose titles may be shown: readers who can see merge requests may not see issues, and the other way round.
   */
  readonly kind: Noteable['kind'] | null;
}

function total({ length }: readonly RecentItem[], atLeast: string): string {
  return `${atLeast}${length}`;
}

function ended(items: readonly RecentItem[], status: string): readonly RecentItem[] {
  return items.filter((item) => item.status === status);
}

function pipelineCounts(items: readonly RecentItem[], atLeast: string): string {
  return `${atLeast}${ended(items, 'success').length} passed, ${ended(items, 'failed').length} failed`;
}

const all = (items: readonly RecentItem[]): readonly RecentItem[] => items;

function rowsOf(activity: ProjectActivity, branch: string): readonly Row[] {
  const plain = { counted: total, named: all };
  return [
    {
      ...plain,
      what: 'Merged merge requests',
      path: 'merge_requests?state=merged',
      found: activity.merged,
      kind: 'merge_request',
    },
    {
      ...plain,
      what: 'Opened issues',
      path: 'issues?state=all&sort=created_date',
      found: activity.opened,
      kind: 'issue',
    },
    {
      ...plain,
      what: 'Closed issues',
      path: 'issues?state=closed&sort=closed_at_desc',
      found: activity.closed,
      kind: 'issue',
    },
    {
      what: `Pipelines of ${branch}`,
      path: `pipelines?ref=${encodeURIComponent(branch)}`,
      found: activity.pipelines,
      counted: pipelineCounts,
      named: (items) => ended(items, 'failed'),
      kind: null,
    },
    { ...plain, what: 'Releases', path: 'releases', found: activity.releases, kind: null },
  ];
}

function nameOf({ reference, title, url }: RecentItem, tellsTitle: boolean): readonly Inline[] {
  const short = title.length > maxTitle ? `${title.slice(0, maxTitle)}…` : title;
  const words = [code(reference), ...(tellsTitle ? [text(` ${short}`)] : [])];
  return url === '' ? words : [link(url, ...words)];
}

function namesOf(items: readonly RecentItem[], tellsTitles: boolean): readonly Inline[] {
  const shown = items.slice(0, maxNamed);
  const names = shown.flatMap((item, index) => [
    ...(index === 0 ? [] : [text(', ')]),
    ...nameOf(item, tellsTitles),
  ]);
  const more = items.length - shown.length;
  return more > 0 ? [...names, text(` and ${more} more`)] : names;
}

function cells(
  { what, path, found, counted, named, kind }: Row,
  { facts, on }: CommandInput,
  since: Date,
): readonly (readonly Inline[])[] {
  const label = [link(`${facts.project.url}/-/${path}`, text(what))];
  if (found === null) return [label, [text('not visible')], []];
  const items = found.items.filter(({ at }) => Date.parse(at) >= since.getTime());
  const atLeast = found.isCapped ? 'at least ' : '';
  return [label, [text(counted(items, atLeast))], namesOf(named(items), kind === on.kind)];
}

function table(input: CommandInput, activity: ProjectActivity, since: Date): Block {
  const branch = input.facts.project.defaultBranch ?? 'the default branch';
  return {
    kind: 'table',
    columns: [
      { title: [text('What')], align: 'left' },
      { title: [text('How many')], align: 'left' },
      { title: [text('Latest; of pipelines, those that failed')], align: 'left' },
    ],
    rows: rowsOf(activity, branch).map((row) => cells(row, input, since)),
  };
}

function plan(input: CommandInput): CommandOutcome {
  const { call, facts } = input;
  const since = sinceOf(call.args, facts.now);
  if (since === 'unreadable') return usageOf(digest);
  if (since === 'too-long')
    return cannot(sentence`A digest covers at most the last ${'90d'}, and not the future.`);
  const { activity } = facts;
  if (activity === null) return cannot(sentence`GitLab does not show what happened.`);
  const head = `What happened in ${facts.project.path} since ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC:`;
  const document: Document = [paragraph(text(head)), table(input, activity, since)];
  return act(document);
}

export const digest: BotCommand = {
  name: 'digest',
  usage: 'digest [since]',
  summary: 'Shows what happened in the project: in the last 7 days, or since 24h, 30d, 2w or 2026-03-01.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: ['activity'],
  decide: ({ facts }) => decide('see-activity', facts),
  plan,
};
