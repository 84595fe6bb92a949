import { describe, expect, test } from 'vitest';
import { reportOptions } from '../../../../src/config/report-options.ts';
import { parseUnifiedDiff } from '../../../../src/diff/parse-unified-diff.ts';
import type { Finding, FixColumns } from '../../../../src/model/findings.ts';
import type { Summary } from '../../../../src/model/summary.ts';
import type { Write } from '../../../../src/model/write.ts';
import { publishGateThread } from '../../../../src/usecases/report/publish/gate-thread.ts';
import { publishInline } from '../../../../src/usecases/report/publish/inline.ts';
import { createTroubles } from '../../../../src/usecases/troubles.ts';
import {
  aComparison,
  aFinding,
  aFindingsReport,
  aGateVerdict,
  aMergeRequest,
  aReadFile,
  aSummary,
} from '../../../builders.ts';
import type { EmbeddedMergeRequest } from '../../../support/gitlab/state/state.ts';
import { aStage, cast, type Stage } from '../../bot/stage.ts';

const report = 'reports/quality.json';

/** The file as a push has it: its lines; the first `old` of them were there before. */
interface Push {
  readonly sha: string;
  readonly path?: string;
  readonly lines: readonly string[];
  readonly findings: readonly {
    readonly id: string;
    readonly line: number;
    readonly fix?: string;
    readonly columns?: FixColumns;
  }[];
}

interface Differences {
  /** The head that the merge request has by the time of the run. */
  readonly newest?: string;
  /** The lines that GitLab's own diff shows, where it shows less. */
  readonly shown?: readonly string[];
  readonly checkout?: Readonly<Record<string, string>>;
  readonly gates?: Summary['gates'];
  /** A newer pipeline writes the comment meanwhile. */
  readonly overtaken?: boolean;
}

function hunkOf(lines: readonly string[]): string {
  return `@@ -1,1 +1,${lines.length + 1} @@\n first\n${lines.map((line) => `+${line}\n`).join('')}`;
}

function mergeRequestOf({ state }: Stage): EmbeddedMergeRequest {
  const mr = state.mergeRequests.find(({ iid }) => iid === 7);
  if (mr === undefined) throw new Error('there is no merge request');
  return mr;
}

function push(stage: Stage, { sha, path = 'src/till.ts', lines }: Push): string {
  const patch = hunkOf(lines);
  const file = {
    old_path: path,
    new_path: path,
    new_file: false,
    renamed_file: false,
    deleted_file: false,
    collapsed: false,
    too_large: false,
  };
  Object.assign(mergeRequestOf(stage), {
    sha,
    diff_base_sha: 'b0'.repeat(20),
    diff: { raw: null, files: [{ ...file, diff: patch }] },
  });
  return `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${patch}`;
}

async function run(
  stage: Stage,
  wanted: Push,
  options: object = {},
  {
    newest = wanted.sha,
    shown = wanted.lines,
    checkout = {},
    gates = [],
    overtaken = false,
  }: Differences = {},
): Promise<readonly Write[]> {
  const diff = parseUnifiedDiff(push(stage, { ...wanted, sha: newest }));
  push(stage, { ...wanted, sha: newest, lines: shown });
  const found = wanted.findings.map(
    ({ id, line, fix, columns = null }): Finding =>
      aFinding({
        id: id.padStart(16, '0'),
        message: `about ${id}`,
        path: wanted.path ?? 'src/till.ts',
        line,
        severity: 'high',
        report,
        fix:
          fix === undefined
            ? null
            : { startLine: line, endLine: line, replacement: fix, columns, description: '' },
      }),
  );
  const summary = aSummary({
    mergeRequest: aMergeRequest({ iid: 7, headSha: wanted.sha }),
    diff,
    gates,
    findings: aFindingsReport({ findings: found }),
    files: [aReadFile({ path: report })],
    comparison: aComparison({
      findings: {
        fresh: found.map((finding) => ({ finding, onChangedLine: true })),
        fixed: { items: [], count: 0 },
        existing: 0,
        undecided: [],
        complete: true,
      },
    }),
  });
  const { gitlab, clock, log } = stage.world();
  const rendered = { comment: '', verdict: '' };
  const world = {
    gitlab,
    clock,
    log,
    tokenAdvice: null,
    mask: (words: string) => words,
    ...noFolders,
    files: { readText: (path: string) => Promise.resolve(checkout[path] ?? null) },
    mayWrite: () => Promise.resolve(!overtaken),
  };
  const what = {
    options: reportOptions.parse({ inline: ['findings'], ...options }),
    summary,
    rendered,
    labelRules: [],
  };
  const troubles = createTroubles(log, null);
  const writes = await publishInline(what as never, world as never, troubles);
  expect(troubles.all()).toEqual([]);
  return writes;
}

