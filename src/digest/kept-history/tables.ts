import { addressInProject } from '../../model/project-address.ts';
import type {
  HistoryCommit,
  HistoryDeployment,
  HistoryIssue,
  HistoryJob,
  HistoryPipeline,
} from '../../model/project-history.ts';
import {
  type ColumnReader,
  type Names,
  readColumns,
  rowsOf,
  type TableOfColumns,
  writeColumns,
} from './columns.ts';

/** How rows of one kind are written and read; addresses are built again, so that no file decides where a link leads. */
export interface TableFormat<Row> {
  write(rows: readonly Row[], names: Names): TableOfColumns;
  /** Throws `BadColumns`. */
  read(table: TableOfColumns, names: readonly string[], projectUrl: string): readonly Row[];
}

const causes: readonly NonNullable<HistoryJob['cause']>[] = ['code', 'test', 'infrastructure'];

/** The id at the end of an address. */
function idIn(url: string | null): number | null {
  const id = Number(url?.slice(url.lastIndexOf('/') + 1));
  return Number.isSafeInteger(id) ? id : null;
}

export const deployments: TableFormat<HistoryDeployment> = {
  write(rows, names) {
    const { deltas, texts } = writeColumns(rows, names);
    return {
      count: rows.length,
      columns: {
        id: deltas(({ id }) => id),
        environment: texts(({ environment }) => environment),
        tier: texts(({ tier }) => tier),
        status: texts(({ status }) => status),
        sha: texts(({ sha }) => sha),
        ref: texts(({ ref }) => ref),
        created: deltas(({ createdAt }) => createdAt),
        finished: deltas(({ finishedAt }) => finishedAt),
        job: deltas(({ url }) => idIn(url)),
      },
    };
  },
  read(table, names, projectUrl) {
    const columns = readColumns(table, names);
    const [id, created] = [columns.deltas('id'), columns.deltas('created')];
    const [finished, job] = [columns.deltasOrNull('finished'), columns.deltasOrNull('job')];
    const [environment, tier] = [columns.texts('environment'), columns.textsOrNull('tier')];
    const [status, sha, ref] = [columns.texts('status'), columns.texts('sha'), columns.texts('ref')];
    return rowsOf(columns.count, (row) => {
      const jobId = job(row);
      return {
        id: id(row),
        environment: environment(row),
        tier: tier(row),
        status: status(row),
        sha: sha(row),
        ref: ref(row),
        createdAt: created(row),
        finishedAt: finished(row),
        url: jobId === null ? null : addressInProject(projectUrl, 'jobs', jobId),
      };
    });
  },
};

export const issues: TableFormat<HistoryIssue> = {
  write(rows, names) {
    const { deltas, texts, textLists } = writeColumns(rows, names);
    return {
      count: rows.length,
      columns: {
        iid: deltas(({ iid }) => iid),
        title: texts(({ title }) => title),
        kind: texts(({ kind }) => kind),
        labels: textLists(({ labels }) => labels),
        created: deltas(({ createdAt }) => createdAt),
        closed: deltas(({ closedAt }) => closedAt),
      },
    };
  },
  read(table, names, projectUrl) {
    const columns = readColumns(table, names);
    const [iid, title, kind] = [columns.deltas('iid'), columns.texts('title'), columns.texts('kind')];
    const [labels, created] = [columns.textLists('labels'), columns.deltas('created')];
    const closed = columns.deltasOrNull('closed');
    return rowsOf(columns.count, (row) => ({
      iid: iid(row),
      title: title(row),
      url: addressInProject(projectUrl, 'issues', iid(row)),
      kind: kind(row),
      labels: labels(row),
      createdAt: created(row),
      closedAt: closed(row),
    }));
  },
};

export const pipelines: TableFormat<HistoryPipeline> = {
  write(rows, names) {
    const { deltas, texts } = writeColumns(rows, names);
    return {
      count: rows.length,
      columns: {
        id: deltas(({ id }) => id),
        status: texts(({ status }) => status),
        source: texts(({ source }) => source),
        ref: texts(({ ref }) => ref),
        sha: texts(({ sha }) => sha),
        created: deltas(({ createdAt }) => createdAt),
        updated: deltas(({ updatedAt }) => updatedAt),
      },
    };
  },
  read(table, names, projectUrl) {
    const columns = readColumns(table, names);
    const [id, status, source] = [
      columns.deltas('id'),
      columns.texts('status'),
      columns.textsOrNull('source'),
    ];
    const [ref, sha] = [columns.texts('ref'), columns.texts('sha')];
    const [created, updated] = [columns.deltas('created'), columns.deltasOrNull('updated')];
    return rowsOf(columns.count, (row) => ({
      id: id(row),
      url: addressInProject(projectUrl, 'pipelines', id(row)),
      status: status(row),
      source: source(row),
      ref: ref(row),
      sha: sha(row),
      createdAt: created(row),
      updatedAt: updated(row),
    }));
  },
};

