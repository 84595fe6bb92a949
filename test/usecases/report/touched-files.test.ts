import { describe, expect, onTestFinished, test } from 'vitest';
import { demoVariables, storeArtifact } from '../../../src/demo/scenario.ts';
import { keptDescription } from '../../../src/publish/kept-issue.ts';
import { connect } from '../../gitlab/connect-for-test.ts';
import { type EmbeddedGitLab, startEmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { endpointOf, faultAt } from '../../support/gitlab/faults.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import { aFolder, type Ended, wholeRun } from './run-for-test.ts';

const issuesList = 'GET /projects/:n/issues';
const diff = 'GET /projects/:n/merge_requests/:n/raw_diffs';

function junit(outcome: 'failed' | 'passed'): string {
  const failure = outcome === 'failed' ? '<failure message="expected 3 to be 4"/>' : '';
  return `<testsuites><testsuite name="till">
  <testcase classname="till.Cart" name="sums" file="src/till.ts">${failure}</testcase>
  <testcase classname="till.Cart" name="opens" file="src/till.ts"/>
</testsuite></testsuites>`;
}

interface Scene {
  readonly before?: 'failed' | 'passed';
  readonly now?: 'failed' | 'passed';
  readonly changed?: string;
  readonly fault?: ReturnType<typeof faultAt>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly prepare?: (gitlab: EmbeddedGitLab, projectUrl: string) => Promise<void>;
}

interface Seen extends Ended {
  readonly requests: readonly string[];
  readonly comment: string;
}

/** A run of the merge request over a baseline in which `sums` failed, or not. */
async function run({
  before = 'failed',
  now = 'passed',
  changed = 'src/till.ts',
  fault,
  options,
  prepare,
}: Scene): Promise<Seen> {
  const state = stateOfDemo(new Date());
  for (const { jobs } of state.pipelines)
    for (const job of jobs) Object.assign(job, { status: 'success', failure_reason: null });
  let isOn = false;
  const gitlab = await startEmbeddedGitLab({
    state,
    beforeRequest: (...asked) => (isOn ? fault?.(...asked) : undefined),
  });
  onTestFinished(() => gitlab.stop());
  for (const one of state.mergeRequests)
    one.diff = {
      files: [],
      raw: `diff --git a/${changed} b/${changed}\n--- a/${changed}\n+++ b/${changed}\n@@ -1 +1 @@\n-a\n+b\n`,
    };
  const baseline = await wholeRun({
    push: 'baseline',
    directory: await aFolder({ 'junit.xml': junit(before) }),
    gitlab,
  });
  const content = baseline.written.get('herald-report.json') ?? '';
  storeArtifact(state, 'baseline', { path: 'herald-report.json', content });
  await prepare?.(gitlab, baseline.summary.context.project.url);
  const seen = gitlab.requests.length;
  isOn = true;
  const directory = await aFolder({ 'junit.xml': junit(now) });
  const ended = await wholeRun({
    push: 'first',
    directory,
    gitlab,
    ...(options === undefined ? {} : { options }),
  });
  return {
    ...ended,
    requests: gitlab.requests.slice(seen).map(endpointOf),
    comment: ended.rendered.comment,
  };
}

describe('row 72: a run shows what is known of the files that it changes', () => {
  test('row 72: a test that fails on the target branch; the diff is asked for because of it', async () => {
    const { comment, requests } = await run({});
    expect(comment).toContain('Known of the changed files');
    expect(comment).toContain('`till.Cart: sums` – fails on main');
    expect(requests.filter((one) => one === diff)).toHaveLength(1);
    expect(requests).not.toContain(issuesList);
  });

  test.each<readonly [name: string, scene: Scene]>([
    ['nothing failed before', { before: 'passed' }],
    ['the failure is new', { before: 'passed', now: 'failed' }],
    ['the section is hidden', { options: { hide: ['touched-files'] } }],
    ['only incidents are wanted, and there are none', { options: { touchedFiles: ['incidents'] } }],
  ])('row 72: no section and no diff where %s', async (_name, scene) => {
    const { comment, requests } = await run(scene);
    expect(comment).not.toContain('Known of the changed files');
    expect(requests).not.toContain(diff);
  });

  test('row 72: no section where the failing test is in no changed file', async () => {
    expect((await run({ changed: 'src/other.ts' })).comment).not.toContain('Known of the changed files');
  });

  test('row 72: without the diff there is no section, and the run is as good as before', async () => {
    const refuse = [diff, 'GET /projects/:n/merge_requests/:n/diffs'].map((at) => faultAt(at, '403'));
    const fault: Scene['fault'] = (...asked) => refuse.map((one) => one(...asked)).find(Boolean);
    const { comment, exitCode, summary, log } = await run({ fault });
    expect(comment).not.toContain('Known of the changed files');
    expect([exitCode, summary.missing]).toEqual([0, []]);
    expect(log.join('\n')).toContain('what is known of the changed files is not shown');
  });

  /** An issue that the bot keeps, which links a file. */
  const withIncident =
    (overrides: { readonly confidential?: boolean } = {}): Scene['prepare'] =>
    async (gitlab, projectUrl) => {
      const [project] = gitlab.state.projects;
      if (project === undefined) throw new Error('the demo has a project');
      const variable = 'HERALD_TOKEN';
      const token = { kind: 'bot', value: demoVariables('first', '', '')[variable] ?? '', variable } as const;
      const { gitlab: client } = connect({ apiUrl: gitlab.apiUrl, token });
      const place = { project: project.id, key: 'rule/incident/default-branch' };
      const body = `Suspect: [x](${projectUrl}/-/blob/${'c1'.repeat(20)}/src/till.ts#L3)`;
      await client.createIssue(project.id, {
        title: 'The pipeline of main fails',
        description: await keptDescription(body, place, client),
        labels: [],
        assigneeIds: [],
        confidential: overrides.confidential ?? false,
      });
    };

  test('row 72: an open incident that links a changed file, where incidents are asked for', async () => {
    const options = { touchedFiles: ['incidents'] };
    const { comment, requests } = await run({ prepare: withIncident(), options });
    expect(comment).toMatch(/Open incident \| \[`#\d+`\]\([^)]*\) The pipeline of main fails/);
    expect(requests.filter((one) => one === issuesList)).toHaveLength(1);
    const secret = await run({ prepare: withIncident({ confidential: true }), options });
    expect(secret.comment).not.toContain('Open incident');
  });

  test('row 72: incidents that GitLab does not show are said to be missing', async () => {
    const options = { touchedFiles: ['tests', 'incidents'] };
    const { comment, summary } = await run({ fault: faultAt(issuesList, '403'), options });
    expect(summary.missing).toContainEqual({ part: 'touched-files', reason: 'refused' });
    expect(comment).toContain('The open incidents about the changed files are not known');
  });

  const codeOwners =
    (text: string): Scene['prepare'] =>
    ({ state }) => {
      const [project] = state.projects;
      state.files.push({ project_id: project?.id ?? 0, ref: 'main', path: 'CODEOWNERS', content: text });
      return Promise.resolve();
    };

  test('row 72: who has to look, and who of them approved; optional sections do not count', async () => {
    const prepare: Scene['prepare'] = async (gitlab, url) => {
      await codeOwners('* @ana @bo\n^[Docs]\n* @cy')?.(gitlab, url);
      const { state } = gitlab;
      const ids = new Map([
        ['ana', 8001],
        ['bo', 8002],
      ]);
      for (const [username, id] of ids) {
        state.users.push({ id, username });
        state.ci.members.push({ project_id: state.projects[0]?.id ?? 0, user_id: id, access_level: 30 });
      }
      for (const one of state.mergeRequests) one.approved_by = [8001];
    };
    const { comment } = await run({ before: 'passed', prepare, options: { touchedFiles: ['owners'] } });
    expect(comment).toContain('`@ana`, `@bo` – 1 of 1 approval, by ana');
    expect(comment).not.toContain('@cy');
  });

  test('row 72: nobody asks for owners where only tests are wanted', async () => {
    const { comment, requests } = await run({ prepare: codeOwners('* @ana') });
    expect(comment).not.toContain('Code owners');
    expect(requests.join('\n')).not.toContain('CODEOWNERS');
  });
});
