import { addressInProject } from '../../model/project-address.ts';
import type {
  HistoryMergeRequest,
  MergeRequestDetails,
  MergeRequestEvent,
  WaitingOn,
} from '../../model/project-history.ts';
import {
  BadColumns,
  type ColumnReader,
  type Names,
  readColumns,
  rowsOf,
  type TableOfColumns,
  writeColumns,
} from './columns.ts';

const waits: readonly WaitingOn[] = ['author', 'reviewer', 'pipeline', 'nobody'];
const kinds: readonly MergeRequestEvent['kind'][] = [
  'comment',
  'approved',
  'unapproved',
  'ready',
  'draft',
  'push',
  'closed',
  'reopened',
];

/** Merge requests, and the events of those whose details were read, in the order of their merge requests. */
export interface MergeRequestTables {
  readonly rows: TableOfColumns;
  readonly events: TableOfColumns;
}

export function writeMergeRequests(rows: readonly HistoryMergeRequest[], names: Names): MergeRequestTables {
  const { deltas, flags, numbers, texts, textLists } = writeColumns(rows, names);
  const all = rows.flatMap(({ details }) => details?.events ?? []);
  const events = writeColumns(all, names);
  return {
    rows: {
      count: rows.length,
      columns: {
        iid: deltas(({ iid }) => iid),
        title: texts(({ title }) => title),
        author: texts(({ author }) => author.username),
        bot: flags(({ author }) => author.isBot),
        state: texts(({ state }) => state),
        draft: flags(({ isDraft }) => isDraft),
        source: texts(({ sourceBranch }) => sourceBranch),
        target: texts(({ targetBranch }) => targetBranch),
        labels: textLists(({ labels }) => labels),
        created: deltas(({ createdAt }) => createdAt),
        merged: deltas(({ mergedAt }) => mergedAt),
        closed: deltas(({ closedAt }) => closedAt),
        sha: texts(({ mergeSha }) => mergeSha),
        waiting: numbers(({ waitingOn }) => (waitingOn === null ? null : waits.indexOf(waitingOn))),
        reviewers: textLists(({ reviewers }) => reviewers),
        commits: numbers(({ details }) => details?.commits ?? null),
        written: numbers(({ details }) => details?.lines?.written ?? null),
        generated: numbers(({ details }) => details?.lines?.generated ?? null),
        firstCommit: deltas(({ details }) => details?.firstCommitAt ?? null),
        events: numbers(({ details }) => details?.events.length ?? 0),
      },
    },
    events: {
      count: all.length,
      columns: {
        kind: events.numbers(({ kind }) => kinds.indexOf(kind)),
        at: events.deltas(({ at }) => at),
        by: events.texts(({ by }) => by.username),
        bot: events.flags(({ by }) => by.isBot),
      },
    },
  };
}

function eventReader(columns: ColumnReader): (row: number) => MergeRequestEvent {
  const [kind, at] = [columns.numbers('kind'), columns.deltas('at')];
  const [by, bot] = [columns.texts('by'), columns.flags('bot')];
  return (row) => {
    const known = kinds[kind(row)];
    if (known === undefined) throw new BadColumns('an event of no kind');
    return { kind: known, at: at(row), by: { username: by(row), isBot: bot(row) } };
  };
}

/** The details of each merge request in turn: its events follow those of the one before. */
function detailsReader(
  columns: ColumnReader,
  events: readonly MergeRequestEvent[],
): (row: number) => MergeRequestDetails | null {
  const [commits, counts] = [columns.numbersOrNull('commits'), columns.numbers('events')];
  const firstCommit = columns.deltasOrNull('firstCommit');
  const [written, generated] = [columns.numbersOrNull('written'), columns.numbersOrNull('generated')];
  let next = 0;
  return (row) => {
    const count = commits(row);
    if (count === null) return null;
    const from = next;
    next += counts(row);
    if (!Number.isInteger(counts(row)) || counts(row) < 0 || next > events.length)
      throw new BadColumns('events that are not there');
    const [own, others] = [written(row), generated(row)];
    return {
      firstCommitAt: firstCommit(row),
      commits: count,
      events: events.slice(from, next),
      lines: own === null || others === null ? null : { written: own, generated: others },
    };
  };
}

/** Throws `BadColumns`. */
export function readMergeRequests(
  tables: MergeRequestTables,
  names: readonly string[],
  projectUrl: string,
): readonly HistoryMergeRequest[] {
  const events = readColumns(tables.events, names);
  const columns = readColumns(tables.rows, names);
  const detailsOf = detailsReader(columns, rowsOf(events.count, eventReader(events)));
  const [iid, title, state] = [columns.deltas('iid'), columns.texts('title'), columns.texts('state')];
  const [author, bot, draft] = [columns.texts('author'), columns.flags('bot'), columns.flags('draft')];
  const [source, target] = [columns.texts('source'), columns.texts('target')];
  const [labels, reviewers] = [columns.textLists('labels'), columns.textLists('reviewers')];
  const [created, merged] = [columns.deltas('created'), columns.deltasOrNull('merged')];
  const [closed, sha, waiting] = [
    columns.deltasOrNull('closed'),
    columns.textsOrNull('sha'),
    columns.numbersOrNull('waiting'),
  ];
  return rowsOf(columns.count, (row) => ({
    iid: iid(row),
    title: title(row),
    url: addressInProject(projectUrl, 'merge_requests', iid(row)),
    author: { username: author(row), isBot: bot(row) },
    state: state(row),
    isDraft: draft(row),
    sourceBranch: source(row),
    targetBranch: target(row),
    labels: labels(row),
    createdAt: created(row),
    mergedAt: merged(row),
    closedAt: closed(row),
    mergeSha: sha(row),
    waitingOn: waits[waiting(row) ?? -1] ?? null,
    reviewers: reviewers(row),
    details: detailsOf(row),
  }));
}
