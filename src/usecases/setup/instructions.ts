import { GitLabRefusedError } from '../../errors.ts';
import type { ProjectSettings, Trigger, Webhook } from '../../model/setup.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import type { SetupChange } from '../../setup/change.ts';
import { explainRefusal } from '../../setup/explain-refusal.ts';
import type { Unseen } from '../../setup/instruction-step.ts';
import { setupInstructions, type WrittenInstructions } from '../../setup/instructions.ts';
import { readHookDescription, triggerDescription } from '../../setup/markers.ts';
import { isOwnWebhook } from '../../setup/plan-webhook.ts';
import { setupCommand } from './command.ts';
import { fetchSetupFacts } from './facts.ts';
import { closeInstructions, type InstructionIssue, keepInstructions } from './instruction-issue.ts';
import { planBot, planWatched } from './plans.ts';
import { asFarAsSeen } from './seen.ts';
import { fetchWatchedProjects } from './watched.ts';
import type { SetupFacts, SetupOutcome, SetupWishes, SetupWorld } from './wishes.ts';

export type InstructionState = InstructionIssue['state'] | 'planned';

/** The outcome of the instructions for one project. */
export interface InstructionOutcome {
  readonly path: string;
  readonly state: InstructionState;
  /** The issue; null when there is none. */
  readonly url: string | null;
  /** Null when there is nothing to do. */
  readonly markdown: string | null;
  readonly refusal: SetupOutcome['refusal'];
}

/** GitLab's role Maintainer: users with lower roles cannot see the variables of schedules. */
const maintainer = 40;

interface Bot {
  readonly facts: SetupFacts;
  readonly changes: readonly SetupChange[];
  readonly advice: readonly string[];
  readonly unseen: ReadonlySet<Unseen>;
}

/** What the bot's own project needs, once for all. */
async function lookAtBot(wishes: SetupWishes, world: SetupWorld): Promise<Bot> {
  const { gitlab, unseen } = asFarAsSeen(world.gitlab, wishes.resourceGroup);
  const seenWorld = { ...world, gitlab };
  const facts = await fetchSetupFacts(wishes, seenWorld);
  const { changes, advice } = await planBot({ world: seenWorld, wishes, facts });
  const level = await world.gitlab.fetchAccessLevel(facts.bot.id, facts.userId);
  const ofSchedules: readonly Unseen[] = level < maintainer ? ['schedules'] : [];
  return { facts, changes, advice, unseen: new Set([...unseen, ...ofSchedules]) };
}

/** If the token cannot see trigger tokens, each webhook counts as having its own. */
function assumedTriggers(
  hooks: readonly Webhook[],
  watched: ProjectSettings,
  { bot, webhook, userId }: SetupFacts,
): readonly Trigger[] {
  return hooks
    .filter((hook) => isOwnWebhook(hook, webhook.url, bot))
    .map(({ description }) => ({
      id: readHookDescription(description)?.trigger ?? 0,
      description: triggerDescription(watched.id, new Date(0)),
      owner: { id: userId, username: '', active: true },
      expiresAt: null,
    }));
}

/** Maintainers need not care about descriptions, and nothing is known about tokens that cannot be seen. */
function forPeople(changes: readonly SetupChange[], unseen: ReadonlySet<Unseen>): readonly SetupChange[] {
  return changes.flatMap((change): readonly SetupChange[] => {
    if (change.do === 'delete-trigger' && unseen.has('trigger tokens')) return [];
    if (change.do !== 'change-webhook') return [change];
    const differences = change.differences.filter(({ name }) => name !== 'description');
    return differences.length === 0 ? [] : [{ ...change, differences }];
  });
}

interface Setting {
  readonly wishes: SetupWishes;
  readonly world: SetupWorld;
  readonly bot: Bot;
}

async function write(
  watched: ProjectSettings,
  { wishes, world, bot }: Setting,
): Promise<WrittenInstructions | null> {
  const { gitlab, unseen: unseenHere } = asFarAsSeen(world.gitlab, wishes.resourceGroup);
  const hidesTriggers = bot.unseen.has('trigger tokens');
  const triggers = hidesTriggers
    ? assumedTriggers(await gitlab.fetchWebhooks(watched.id), watched, bot.facts)
    : bot.facts.triggers;
  const facts = { ...bot.facts, triggers };
  const plan = await planWatched(watched, { world: { ...world, gitlab }, wishes, facts });
  const unseen = new Set([...bot.unseen, ...unseenHere]);
  return setupInstructions({
    plan: {
      changes: forPeople([...plan.changes, ...bot.changes], unseen),
      advice: [...plan.advice, ...bot.advice],
    },
    unseen,
    bot: facts.bot,
    apiUrl: wishes.apiUrl.replace(/\/+$/, ''),
    projects: [facts.bot, watched],
    command: setupCommand(wishes, facts.bot, watched),
  });
}

async function tell(watched: ProjectSettings, setting: Setting): Promise<InstructionOutcome> {
  const { wishes, world, bot } = setting;
  const { path } = watched;
  const written = await write(watched, setting);
  const markdown = written === null ? null : renderMarkdown(written.document);
  const nothing = { path, url: null, markdown, refusal: null };
  if (wishes.planOnly) return { ...nothing, state: written === null ? 'none' : 'planned' };
  const at = { project: watched.id, bot: bot.facts.bot.id };
  const issue =
    written === null ? await closeInstructions(at, world) : await keepInstructions(at, written, world);
  return { ...nothing, ...issue };
}

function refused(path: string, error: unknown): InstructionOutcome {
  if (!(error instanceof GitLabRefusedError)) throw error;
  const { message, hint } = error;
  const refusal = { message, hint: explainRefusal(message) ?? hint };
  return { path, state: 'none', url: null, markdown: null, refusal };
}

/**
 * Opens one confidential issue in each watched project that shows its maintainers what `herald setup` would do: for
 * users whose token cannot change settings. Updates the issue, and closes it when nothing is left to do. Changes no
 * setting. Returns the outcome of each project; a refusal ends one project only. Throws errors that affect all
 * projects.
 */
export async function* instruct(wishes: SetupWishes, world: SetupWorld): AsyncGenerator<InstructionOutcome> {
  const bot = await lookAtBot(wishes, world);
  const { watched, leftOut } = await fetchWatchedProjects(wishes, bot.facts.bot, world.gitlab);
  for (const reason of leftOut) world.log.info(`skipped: ${reason}`);
  for (const one of watched) {
    if ('refusal' in one) {
      yield refused(one.path, one.refusal);
      continue;
    }
    try {
      yield await tell(one.project, { wishes, world, bot });
    } catch (error) {
      yield refused(one.project.path, error);
    }
  }
}
