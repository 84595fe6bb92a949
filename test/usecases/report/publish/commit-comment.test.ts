import { describe, expect, onTestFinished, test } from 'vitest';
import { demoBot, demoFiles, demoVariables } from '../../../../src/demo/scenario.ts';
import { parseMarker } from '../../../../src/publish/marker.ts';
import { describeWrites } from '../../../../src/usecases/describe-writes.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../../../support/gitlab/embedded-gitlab.ts';
import { faultAt } from '../../../support/gitlab/faults.ts';
import { stateOfDemo } from '../../../support/gitlab/state/of-demo.ts';
import type { EmbeddedNote } from '../../../support/gitlab/state/state.ts';
import { aFolder, type Ended, wholeRun } from '../run-for-test.ts';

const { CI_PIPELINE_ID: ownId = '', CI_COMMIT_SHA: sha = '' } = demoVariables('baseline', '', '');
const discussions = `/repository/commits/${sha}/discussions`;

interface Stage {
  readonly gitlab: EmbeddedGitLab;
  readonly directory: string;
}

async function aStage(options: Partial<EmbeddedOptions> = {}): Promise<Stage> {
  const state = stateOfDemo(new Date());
  const created = new Date().toISOString();
  state.commits.push({ project_id: 42, id: sha, parent_ids: [], title: 'Tills', created_at: created });
  const gitlab = await startEmbeddedGitLab({ state, ...options });
  onTestFinished(() => gitlab.stop());
  return { gitlab, directory: await aFolder(demoFiles('baseline')) };
}

/** The report of a branch pipeline of one commit, the demo's own or a later or earlier one. */
function run(
  stage: Stage,
  pipelineId = Number(ownId),
  options: Readonly<Record<string, unknown>> = {},
): Promise<Ended> {
  const { pipelines } = stage.gitlab.state;
  const own = pipelines.find(({ id }) => String(id) === ownId);
  if (own !== undefined && !pipelines.some(({ id }) => id === pipelineId))
    pipelines.push({ ...own, id: pipelineId, statuses: [] });
  const changed = { CI_PIPELINE_ID: String(pipelineId) };
  return wholeRun({ ...stage, push: 'baseline', changed, options: { commitComment: true, ...options } });
}

function notesOn({ gitlab }: Stage): readonly EmbeddedNote[] {
  return gitlab.state.commits.flatMap(({ notes }) => notes ?? []);
}

/** The writes to comments on commits, by method. */
function sent({ gitlab }: Stage): readonly string[] {
  return gitlab.requests
    .filter(({ method, path }) => method !== 'GET' && path.includes('/repository/commits/'))
    .map(({ method }) => method);
}