export const jobs: TableFormat<HistoryJob> = {
  write(rows, names) {
    const { deltas, flags, numbers, texts } = writeColumns(rows, names);
    return {
      count: rows.length,
      columns: {
        id: deltas(({ id }) => id),
        pipeline: deltas(({ pipelineId }) => pipelineId),
        name: texts(({ name }) => name),
        stage: texts(({ stage }) => stage),
        status: texts(({ status }) => status),
        mayFail: flags(({ allowFailure }) => allowFailure),
        reason: texts(({ failureReason }) => failureReason),
        created: deltas(({ createdAt }) => createdAt),
        started: deltas(({ startedAt }) => startedAt),
        finished: deltas(({ finishedAt }) => finishedAt),
        duration: numbers(({ durationSeconds }) => durationSeconds),
        queued: numbers(({ queuedSeconds }) => queuedSeconds),
        coverage: numbers(({ coverage }) => coverage),
        cause: numbers(({ cause }) => (cause === null ? null : causes.indexOf(cause))),
      },
    };
  },
  read(table, names) {
    const columns = readColumns(table, names);
    return rowsOf(columns.count, jobReader(columns));
  },
};

function jobReader(columns: ColumnReader): (row: number) => HistoryJob {
  const [id, pipeline, created] = [
    columns.deltas('id'),
    columns.deltas('pipeline'),
    columns.deltas('created'),
  ];
  const [started, finished] = [columns.deltasOrNull('started'), columns.deltasOrNull('finished')];
  const [name, stage, status] = [columns.texts('name'), columns.texts('stage'), columns.texts('status')];
  const [mayFail, reason] = [columns.flags('mayFail'), columns.textsOrNull('reason')];
  const [duration, queued] = [columns.numbersOrNull('duration'), columns.numbersOrNull('queued')];
  const [coverage, cause] = [columns.numbersOrNull('coverage'), columns.numbersOrNull('cause')];
  return (row) => ({
    id: id(row),
    pipelineId: pipeline(row),
    name: name(row),
    stage: stage(row),
    status: status(row),
    allowFailure: mayFail(row),
    failureReason: reason(row),
    createdAt: created(row),
    startedAt: started(row),
    finishedAt: finished(row),
    durationSeconds: duration(row),
    queuedSeconds: queued(row),
    coverage: coverage(row),
    cause: causes[cause(row) ?? -1] ?? null,
  });
}

export const commits: TableFormat<HistoryCommit> = {
  write(rows, names) {
    const { deltas, numbers, texts, textLists } = writeColumns(rows, names);
    return {
      count: rows.length,
      columns: {
        sha: texts(({ sha }) => sha),
        parents: textLists(({ parents }) => parents),
        authored: deltas(({ authoredAt }) => authoredAt),
        committed: deltas(({ committedAt }) => committedAt),
        added: numbers(({ added }) => added),
        removed: numbers(({ removed }) => removed),
        title: texts(({ title }) => title),
        reverts: textLists(({ reverts }) => reverts),
      },
    };
  },
  read(table, names) {
    const columns = readColumns(table, names);
    const [sha, parents, title] = [
      columns.texts('sha'),
      columns.textLists('parents'),
      columns.texts('title'),
    ];
    const [authored, committed] = [columns.deltas('authored'), columns.deltas('committed')];
    const [added, removed] = [columns.numbersOrNull('added'), columns.numbersOrNull('removed')];
    const reverts = columns.textLists('reverts');
    return rowsOf(columns.count, (row) => ({
      sha: sha(row),
      parents: parents(row),
      authoredAt: authored(row),
      committedAt: committed(row),
      added: added(row),
      removed: removed(row),
      title: title(row),
      reverts: reverts(row),
    }));
  },
};
