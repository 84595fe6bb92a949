import { describe, expect, test } from 'vitest';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import type { EmbeddedPipeline } from '../../support/gitlab/state/state.ts';
import {
  addPipeline,
  addTrigger,
  aFailedJob,
  mergeRequestPipeline,
  pipelineIn,
} from '../report/stage-of-job.ts';
import { mergeRequestEvent } from './events.ts';
import { aStage, noReports, type Stage } from './stage.ts';

/** The merge request's pipeline failed only through the pipeline that its trigger job started. */
async function aStageWithChild(
  overrides: Partial<EmbeddedPipeline> = {},
  config: string | null = null,
): Promise<Stage> {
  const stage = await aStage(config);
  for (const job of pipelineIn(stage, mergeRequestPipeline).jobs) job.status = 'success';
  addPipeline(stage, { id: 510, jobs: [aFailedJob(801, 'smoke')], ...overrides });
  addTrigger(stage, mergeRequestPipeline, { id: 690, downstream_id: 510 });
  return stage;
}

function setTrigger(stage: Stage, fields: object): void {
  Object.assign(pipelineIn(stage, mergeRequestPipeline).bridges?.[0] ?? {}, fields);
}

async function answerTo(stage: Stage, words: string): Promise<string> {
  const { note, payload } = stage.say('dev', words);
  await stage.handle(payload);
  return stage.answers(note).join('\n');
}

describe('the command retry', () => {
  test.each(['/herald retry', '/herald retry deploy'])(
    '"%s" runs a failed trigger job again',
    async (words) => {
      const stage = await aStageWithChild();
      expect(await answerTo(stage, words)).toMatch(/Retried: `deploy`/);
      expect(stage.deeds()).toEqual(['POST /projects/42/jobs/690/retry']);
    },
  );

  test('runs one whose pipeline failed without failing it only where it is asked to', async () => {
    const stage = await aStageWithChild();
    setTrigger(stage, { status: 'success' });
    expect(await answerTo(stage, '/herald retry')).toMatch(/nothing to retry/);
    expect(stage.deeds()).toEqual([]);
    await answerTo(stage, '/herald retry --all');
    expect(stage.deeds()).toEqual(['POST /projects/42/jobs/690/retry']);
  });

  test('leaves alone one whose pipeline is in another project, where the bot may do more than who asks', async () => {
    const stage = await aStageWithChild({ project_id: 43, source: 'pipeline' });
    expect(await answerTo(stage, '/herald retry')).toMatch(/`deploy`.*another project/);
    expect(stage.deeds()).toEqual([]);
  });

  test('leaves alone one that started nothing yet, since nobody knows where it would', async () => {
    const stage = await aStageWithChild();
    setTrigger(stage, { downstream_id: null });
    expect(await answerTo(stage, '/herald retry deploy')).toMatch(/another project/);
    expect(stage.deeds()).toEqual([]);
  });

  test('leaves alone one that could deploy where who asks may not', async () => {
    const stage = await aStageWithChild();
    stage.state.protectedEnvironments.push({
      project_id: 42,
      name: 'production',
      deploy_access_levels: [{ access_level: 40 }],
    });
    expect(await answerTo(stage, '/herald retry')).toMatch(/`deploy`.*protected environment/);
    expect(stage.deeds()).toEqual([]);
  });
});

const rule = (when: string, then: string): string =>
  `bot: {rules: [{name: red, on: merge_request, when: ${when}, do: [${then}]}]}`;

describe('rules', () => {
  test('see a failed trigger job as a failed job, and name its pipeline and what failed there', async () => {
    const stage = await aStageWithChild({}, rule("{failed-jobs: 'dep*'}", "{comment: 'Red: {failed-jobs}'}"));
    await stage.handle(mergeRequestEvent('update'));
    expect(stage.notes().join('\n')).toMatch(
      /Red: \[`deploy`\]\(.*\/jobs\/690\) \(\[pipeline 510\]\(.*\/pipelines\/510\): \[`smoke`\]\(.*\/jobs\/801\)\)/,
    );
  });

  test('do not run a trigger job again: nothing says how often that was done', async () => {
    const stage = await aStageWithChild({}, rule("{failed-jobs: '*'}", '{retry-jobs: true}'));
    await stage.handle(mergeRequestEvent('update'));
    expect(stage.deeds()).toEqual([]);
  });
});

describe('the issue about a failing default branch', () => {
  const preset = 'bot: {presets: {failing-default-branch: true}}';

  async function ofMain(overrides: Partial<EmbeddedPipeline>): Promise<Stage> {
    const stage = await aStage(preset);
    addPipeline(stage, { id: 550, ref: 'main', source: 'push', ...overrides });
    return stage;
  }

  test('names the trigger job that failed, its pipeline and what failed there', async () => {
    const stage = await ofMain({});
    addPipeline(stage, { id: 551, ref: 'main', jobs: [aFailedJob(801, 'smoke')] });
    addTrigger(stage, 550, { id: 690, downstream_id: 551 });
    await sweep(stage.world(noReports));
    const issue = stage.state.issues.find(({ title }) => title.includes('main'));
    expect(issue?.description).toMatch(/deploy.*\/pipelines\/551.*smoke.*\/jobs\/801/s);
  });

  test.each([
    { newest: 'failed', before: 'success' },
    { newest: 'success', before: 'failed' },
  ])(
    'goes by the pipeline that $before, not by a later one of other tools that $newest',
    async ({ newest, before }) => {
      const stage = await ofMain({ status: before });
      addPipeline(stage, { id: 560, ref: 'main', source: 'external', status: newest });
      await sweep(stage.world(noReports));
      expect(stage.state.issues.filter(({ title }) => title.includes('main'))).toHaveLength(
        before === 'failed' ? 1 : 0,
      );
    },
  );
});