describe('the comment on a commit without a merge request', () => {
  test('is created once, with a link to it', async () => {
    const stage = await aStage();
    const { published, exitCode } = await run(stage);
    expect([published.note?.outcome, exitCode]).toEqual(['created', 0]);
    const [note, ...others] = notesOn(stage);
    expect(others).toEqual([]);
    expect(note?.author.id).toBe(demoBot.id);
    expect(parseMarker(note?.body ?? '')).toMatchObject({ pipelineId: Number(ownId), sha });
    expect(published.note?.noteUrl).toMatch(new RegExp(`/-/commit/${sha}#note_${note?.id ?? ''}$`));
  });

  test('writes nothing where its content is the same', async () => {
    const stage = await aStage();
    await run(stage);
    const { published } = await run(stage);
    expect(published.note?.outcome).toBe('unchanged');
    expect(sent(stage)).toEqual(['POST']);
  });

  test('is updated in place by a newer pipeline, and left alone by an older one', async () => {
    const stage = await aStage();
    const newer = Number(ownId) + 1000;
    const first = await run(stage);
    const second = await run(stage, newer);
    const third = await run(stage);
    const outcomes = [first, second, third].map(({ published }) => published.note?.outcome);
    expect(outcomes).toEqual(['created', 'updated', 'newer-exists']);
    expect(notesOn(stage).map(({ id, body }) => [id, parseMarker(body)?.pipelineId])).toEqual([
      [first.published.note?.noteId, newer],
    ]);
    expect(sent(stage)).toEqual(['POST', 'PUT']);
  });

  test('is left alone where somebody else wrote it, marker and all', async () => {
    const stage = await aStage();
    await run(stage);
    const [own] = notesOn(stage);
    const stranger = { id: 77, username: 'stranger' };
    const copy = { ...own, id: 1, author: stranger, body: own?.body ?? '', system: false };
    const now = new Date().toISOString();
    stage.gitlab.state.commits.forEach(({ notes }) => {
      notes?.splice(0, 1, { ...copy, created_at: now, updated_at: now });
    });
    const { published } = await run(stage, Number(ownId) + 1000);
    expect(published.note?.outcome).toBe('created');
    const [theirs, ours, ...others] = notesOn(stage);
    expect([theirs?.author.id, theirs?.body, ours?.author.id, others]).toEqual([
      77,
      own?.body,
      demoBot.id,
      [],
    ]);
  });

  test('is found behind a page of comments of others', async () => {
    const stage = await aStage();
    const now = new Date().toISOString();
    await run(stage);
    stage.gitlab.state.commits.forEach(({ notes }) => {
      const others = Array.from({ length: 150 }, (_, index): EmbeddedNote => {
        const author = { id: 77, username: 'stranger' };
        return { id: index + 1, author, body: 'seen', system: false, created_at: now, updated_at: now };
      });
      notes?.unshift(...others);
    });
    const { published } = await run(stage, Number(ownId) + 1000);
    expect(published.note?.outcome).toBe('updated');
    expect(notesOn(stage)).toHaveLength(151);
  });

  test('is not doubled where the answer to its creation is lost', async () => {
    let left = 1;
    const stage = await aStage({
      beforeRequest: ({ method, path }) => {
        if (method !== 'POST' || !path.endsWith(discussions) || left === 0) return undefined;
        left -= 1;
        return { spoil: (answer) => ({ ...answer, status: 502, body: 'Bad gateway' }) };
      },
    });
    await run(stage);
    expect(left).toBe(0);
    expect(notesOn(stage)).toHaveLength(1);
  });

  test('that two runs created at once becomes one', async () => {
    const stage = await aStage();
    await Promise.all([run(stage), run(stage, Number(ownId) + 1000)]);
    expect(notesOn(stage).map(({ body }) => parseMarker(body)?.pipelineId)).toEqual([Number(ownId) + 1000]);
  });

  test('holds the sections of several jobs', async () => {
    const stage = await aStage();
    await run(stage, Number(ownId), { section: 'api' });
    await run(stage, Number(ownId), { section: 'web' });
    const [note, ...others] = notesOn(stage);
    expect(others).toEqual([]);
    expect(
      [...(note?.body ?? '').matchAll(/^<!-- herald:section name=(\w+)/gm)].map(([, name]) => name),
    ).toEqual(['api', 'web']);
  });

  test('is named by a dry run, which writes nothing', async () => {
    const stage = await aStage();
    const { published } = await run(stage, Number(ownId), { dryRun: true, status: 'none' });
    expect(describeWrites(published.writes)).toEqual([
      expect.stringContaining(`would create the note "report" on commit ${sha.slice(0, 8)} of project`),
    ]);
    expect(notesOn(stage)).toEqual([]);
  });
});

test('a commit of a tag gets it, too', async () => {
  const stage = await aStage();
  const changed = { CI_COMMIT_BRANCH: '', CI_COMMIT_TAG: 'v1.0.0' };
  await wholeRun({ ...stage, push: 'baseline', changed, options: { commitComment: true } });
  expect(notesOn(stage)).toHaveLength(1);
});

describe('a commit gets no comment', () => {
  test.each([
    ['without the option', { commitComment: false }],
    ['with comment: never', { comment: 'never' }],
    ['with comment: errors, when all could be read', { comment: 'errors' }],
  ])('%s', async (_what, options) => {
    const stage = await aStage();
    await run(stage, Number(ownId), options);
    expect(notesOn(stage)).toEqual([]);
    expect(sent(stage)).toEqual([]);
  });

  test('where a merge request has it', async () => {
    const stage = await aStage();
    const directory = await aFolder(demoFiles('first'));
    const options = { commitComment: true };
    const { published } = await wholeRun({ ...stage, directory, push: 'first', options });
    expect(published.note?.outcome).toBe('created');
    expect(notesOn(stage)).toEqual([]);
    expect(stage.gitlab.requests.filter(({ path }) => path.endsWith('/discussions'))).toEqual([]);
  });

  test('where its merge request could not be asked for', async () => {
    const at = 'GET /projects/:n/repository/commits/:sha/merge_requests';
    const stage = await aStage({ beforeRequest: faultAt(at, '403') });
    const changed = { CI_COMMIT_BRANCH: 'till-fix' };
    const { log } = await wholeRun({ ...stage, push: 'baseline', changed, options: { commitComment: true } });
    expect(notesOn(stage)).toEqual([]);
    expect(log.join()).toContain('the merge request of this pipeline is not known');
  });
});
