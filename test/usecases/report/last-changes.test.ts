import { describe, expect, onTestFinished, test } from 'vitest';
import { demoVariables } from '../../../src/demo/scenario.ts';
import { parsedByGitLab, referencesIn } from '../../render/gitlab-view.ts';
import { startEmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { type Fault, faultAt } from '../../support/gitlab/faults.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { aFolder, type Ended, jobsOf, type WholeRun, wholeRun } from './run-for-test.ts';

const sha = demoVariables('first', '', '')['CI_COMMIT_SHA'] ?? '';
const [old, own] = ['d0'.repeat(20), 'd1'.repeat(20)];
const blameAt = 'GET /projects/:n/repository/files/src%2Fcart.ts/blame';

function testcase(name: string, line: number): string {
  return `<testcase classname="cart" name="${name}"><failure message="expected 3 to be 4">Error: expected 3 to be 4
    at total (src/cart.ts:${line}:9)</failure></testcase>`;
}

/** Three tests fail in one file: two at one line, one at another. */
const junit = `<testsuites><testsuite name="cart">
  ${testcase('sums', 2)}${testcase('rounds', 2)}${testcase('taxes', 3)}
</testsuite></testsuites>`;

interface Case extends Partial<Pick<WholeRun, 'options' | 'token'>> {
  readonly author?: string;
  readonly fault?: Fault;
  readonly prepare?: (state: EmbeddedState) => void;
}

interface Reported {
  readonly ended: Ended;
  readonly comment: string;
  /** Requests for blame and for merge requests of commits. */
  readonly asked: readonly string[];
}

/** A merge request in which lines of a file come from !3, and from itself. */
async function reported({ author = 'Ada', options = {}, token, fault, prepare }: Case): Promise<Reported> {
  const state = stateOfDemo(new Date());
  for (const job of jobsOf(state, 'first')) Object.assign(job, { status: 'success', failure_reason: null });
  const commit = { project_id: 42, parent_ids: [], created_at: '2026-03-01T10:00:00Z', author_name: author };
  state.commits.push({ ...commit, id: old, title: 'Round' }, { ...commit, id: own, title: 'Tax' });
  const blame = [old, old, own];
  state.files.push({ project_id: 42, ref: sha, path: 'src/cart.ts', content: 'a\nb\nc\n', blame });
  const [present] = state.mergeRequests;
  if (present === undefined) throw new Error('there is no merge request');
  state.mergeRequests.push({ ...present, iid: 3, sha: old, state: 'merged', notes: [] });
  prepare?.(state);
  const faulty = fault === undefined ? {} : { beforeRequest: faultAt(blameAt, fault) };
  const gitlab = await startEmbeddedGitLab({ state, ...faulty });
  onTestFinished(() => gitlab.stop());
  const directory = await aFolder({ 'junit.xml': junit, 'src/cart.ts': 'a\nb\nc\n' });
  const ended = await wholeRun({ push: 'first', directory, gitlab, options, ...(token && { token }) });
  return {
    ended,
    comment: ended.written.get('herald-report.md') ?? '',
    asked: gitlab.requests.flatMap(({ method, path, query }) =>
      /\/blame$|\/merge_requests$/.test(path) && path.includes('/repository/')
        ? [`${method} ${path}?${query}`]
        : [],
    ),
  };
}

const blameOf = (line: number): string =>
  `GET /projects/42/repository/files/src%2Fcart.ts/blame?ref=${sha}&range%5Bstart%5D=${line}&range%5Bend%5D=${line}`;
const mergeRequestOf = (commit: string): string =>
  `GET /projects/42/repository/commits/${commit}/merge_requests?`;

describe('row 57: who last changed the line at which a test fails', () => {
  test('is asked of nobody by default', async () => {
    const { comment, asked } = await reported({});
    expect(comment).toContain('sums');
    expect(comment).not.toContain('last changed');
    expect(asked).toEqual([]);
  });

  test('is said with the merge request, in the comment and on the page', async () => {
    const { ended, comment } = await reported({ options: { blame: 3 } });
    const line = /last changed by Ada in \[`!3`\]\([^)]*\/merge_requests\/3#\.\)/;
    expect(comment).toMatch(line);
    const page = ended.written.get('herald-report.html') ?? '';
    expect(page).toMatch(/last changed by Ada in <a href="[^"]*\/merge_requests\/3#\.">!3<\/a>/);
    expect(referencesIn(parsedByGitLab(comment))).toEqual([]);
  });

  test('one line and one commit are asked for once, whatever number of tests fails there', async () => {
    const { asked } = await reported({ options: { blame: 3 } });
    expect(asked.toSorted()).toEqual(
      [mergeRequestOf(old), mergeRequestOf(own), blameOf(2), blameOf(3)].toSorted(),
    );
  });

  test('is asked for as many tests as the option says', async () => {
    const { comment, asked } = await reported({ options: { blame: 1 } });
    expect(asked.toSorted()).toEqual([mergeRequestOf(old), blameOf(2)].toSorted());
    expect(comment.match(/last changed/g)).toHaveLength(1);
  });

  test('says "this merge request" of its own commit, and names the commit that came without one', async () => {
    const { comment } = await reported({
      options: { blame: 3 },
      prepare: ({ mergeRequests }) => {
        const [present] = mergeRequests;
        if (present !== undefined) Object.assign(present, { sha: own });
        mergeRequests.pop();
      },
    });
    expect(comment).toContain('last changed by Ada in this merge request');
    expect(comment).toMatch(/last changed by Ada in \[`d0d0d0d0`\]\([^)]*\/-\/commit\/(?:d0){20}#\.\)/);
  });

  test.each([
    '@all',
    '</code><img src=x> #1 !1',
    '[x](https://evil.example) `y',
    '/close\n@ada',
    '\u202Eada',
  ])('a name speaks to nobody: %j', async (author) => {
    const { comment } = await reported({ author, options: { blame: 3 } });
    expect(comment).toContain('last changed by');
    expect(referencesIn(parsedByGitLab(comment))).toEqual([]);
    expect(comment).not.toMatch(/(?<![\\\w`])@(?:all|ada)\b/);
  });

  test('is asked of nobody with the token of a job, which GitLab refuses', async () => {
    const { ended, asked } = await reported({ options: { blame: 3 }, token: 'job' });
    expect(asked).toEqual([]);
    expect(ended.exitCode).toBe(0);
  });

  test.each(['403', '500', 'another shape'] as const)(
    'is not known where GitLab fails: %s',
    async (fault) => {
      const { ended, comment } = await reported({ options: { blame: 3 }, fault });
      expect(ended.exitCode).toBe(fault === '403' ? 4 : 5);
      expect(comment).toContain('The people who last changed the lines that failed are not known');
      expect(comment).not.toContain('last changed by');
      expect(ended.published.note?.outcome).toBe('created');
    },
  );

  test('is nothing where the commit has no such file', async () => {
    const { ended, comment } = await reported({ options: { blame: 3 }, fault: '404' });
    expect(ended.exitCode).toBe(0);
    expect(comment).not.toContain('last changed');
  });
});
