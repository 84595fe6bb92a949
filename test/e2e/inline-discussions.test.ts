import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { demoBot, demoVariables, storeArtifact } from '../../src/demo/scenario.ts';
import { lockNameOf } from '../../src/publish/note-lock.ts';
import type { EmbeddedMergeRequest, EmbeddedNote } from '../support/gitlab/state/state.ts';
import { aCheckout, type Checkout } from './checkout.ts';
import { aProject } from './fake-project.ts';
import { type Position, tracedPosition } from './position-tracer.ts';
import { runHerald } from './run-herald.ts';

const ada = { id: 11, username: 'ada' };

/** What the linter of these tests finds: each line that names a flaw. */
const flaws = /flaw:(\w+)/;

interface Review {
  readonly checkout: Checkout;
  /** Flaws that the linter does not see. */
  readonly muted: Set<string>;
  /** Runs the pipeline of the target branch's head, which is what merge requests are compared with. */
  pushMain(): Promise<void>;
  /** Runs the pipeline of the branch's head: GitLab moves its threads, the linter runs, then Herald. */
  push(): Promise<Requests>;
  standing(): readonly string[];
  note(about: string): EmbeddedNote;
  answer(about: string, body: string): void;
  resolve(about: string, resolved: boolean): void;
}

/** Requests about lines of the diff, by what they do. */
type Requests = Readonly<Record<string, number>>;

