import { GitLabRefusedError } from '../../errors.ts';
import type { ProjectSettings } from '../../model/setup.ts';
import type { SetupPlan } from '../../setup/change.ts';
import { explainRefusal } from '../../setup/explain-refusal.ts';
import { accountByHand, groupOf } from '../../setup/plan-account.ts';
import { placesOf, planBotAccount } from './account.ts';
import { applySetupChange } from './apply.ts';
import { resendFailed } from './deliveries.ts';
import { fetchSetupFacts } from './facts.ts';
import { planBot, planRemovalOfBotProject, planRemovalOfWatched, planWatched } from './plans.ts';
import { testWebhook, webhookOf } from './test.ts';
import { fetchWatchedProjects, type Watched } from './watched.ts';
import type { SetupFacts, SetupOutcome, SetupWishes, SetupWorld, TestResult } from './wishes.ts';

interface Setting {
  readonly world: SetupWorld;
  readonly wishes: SetupWishes;
  readonly facts: SetupFacts;
}

type Refusal = SetupOutcome['refusal'];

/** `byHand`: what to do instead; null for nothing. */
function refusalOf(error: unknown, byHand: string | null = null): NonNullable<Refusal> {
  if (!(error instanceof GitLabRefusedError)) throw error;
  const hint = [explainRefusal(error.message) ?? error.hint, byHand]
    .filter((text) => text !== null)
    .join(' ');
  return { message: error.message, hint: hint === '' ? null : hint };
}

interface Step {
  readonly path: string;
  readonly of: SetupOutcome['of'];
  plan(): Promise<SetupPlan>;
  /** What `--resend` adds, last; a sentence about it. */
  resend?: () => Promise<string>;
  /** Runs after the changes. */
  test: (() => Promise<TestResult>) | null;
  /** What to do where GitLab refuses; null for nothing but what the refusal says. */
  readonly byHand: string | null;
}

/** Plans one project and makes the changes in order; a refusal ends this project only. */
async function take(step: Step, setting: Setting): Promise<SetupOutcome> {
  const { path, of, test, byHand, resend } = step;
  let plan: SetupPlan = { changes: [], advice: [] };
  let done = 0;
  let testedBy: TestResult | null = null;
  let results: readonly string[] = [];
  let refusal: Refusal = null;
  try {
    plan = await step.plan();
    if (!setting.wishes.planOnly) {
      for (const change of plan.changes) {
        await applySetupChange(change, setting);
        done += 1;
      }
      testedBy = test === null ? null : await test();
      results = resend === undefined ? [] : [await resend()];
    }
  } catch (error) {
    refusal = refusalOf(error, byHand);
  }
  return { path, of, changes: plan.changes, done, advice: plan.advice, refusal, testedBy, results };
}

async function resendTo(project: ProjectSettings, { world, facts }: Setting): Promise<string> {
  const hook = webhookOf(await world.gitlab.fetchWebhooks(project.id), facts);
  return hook === null ? 'there is no webhook' : resendFailed(project.id, hook.id, world);
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
        ...(wishes.resend && !isRemoval ? { resend: () => resendTo(project, setting) } : {}),
        byHand: null,
      },
      setting,
    );
  }
}

/** The service account first: its token is in the variable before anything needs it. */
function takeAccount(watched: readonly Watched[], setting: Setting): Promise<SetupOutcome> {
  const { bot } = setting.facts;
  const projects = watched.flatMap((one) => ('project' in one ? [one.project] : []));
  const places = placesOf(bot, projects);
  const owner = places.length === 1 ? bot.path : groupOf(places) || 'a group that holds all these projects';
  return take(
    {
      path: bot.path,
      of: 'account',
      plan: () => planBotAccount(projects, setting),
      test: null,
      byHand: accountByHand(owner, places),
    },
    setting,
  );
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
  const ofBot = { path: facts.bot.path, of: 'bot', test: null, byHand: null } as const;
  if (wishes.action === 'make') {
    if (wishes.makesBot) yield await takeAccount(watched, setting);
    yield await take({ ...ofBot, plan: () => planBot(setting) }, setting);
    yield* takeWatched(watched, setting);
    return;
  }
  const removed: ProjectSettings[] = [];
  const projects = new Map(
    watched.flatMap((one) => ('project' in one ? [[one.project.path, one.project]] : [])),
  );
  for await (const outcome of takeWatched(watched, setting)) {
    const project = projects.get(outcome.path);
    if (project !== undefined && outcome.refusal === null) removed.push(project);
    yield outcome;
  }
  yield await take({ ...ofBot, plan: () => planRemovalOfBotProject(removed, setting) }, setting);
}
