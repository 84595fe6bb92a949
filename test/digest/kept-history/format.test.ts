import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readKeptHistory, writeKeptHistory } from '../../../src/digest/kept-history/format.ts';
import type { KeptHistory, KeptPart } from '../../../src/digest/kept-history/kept-history.ts';

const projectUrl = 'https://gitlab.example.com/shop/till';
const sign = (text: string): string => `proof of ${text.length}`;
const wanted = { projectId: 42, projectUrl, now: 2e12, sign };

const id = fc.integer({ min: 1, max: 2 ** 50 });
const at = fc.integer({ min: 0, max: 19e11 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });
const text = fc.string({ unit: 'binary', maxLength: 12 });
const texts = fc.array(text, { maxLength: 3 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
const rows = <T>(row: fc.Arbitrary<T>): fc.Arbitrary<KeptPart<T> | null> =>
  orNull(fc.record({ from: at, until: at, rows: fc.array(row, { maxLength: 6 }) }));
const link = (kind: string, value: number | string): string => `${projectUrl}/-/${kind}/${value}`;

const deployment = fc
  .record({
    id,
    environment: text,
    tier: orNull(text),
    status: text,
    sha: text,
    ref: text,
    createdAt: at,
    finishedAt: orNull(at),
    job: orNull(id),
  })
  .map(({ job, ...row }) => ({ ...row, url: job === null ? null : link('jobs', job) }));
const event = fc.record({
  kind: fc.constantFrom('comment', 'approved', 'unapproved', 'ready', 'draft', 'push', 'closed', 'reopened'),
  at,
  by: fc.record({ username: text, isBot: fc.boolean() }),
});
const details = fc.record({
  firstCommitAt: orNull(at),
  commits: fc.nat(),
  events: fc.array(event, { maxLength: 4 }),
  lines: orNull(fc.record({ written: fc.nat(), generated: fc.nat() })),
});
const mergeRequest = fc
  .record({
    iid: id,
    title: text,
    author: fc.record({ username: text, isBot: fc.boolean() }),
    state: text,
    isDraft: fc.boolean(),
    sourceBranch: text,
    targetBranch: text,
    labels: texts,
    createdAt: at,
    mergedAt: orNull(at),
    closedAt: orNull(at),
    mergeSha: orNull(text),
    waitingOn: orNull(fc.constantFrom('author', 'reviewer', 'pipeline', 'nobody')),
    reviewers: fc.array(fc.string(), { maxLength: 2 }),
    details: orNull(details),
  })
  .map((row) => ({ ...row, url: link('merge_requests', row.iid) }));
const issue = fc
  .record({ iid: id, title: text, kind: text, labels: texts, createdAt: at, closedAt: orNull(at) })
  .map((row) => ({ ...row, url: link('issues', row.iid) }));
const pipeline = fc
  .record({
    id,
    status: text,
    source: orNull(text),
    ref: text,
    sha: text,
    createdAt: at,
    updatedAt: orNull(at),
  })
  .map((row) => ({ ...row, url: link('pipelines', row.id) }));
const job = fc.record({
  id,
  pipelineId: id,
  name: text,
  stage: text,
  status: text,
  allowFailure: fc.boolean(),
  failureReason: orNull(text),
  createdAt: at,
  startedAt: orNull(at),
  finishedAt: orNull(at),
  durationSeconds: orNull(number),
  queuedSeconds: orNull(number),
  coverage: orNull(number),
  cause: orNull(fc.constantFrom('code', 'test', 'infrastructure')),
});
const commit = fc.record({
  sha: text,
  parents: texts,
  authoredAt: at,
  committedAt: at,
  added: orNull(fc.nat()),
  removed: orNull(fc.nat()),
  title: text,
  reverts: texts,
});
const history = fc.record({
  projectId: fc.constant(42),
  readAt: at,
  defaultBranch: orNull(text),
  tip: orNull(text),
  deployments: rows(deployment),
  mergeRequests: rows(mergeRequest),
  issues: rows(issue),
  pipelines: rows(pipeline),
  jobs: rows(job),
  commits: rows(commit),
  rest: fc.constant(null),
}) as fc.Arbitrary<KeptHistory>;

test('what is written is what is read', () => {
  fc.assert(
    fc.property(history, (kept) => {
      expect(readKeptHistory(writeKeptHistory(kept, sign), wanted)).toEqual(kept);
    }),
  );
});

/** A file with columns of our own, signed: as a Herald with an error would write it. */
function fileOf(change: (content: Record<string, unknown>) => void): string {
  const empty: KeptHistory = {
    projectId: 42,
    readAt: 1,
    defaultBranch: null,
    tip: null,
    deployments: null,
    mergeRequests: null,
    issues: { from: 0, until: 1, rows: [] },
    pipelines: null,
    jobs: null,
    commits: null,
    rest: null,
  };
  const file = JSON.parse(writeKeptHistory(empty, sign)) as {
    history: Record<string, unknown>;
    proof: string;
  };
  change(file.history);
  file.proof = sign(`herald-history\n${JSON.stringify(file.history)}`);
  return JSON.stringify(file);
}

describe('a signed file that does not fit', () => {
  const columns = { iid: [1], title: [0], kind: [0], labels: [[]], created: [1], closed: [null] };
  const issues = (more: object, count = 1): object => ({
    from: 0,
    until: 1,
    count,
    columns: { ...columns, ...more },
  });
  test.each<[string, object]>([
    ['a column that is missing', { from: 0, until: 1, count: 1, columns: { iid: [1] } }],
    ['fewer cells than rows', issues({}, 2)],
    ['a number of no text', issues({ title: [9] })],
    ['a text for a number', issues({ iid: ['1'] })],
    ['no number where there must be one', issues({ created: [null] })],
    ['a number that no double holds', issues({ iid: [1e300] })],
    ['no list where there must be one', issues({ labels: [0] })],
    ['a name from the prototype', issues({ title: ['__proto__'] })],
  ])('is not read: %s', (_what, part) => {
    const text_ = fileOf((content) => {
      Object.assign(content, { names: ['a'], issues: part });
    });
    expect(readKeptHistory(text_, wanted)).toEqual({ unusable: 'has columns that do not fit each other' });
  });

  test('fits without the error', () => {
    const text_ = fileOf((content) => {
      Object.assign(content, { names: ['a'], issues: issues({}) });
    });
    expect(readKeptHistory(text_, wanted)).toMatchObject({ issues: { rows: [{ iid: 1, title: 'a' }] } });
  });
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text_) => {
      expect(readKeptHistory(text_, wanted)).toHaveProperty('unusable');
    }),
  );
});