const noFolders = {
  git: {},
  output: {},
};

interface Standing {
  readonly line: number;
  readonly about: string;
  readonly resolved: boolean;
}

/** The bot's threads on the diff, by what they are about. */
function standing(stage: Stage): readonly Standing[] {
  return mergeRequestOf(stage)
    .notes.filter(({ author, type }) => author.id === cast.bot.id && type === 'DiffNote')
    .map(({ body, position, resolved }) => ({
      line: (position as { readonly new_line: number }).new_line,
      about: [...body.matchAll(/about ([0-9a-f]+)/g)].map(([, id]) => id).join(' '),
      resolved: resolved ?? false,
    }));
}

const sha = (n: number): string => n.toString(16).padStart(40, '0');

describe('the thread of failed gates', () => {
  async function judge(stage: Stage, failed: boolean): Promise<void> {
    const { gitlab, clock, log } = stage.world();
    const gate = {
      condition: 'coverage<80',
      grade: 'fail',
      outcome: failed ? 'failed' : 'passed',
      message: 'coverage is too low',
      override: null,
    };
    const summary = aSummary({ mergeRequest: aMergeRequest({ iid: 7 }), gates: [gate as never] });
    const options = reportOptions.parse({ gateThread: true });
    const troubles = createTroubles(log, null);
    await publishGateThread(
      { options, summary, rendered: {}, labelRules: [] } as never,
      { gitlab, clock, log } as never,
      troubles,
    );
    expect(troubles.all()).toEqual([]);
  }

  test.each(['merged', 'closed'])('is not opened on a merge request that is %s', async (state) => {
    const stage = await aStage();
    Object.assign(mergeRequestOf(stage), { state });
    await judge(stage, true);
    expect(mergeRequestOf(stage).notes).toEqual([]);
  });

  test('is one, is resolved when they pass, and opened again when they fail again', async () => {
    const stage = await aStage();
    const states = (): readonly boolean[] =>
      mergeRequestOf(stage).notes.flatMap(({ body, resolved }) =>
        body.includes('coverage is too low') ? [resolved ?? false] : [],
      );
    await judge(stage, false);
    expect(states()).toEqual([]);
    await judge(stage, true);
    await judge(stage, true);
    expect(states()).toEqual([false]);
    await judge(stage, false);
    expect(states()).toEqual([true]);
    await judge(stage, true);
    expect(states()).toEqual([false]);
  });
});

describe('how comments on lines go out', () => {
  const two: Push = {
    sha: 'c1'.repeat(20),
    lines: ['a', 'b', 'c', 'd'],
    findings: [
      { id: '1', line: 2 },
      { id: '2', line: 5 },
    ],
  };
  const failed = [aGateVerdict({ condition: 'new-findings', message: '2 findings are new' })];
  const asks = { inlineReview: 'request-changes' };
  const reviewers = (stage: Stage): readonly number[] => mergeRequestOf(stage).reviewer_ids ?? [];

  test('after a review the bot takes itself off the reviewers, and leaves the others', async () => {
    const stage = await aStage();
    stage.state.hasSeveralAssignees = true;
    mergeRequestOf(stage).reviewer_ids = [cast.mia.id];
    await run(stage, two);
    expect(stage.deeds().filter((deed) => /bulk_publish|PUT/.test(deed))).toHaveLength(2);
    expect(reviewers(stage)).toEqual([cast.mia.id]);
  });

  test('before 19.4 there is nothing to take off', async () => {
    const stage = await aStage();
    stage.state.version = '19.3.0';
    await run(stage, two);
    expect(stage.deeds().filter((deed) => deed.startsWith('PUT'))).toEqual([]);
  });

  test('single discussions make no review', async () => {
    const stage = await aStage();
    await run(stage, two, { inlineReview: 'discussions' });
    expect(stage.deeds().some((deed) => deed.includes('draft_notes'))).toBe(false);
    expect(reviewers(stage)).toEqual([]);
    expect(mergeRequestOf(stage).notes).toHaveLength(2);
  });

  test('while a gate fails, the review asks for changes and says why', async () => {
    const stage = await aStage();
    await run(stage, { ...two, findings: two.findings.slice(1) }, asks, { gates: failed });
    expect(mergeRequestOf(stage).review_states?.get(cast.bot.id)).toBe('requested_changes');
    expect(reviewers(stage)).toEqual([cast.bot.id]);
    expect(mergeRequestOf(stage).notes.at(-1)?.body).toContain('`new-findings` failed: 2 findings are new');
  });

  test('once all gates pass, it is withdrawn, with comments or without', async () => {
    const stage = await aStage();
    await run(stage, two, asks, { gates: failed });
    await run(stage, { ...two, sha: 'c2'.repeat(20), findings: [] }, asks);
    expect(reviewers(stage)).toEqual([]);
  });

  test('an older GitLab that ignores it is named in the log', async () => {
    const stage = await aStage();
    stage.state.version = '18.9.0';
    await run(stage, two, asks, { gates: failed });
    expect(stage.log.lines.join()).toMatch(/did not take the request for changes.*19\.2/);
  });
});

