import { GitLabRefusedError } from '../../errors.ts';
import type { SetupPlan } from '../../setup/change.ts';
import { explainRefusal } from '../../setup/explain-refusal.ts';
import { applySetupChange } from './apply.ts';
import { fetchSetupFacts } from './facts.ts';
import { planBot, planRemovalOfBotProject, planRemovalOfWatched, planWatched } from './plans.ts';
import { testWebhook } from './test.ts';
import { fetchWatchedProjects, type Watched } from './watched.ts';
import type { SetupFacts, SetupOutcome, SetupWishes, SetupWorld, TestResult } from './wishes.ts';

interface Setting {
  readonly world: SetupWorld;
  readonly wishes: SetupWishes;
  readonly facts: SetupFacts;
}

type Refusal = SetupOutcome['refusal'];

function refusalOf(error: unknown): NonNullable<Refusal> {
  if (!(error instanceof GitLabRefusedError)) throw error;
  return { message: error.message, hint: explainRefusal(error.message) ?? error.hint };
}

interface Step {
  readonly path: string;
  readonly of: SetupOutcome['of'];
  plan(): Promise<SetupPlan>;
  /** Runs after the changes. */
  test: (() => Promise<TestResult>) | null;
}

/** Plans one project and makes the changes in order; a refusal ends this project only. */
async function take(step: Step, setting: Setting): Promise<SetupOutcome> {
  const { path, of, test } = step;
  let plan: SetupPlan = { changes: [], advice: [] };
  let done = 0;
  let testedBy: TestResult | null = null;
  let refusal: Refusal = null;
  try {
    plan = await step.plan();
    if (!setting.wishes.planOnly) {
      for (const change of plan.changes) {
        await applySetupChange(change, setting);
        done += 1;
      }
      testedBy = test === null ? null : await test();
    }
  } catch (error) {
    refusal = refusalOf(error);
  }
  return { path, of, changes: plan.changes, done, advice: plan.advice, refusal, testedBy };
}

async function* takeWatched(watched: readonly Watched[], setting: Setting): AsyncGenerator<SetupOutcome> {
  const { world, wishes, facts } = setting;
  for (const one of watched) {
    if ('refusal' in one) {
      const nothing = { changes: [], done: 0, advice: [], testedBy: null };
      yield { path: one.path, of: 'watched', ...nothing, refusal: refusalOf(one.refusal) };
      continue;
    }
    const { project } = one;
    const isRemoval = wishes.action === 'remove';
    yield await take(
      {
        path: project.path,
        of: 'watched',
        plan: () => (isRemoval ? planRemovalOfWatched(project, setting) : planWatched(project, setting)),
        test: wishes.test && !isRemoval ? () => testWebhook(project, world, facts) : null,
      },
      setting,
    );
  }
}

/**
 * Turns a project into a bot that watches others, or undoes that. Creates, repairs or deletes only settings that differ
 * from the wanted ones, so a second run writes nothing, and the next run continues an interrupted one. Yields the
 * outcome of each project as soon as it is known; a refusal ends one project only. Throws errors that affect all
 * projects.
 */
export async function* setup(wishes: SetupWishes, world: SetupWorld): AsyncGenerator<SetupOutcome> {
  const facts = await fetchSetupFacts(wishes, world);
  const setting = { world, wishes, facts };
  const { watched, leftOut } = await fetchWatchedProjects(wishes, facts.bot, world.gitlab);
  for (const reason of leftOut) world.log.info(`skipped: ${reason}`);
  const ofBot = { path: facts.bot.path, of: 'bot', test: null } as const;
  if (wishes.action === 'make') {
    yield await take({ ...ofBot, plan: () => planBot(setting) }, setting);
    yield* takeWatched(watched, setting);
    return;
  }
  const removed = new Set<number>();
  const ids = new Map(
    watched.flatMap((one) => ('project' in one ? [[one.project.path, one.project.id]] : [])),
  );
  for await (const outcome of takeWatched(watched, setting)) {
    const id = ids.get(outcome.path);
    if (id !== undefined && outcome.refusal === null) removed.add(id);
    yield outcome;
  }
  yield await take({ ...ofBot, plan: () => planRemovalOfBotProject(removed, setting) }, setting);
}