function sarifOf(
  findings: readonly { readonly flaw: string; readonly path: string; readonly line: number }[],
): string {
  const results = findings.map(({ flaw, path, line }) => ({
    ruleId: flaw,
    level: 'error',
    message: { text: `mend ${flaw}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: path }, region: { startLine: line } } }],
  }));
  return JSON.stringify({
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'flaws', rules: [] } }, results }],
  });
}

/** Finds the flaws of the head's files. */
function lint({ git }: Checkout, muted: ReadonlySet<string>): string {
  const findings = git('ls-files', 'src')
    .split('\n')
    .filter((path) => path !== '')
    .flatMap((path) =>
      git('show', `HEAD:${path}`)
        .split('\n')
        .flatMap((text, index) => {
          const [, flaw] = flaws.exec(text) ?? [];
          return flaw === undefined || muted.has(flaw) ? [] : [{ flaw, path, line: index + 1 }];
        }),
    );
  return sarifOf(findings);
}

/** The diff as GitLab's API lists it. */
function diffOf({ git }: Checkout, base: string, head: string): EmbeddedMergeRequest['diff'] {
  const raw = git('diff', '--find-renames', '--no-color', base, head);
  const files = raw
    .split(/^diff --git /m)
    .slice(1)
    .map((text) => {
      const [, oldPath = '', newPath = ''] = /^a\/(\S+) b\/(\S+)/.exec(text) ?? [];
      return {
        old_path: oldPath,
        new_path: newPath,
        new_file: text.includes('\nnew file mode'),
        renamed_file: oldPath !== newPath,
        deleted_file: text.includes('\ndeleted file mode'),
        collapsed: false,
        too_large: false,
        diff: text.slice(Math.max(0, text.search(/^@@ /m))),
      };
    });
  return { raw, files };
}

function kindOf({ method, path }: { readonly method: string; readonly path: string }): string | null {
  const [, part] = /\/merge_requests\/7\/(versions|discussions|draft_notes|notes\/)/.exec(path) ?? [];
  if (part === undefined) return null;
  if (path.endsWith('/bulk_publish')) return 'publish';
  return `${method} ${part.replace('/', '')}`;
}

async function aReview(): Promise<Review> {
  const checkout = aCheckout();
  const project = await aProject({}, {});
  const [mr] = project.gitlab.state.mergeRequests;
  if (mr === undefined) throw new Error('there is no merge request');
  const ownThreads = (): readonly EmbeddedNote[] =>
    mr.notes.filter(({ author, type }) => author.id === demoBot.id && type === 'DiffNote');
  const flawOf = ({ body }: EmbeddedNote): string => /mend (\w+)/.exec(body)?.[1] ?? 'nothing';
  const placed = (note: EmbeddedNote): Position => note.position as Position;
  const note = (about: string): EmbeddedNote => {
    const found = ownThreads()
      .filter((one) => flawOf(one) === about)
      .at(-1);
    if (found === undefined) throw new Error(`there is no thread about ${about}`);
    return found;
  };
  const muted = new Set<string>();
  let pipeline = 6000;

  return {
    checkout,
    muted,
    note,
    async pushMain() {
      const { git, directory } = checkout;
      const head = git('rev-parse', 'main').trim();
      const pipelines = project.gitlab.state.pipelines;
      const at = pipelines.findIndex(({ id }) => id === 5001);
      const baseline = pipelines[at];
      if (baseline === undefined) throw new Error('there is no pipeline of the target branch');
      pipelines[at] = { ...baseline, sha: head };
      writeFileSync(join(directory, 'flaws.sarif'), lint(checkout, muted));
      const variables = demoVariables('baseline', project.gitlab.url, directory);
      const env = { ...variables, GITLAB_CI: 'true', CI_COMMIT_SHA: head };
      const { exitCode, stderr } = await runHerald(['report', 'flaws.sarif'], { cwd: directory, env });
      expect(exitCode, stderr).toBe(0);
      const content = readFileSync(join(directory, 'herald-report.json'), 'utf8');
      storeArtifact(project.gitlab.state, 'baseline', { path: 'herald-report.json', content });
    },
    async push() {
      const { git, directory } = checkout;
      const head = git('rev-parse', 'HEAD').trim();
      const base = git('merge-base', 'main', 'HEAD').trim();
      const previous = mr.sha;
      pipeline += 1;
      for (const one of mr.notes)
        if (one.type === 'DiffNote' && placed(one).head_sha === previous) {
          const traced = tracedPosition(checkout, placed(one), { base, head });
          if (traced !== null) Object.assign(one, { position: traced });
        }
      Object.assign(mr, { sha: head, diff_base_sha: base, diff: diffOf(checkout, base, head) });
      const [, first] = project.gitlab.state.pipelines;
      if (first !== undefined)
        project.gitlab.state.pipelines.push({ ...first, id: pipeline, sha: head, statuses: [], jobs: [] });
      writeFileSync(join(directory, 'flaws.sarif'), lint(checkout, muted));
      const from = project.gitlab.requests.length;
      const { exitCode, stderr } = await runHerald(['report', 'flaws.sarif', '--inline', 'findings'], {
        cwd: directory,
        env: {
          ...project.env,
          // As the component has it: without the lock a run that begins threads looks once more.
          HERALD_LOCK: lockNameOf(
            { sourceBranch: project.env['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'] ?? '' },
            'report',
          ),
          CI_PROJECT_DIR: directory,
          CI_COMMIT_SHA: head,
          CI_PIPELINE_ID: String(pipeline),
          CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
        },
      });
      expect(exitCode, stderr).toBe(0);
      const counts: Record<string, number> = {};
      for (const request of project.gitlab.requests.slice(from)) {
        const kind = kindOf(request);
        // The summary comment has notes of its own.
        if (kind !== null && !request.path.endsWith(`/notes/${summaryNote(mr)}`))
          counts[kind] = (counts[kind] ?? 0) + 1;
      }
      return counts;
    },
    standing: () =>
      ownThreads().map((one) => {
        const { new_path: path, new_line: line, head_sha: head } = placed(one);
        const where = head === mr.sha ? `${path}:${line}` : 'outdated';
        return `${flawOf(one)} ${where} ${one.resolved === true ? `resolved by ${one.resolved_by?.username}` : 'open'}`;
      }),
    answer(about, body) {
      const { discussion_id: discussion, position } = note(about);
      const now = new Date().toISOString();
      const fields = { system: false, created_at: now, updated_at: now, type: 'DiffNote' as const };
      project.gitlab.state.nextId += 1;
      mr.notes.push({
        id: project.gitlab.state.nextId,
        author: ada,
        body,
        discussion_id: discussion ?? '',
        position: position ?? {},
        ...fields,
      });
    },
    resolve(about, resolved) {
      Object.assign(note(about), { resolved, resolved_by: resolved ? ada : null });
    },
  };
}

function summaryNote({ notes }: EmbeddedMergeRequest): number {
  return notes.find(({ author, type }) => author.id === demoBot.id && type === undefined)?.id ?? 0;
}

const till = Array.from({ length: 40 }, (_, index) => `line ${index + 1};`);

function fileOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** The file with some lines (counted from 1) replaced. */
function withLines(lines: readonly string[], changes: Readonly<Record<number, string>>): readonly string[] {
  return lines.map((line, index) => changes[index + 1] ?? line);
}

describe('comments on lines through ten pushes of one merge request', () => {
  test('each thread is where and what it should be after each of them, with as few requests as it takes', async () => {
    const review = await aReview();
    const { checkout, push, standing } = review;
    const nothing = { 'GET versions': 1, 'GET discussions': 1 };
    checkout.commit('base', { 'src/till.ts': fileOf(till), '.gitignore': 'herald-*\nflaws.sarif\n' });
    await review.pushMain();
    checkout.git('checkout', '--quiet', '-b', 'vouchers');

    // 1. Findings appear: one review, one notification.
    let lines = withLines(till, { 5: 'flaw:rounding', 12: 'flaw:shadowing', 20: 'flaw:unused' });
    checkout.commit('vouchers', {
      'src/till.ts': fileOf(lines),
      'src/voucher.ts': fileOf(['one', 'two', 'flaw:naming', 'four', 'five', 'six', 'seven', 'eight']),
    });
    expect(await push()).toEqual({ ...nothing, 'GET draft_notes': 1, 'POST draft_notes': 4, publish: 1 });
    expect(standing()).toEqual([
      'rounding src/till.ts:5 open',
      'shadowing src/till.ts:12 open',
      'unused src/till.ts:20 open',
      'naming src/voucher.ts:3 open',
    ]);

    // The same pipeline's job again: nothing is said twice.
    expect(await push()).toEqual(nothing);

    // 2. Lines are added above: GitLab moves the threads, there is nothing to write.
    lines = ['above 1;', 'above 2;', ...lines];
    checkout.commit('two lines more', { 'src/till.ts': fileOf(lines) });
    expect(await push()).toEqual(nothing);
    expect(standing().slice(0, 3)).toEqual([
      'rounding src/till.ts:7 open',
      'shadowing src/till.ts:14 open',
      'unused src/till.ts:22 open',
    ]);

    // 3. One is fixed: the bot says by which commit, and resolves it.
    const mended = checkout.commit('no more rounding', {
      'src/till.ts': fileOf(withLines(lines, { 7: 'rounded;' })),
    });
    expect(await push()).toEqual({ ...nothing, 'PUT notes': 1, 'PUT discussions': 1 });
    expect(standing()[0]).toBe('rounding outdated resolved by herald-bot');
    expect(review.note('rounding').body).toContain(mended.slice(0, 8));

    // 4. One is answered, then fixed: it is left to those who talk.
    review.answer('shadowing', 'It is meant so.');
    lines = withLines(lines, { 7: 'rounded;', 14: 'lighted;' });
    checkout.commit('no more shadowing', { 'src/till.ts': fileOf(lines) });
    expect(await push()).toEqual(nothing);
    expect(standing()[1]).toBe('shadowing outdated open');

    // 5. The fixed one comes back where GitLab has lost the line: a new thread, the answered one comes back as well:
    //    nothing is said anew.
    lines = withLines(lines, { 7: 'flaw:rounding', 14: 'flaw:shadowing' });
    checkout.commit('both again', { 'src/till.ts': fileOf(lines) });
    expect(await push()).toEqual({ ...nothing, 'POST discussions': 1 });
    expect(standing()).toEqual([
      'rounding outdated resolved by herald-bot',
      'shadowing outdated open',
      'unused src/till.ts:22 open',
      'naming src/voucher.ts:3 open',
      'rounding src/till.ts:7 open',
    ]);

    // 6. A file is renamed: its thread follows, under the name that the finding has now.
    checkout.git('mv', 'src/voucher.ts', 'src/vouchers.ts');
    checkout.commit('a better name', {});
    expect(await push()).toEqual({ ...nothing, 'PUT notes': 1 });
    expect(standing()[3]).toBe('naming src/vouchers.ts:3 open');
    expect(await push()).toEqual(nothing);

    // 7. Rebased onto a target branch that has changed the same file: the threads are where their lines are.
    checkout.git('checkout', '--quiet', 'main');
    checkout.commit('the target moves on', {
      'src/till.ts': fileOf(withLines(till, { 35: 'line 35 of main;\nand one more;' })),
      'src/other.ts': fileOf(['flaw:ofmain']),
    });
    await review.pushMain();
    checkout.git('checkout', '--quiet', 'vouchers');
    checkout.git('rebase', '--quiet', 'main');
    expect(await push()).toEqual(nothing);
    expect(standing().slice(2)).toEqual([
      'unused src/till.ts:22 open',
      'naming src/vouchers.ts:3 open',
      'rounding src/till.ts:7 open',
    ]);

    // 8. Force-pushed: one commit instead of many, and the line of a finding is written anew, the finding still there:
    //    its thread follows.
    const current = checkout.git('show', 'HEAD:src/till.ts').trimEnd().split('\n');
    checkout.git('reset', '--quiet', '--soft', 'main');
    checkout.commit('vouchers, in one commit', {
      'src/till.ts': fileOf(withLines(current, { 22: 'const unused = 1; // flaw:unused' })),
    });
    expect(await push()).toEqual({ ...nothing, 'POST discussions': 1, 'DELETE notes': 1 });
    expect(standing()).toEqual([
      'rounding outdated resolved by herald-bot',
      'shadowing outdated open',
      'naming src/vouchers.ts:3 open',
      'rounding src/till.ts:7 open',
      'unused src/till.ts:22 open',
    ]);

    // 9. A file is deleted: what was said in it is resolved. A person resolves another one: it stays so, though it
    //    still holds.
    review.resolve('unused', true);
    checkout.commit('without vouchers', { 'src/vouchers.ts': null });
    expect(await push()).toEqual({ ...nothing, 'PUT notes': 1, 'PUT discussions': 1 });
    expect(standing().slice(2)).toEqual([
      'naming outdated resolved by herald-bot',
      'rounding src/till.ts:7 open',
      'unused src/till.ts:22 resolved by ada',
    ]);

    // 10. The linter is silent about one for a while, its line unchanged: the thread is resolved, and opened again.
    review.muted.add('rounding');
    checkout.commit('nothing to see', { 'README.md': 'vouchers\n' });
    expect(await push()).toEqual({ ...nothing, 'PUT notes': 1, 'PUT discussions': 1 });
    expect(standing()[3]).toBe('rounding src/till.ts:7 resolved by herald-bot');
    review.muted.delete('rounding');
    expect(await push()).toEqual({ ...nothing, 'PUT notes': 1, 'PUT discussions': 1 });
    expect(standing()).toEqual([
      'rounding outdated resolved by herald-bot',
      'shadowing outdated open',
      'naming outdated resolved by herald-bot',
      'rounding src/till.ts:7 open',
      'unused src/till.ts:22 resolved by ada',
    ]);
  });
});