describe('comments on lines', () => {
  test('are on lines of the diff only', async () => {
    const stage = await aStage();
    await run(stage, { sha: sha(1), lines: ['a'], findings: [{ id: 'a1', line: 99 }] });
    expect(standing(stage)).toEqual([]);
  });

  test('of adjacent lines are one', async () => {
    const stage = await aStage();
    const lines = ['a', 'b', 'c'];
    await run(stage, {
      sha: sha(1),
      lines,
      findings: [
        { id: 'a1', line: 2 },
        { id: 'b2', line: 3 },
      ],
    });
    expect(standing(stage).length).toBeLessThanOrEqual(2);
    expect(
      standing(stage)
        .map(({ about }) => about)
        .join(' '),
    ).toBe('a1 b2');
  });

  test('offer the change of a tool as a suggestion', async () => {
    const stage = await aStage();
    await run(stage, { sha: sha(1), lines: ['a', 'b'], findings: [{ id: 'a1', line: 2, fix: 'better' }] });
    expect(mergeRequestOf(stage).notes.at(-1)?.body).toMatch(/```+suggestion:-0\+0\nbetter\n```/);
  });

  describe('of which there are several', () => {
    const wanted: Push = {
      sha: sha(1),
      lines: ['a', 'b', 'c', 'd'],
      findings: [
        { id: 'a1', line: 2 },
        { id: 'b2', line: 5 },
      ],
    };
    const draft = (stage: Stage, note: string): void => {
      const position = { head_sha: sha(1), old_path: 'src/till.ts', new_path: 'src/till.ts', new_line: 3 };
      const author = stage.state.users.find(({ id }) => id === cast.bot.id) ?? cast.bot;
      stage.state.drafts.push({ id: 77, mr: mergeRequestOf(stage), author, note, position });
    };

    test('go out by themselves while somebody writes a review under the same account: publishing it is theirs', async () => {
      const stage = await aStage();
      draft(stage, 'not finished yet');
      await run(stage, wanted);
      expect(standing(stage)).toHaveLength(2);
      expect(stage.state.drafts.map(({ note }) => note)).toEqual(['not finished yet']);
      expect(stage.deeds().some((deed) => deed.includes('bulk_publish'))).toBe(false);
    });

    test('appear once, though an earlier run was cut off before it published them', async () => {
      const stage = await aStage();
      await run(stage, wanted);
      const [left] = mergeRequestOf(stage)
        .notes.splice(0)
        .filter(({ type }) => type === 'DiffNote');
      draft(stage, left?.body ?? '');
      await run(stage, wanted);
      expect(stage.state.drafts).toEqual([]);
      expect(standing(stage).map(({ about }) => about)).toEqual(['a1', 'b2']);
    });

    test('cost only the one whose line GitLab does not take', async () => {
      const stage = await aStage();
      await run(stage, wanted, {}, { shown: ['a'] });
      expect(standing(stage).map(({ about }) => about)).toEqual(['a1']);
      expect(stage.state.drafts).toEqual([]);
      expect(stage.log.lines.join('\n')).toContain('did not accept the line');
    });
  });

  test('offer a change of a part of a line, with the rest of the line from the checkout', async () => {
    const stage = await aStage();
    const findings = [{ id: 'a1', line: 2, fix: 'const', columns: { start: 1, end: 4 } }];
    const edited: Push = { sha: sha(1), lines: ['var a = 1;'], findings };
    await run(stage, edited, {}, { checkout: { 'src/till.ts': 'first\nvar a = 1;\n' } });
    expect(mergeRequestOf(stage).notes.at(-1)?.body).toContain('```suggestion:-0+0\nconst a = 1;\n```');
  });

  test('offer no change of a part of a line that cannot be read', async () => {
    const stage = await aStage();
    const findings = [{ id: 'a1', line: 2, fix: 'const', columns: { start: 1, end: 4 } }];
    await run(stage, { sha: sha(1), lines: ['var a = 1;'], findings });
    expect(mergeRequestOf(stage).notes.at(-1)?.body).not.toContain('const');
  });

  test('of a thousand findings are as many as the project wants, and the log says how many are left out', async () => {
    const stage = await aStage();
    const lines = Array.from({ length: 3_000 }, (_, index) => `line ${index}`);
    const findings = Array.from({ length: 1_000 }, (_, index) => ({
      id: (index + 1).toString(16),
      line: 3 * index + 2,
    }));
    await run(stage, { sha: sha(1), lines, findings }, { maxInline: 20 });
    expect(standing(stage)).toHaveLength(20);
    expect(stage.log.lines.join('\n')).toMatch(/980 comments/);
    expect(stage.gitlab.requests.filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(21);
  });

  test('are left alone where the merge request has newer commits', async () => {
    const stage = await aStage();
    const tested: Push = { sha: sha(1), lines: ['a'], findings: [{ id: 'a1', line: 2 }] };
    await run(stage, tested, {}, { newest: sha(2) });
    expect(stage.deeds()).toEqual([]);
    expect(stage.log.lines.join('\n')).toContain('newer commits');
    await run(stage, tested);
    expect(standing(stage)).toHaveLength(1);
  });

  test('of two pipelines of one commit at once are each begun once', async () => {
    const stage = await aStage();
    const findings = [{ id: 'a1', line: 2 }];
    const wanted: Push = { sha: sha(1), lines: ['a', 'b'], findings };
    await Promise.all([run(stage, wanted), run(stage, wanted), run(stage, wanted)]);
    const begun = stage.gitlab.requests.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/discussions'),
    );
    expect(begun.length).toBeGreaterThan(1);
    expect(standing(stage)).toEqual([{ line: 2, about: 'a1', resolved: false }]);
  });

  test.each(['merged', 'closed'])('are not begun on a merge request that is %s', async (state) => {
    const stage = await aStage();
    Object.assign(mergeRequestOf(stage), { state });
    await run(stage, { sha: sha(1), lines: ['a', 'b'], findings: [{ id: 'a1', line: 2 }] });
    expect(standing(stage)).toEqual([]);
  });

  test.each(['merged', 'closed'])(
    'of what is gone are resolved on a merge request that is %s',
    async (state) => {
      const stage = await aStage();
      const wanted: Push = { sha: sha(1), lines: ['a', 'b'], findings: [{ id: 'a1', line: 2 }] };
      await run(stage, wanted);
      Object.assign(mergeRequestOf(stage), { state });
      await run(stage, { ...wanted, findings: [{ id: 'b2', line: 3 }] });
      expect(standing(stage)).toMatchObject([{ line: 2, resolved: true }]);
    },
  );

  test('are read for and not written where a newer pipeline has overtaken this one', async () => {
    const stage = await aStage();
    const findings = [{ id: 'a1', line: 2 }];
    const writes = await run(stage, { sha: sha(1), lines: ['a'], findings }, {}, { overtaken: true });
    expect(writes).toEqual([]);
    expect(stage.deeds()).toEqual([]);
    expect(stage.gitlab.requests.map(({ path }) => path)).toContain(
      '/projects/42/merge_requests/7/discussions',
    );
  });

  test('are only told in a dry run', async () => {
    const stage = await aStage();
    const writes = await run(
      stage,
      { sha: sha(1), lines: ['a'], findings: [{ id: 'a1', line: 2 }] },
      { dryRun: true },
    );
    expect(writes).toMatchObject([{ do: 'startThread', line: 2 }]);
    expect(stage.deeds()).toEqual([]);
  });
});
