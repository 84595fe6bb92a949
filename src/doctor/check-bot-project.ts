import { accessLevels, roleName } from '../model/person.ts';
import type {
  ProjectSettings,
  ProjectVariable,
  ResourceGroup,
  Schedule,
  ScheduleSettings,
} from '../model/setup.ts';
import type { SetupChange } from '../setup/change.ts';
import { describeChanges } from '../setup/describe-change.ts';
import { exemptsPayload } from '../setup/gitlab-version.ts';
import { scheduleDescription } from '../setup/markers.ts';
import { nobody, weakerMeans } from '../setup/plan-override-role.ts';
import { planQueue } from '../setup/plan-queue.ts';
import { planSchedule } from '../setup/plan-schedule.ts';
import { type Check, fine, problem, type Topic, warning } from './check.ts';
import { flag, setupLine } from './setup-line.ts';
import type { Given } from './standing-webhook.ts';

function topicOf({ path }: ProjectSettings, about: string): Topic {
  return { project: path, about };
}

function textOf(change: SetupChange): string {
  return describeChanges([change])
    .map(({ sign, text }) => (sign === '+' ? `missing: ${text}` : text))
    .join();
}

/**
 * The role that can set variables of the bot's pipelines. Everything weaker than nobody fails, whatever this GitLab can
 * do. Source: https://docs.gitlab.com/ci/variables/#restrict-pipeline-variables
 */
export function checkOverrideRole(bot: ProjectSettings, version: string | null): readonly Check[] {
  const topic = topicOf(bot, 'pipeline variables');
  const role = bot.minimumOverrideRole;
  if (role === null)
    return [{ ...topic, state: 'unknown', words: 'GitLab does not show who can set them', remedy: null }];
  const isExempt = exemptsPayload(version);
  if (role === nobody && isExempt) return [fine(bot.path, topic.about, 'nobody can set them')];
  if (role === nobody) {
    const words = 'nobody can set them, but GitLab before 18.6 then also refuses payloads';
    return [warning(topic, words, 'herald setup --test shows whether this one does; if so, update GitLab')];
  }
  const remedy = isExempt
    ? `run ${setupLine({ part: 'pipeline-variables', bot, watched: null, flags: [] })}`
    : 'update GitLab to 18.6 or later, then run herald setup again; until then keep the trigger URL as secret as the token';
  return [problem(topic, `the role ${role} can set them: ${weakerMeans}`, remedy)];
}

export interface SecretSigns {
  readonly bot: ProjectSettings;
  readonly key: string;
  /** Null where the project has none. */
  readonly found: ProjectVariable | null;
  /** Whether all pipelines should get it. */
  readonly isOpenOnPurpose: boolean;
  /** Whether the bot's job in which doctor runs has it. */
  readonly isInJob: boolean;
  /** Whether it is the bot's token that the user gave; null where that is unknown, or the user gave none. */
  readonly isGiven: boolean | null;
}

function howKept({ masked, hidden, protected: isProtected }: ProjectVariable): string {
  const words = [masked ? 'masked' : '', hidden ? 'hidden' : '', isProtected ? 'protected' : ''];
  return words.filter((word) => word !== '').join(', ');
}

/** The variable that gives the bot its token. */
export function checkSecret(signs: SecretSigns): readonly Check[] {
  const { bot, key, found, isOpenOnPurpose, isInJob, isGiven } = signs;
  const topic = topicOf(bot, `variable ${key}`);
  const line = setupLine({
    part: 'token',
    bot,
    watched: null,
    flags: isOpenOnPurpose ? ['--no-protect-token'] : [],
  });
  const remedy = `put the token of the bot into the environment variable HERALD_BOT_TOKEN, and run ${line}`;
  if (found === null && isInJob)
    return [fine(bot.path, topic.about, 'the project has none of its own, and this job has one')];
  if (found === null)
    return [
      problem(
        topic,
        'the project has none: without it the bot cannot write anything',
        `run ${line} --bot, which creates a service account with a token, or ${remedy}; run herald doctor in a job of the project to see a variable of its groups`,
      ),
    ];
  const checks: Check[] = [];
  if (!found.masked) checks.push(warning(topic, 'it is not masked: jobs may show it in their logs', remedy));
  if (isGiven === false) checks.push(warning(topic, 'it holds another token than HERALD_BOT_TOKEN', remedy));
  if (!found.protected && !isOpenOnPurpose)
    checks.push(
      warning(
        topic,
        'it is not protected: everybody who can push a branch to this project can read it',
        `${remedy}; if you want it unprotected, run herald doctor --no-protect-token`,
      ),
    );
  return checks.length > 0 ? checks : [fine(bot.path, topic.about, howKept(found))];
}

export interface BranchSigns {
  readonly bot: ProjectSettings;
  readonly ref: string;
  /** Null when the branch does not exist. */
  readonly isProtected: boolean | null;
  /** Whether only protected branches get the token. */
  readonly isTokenProtected: boolean;
}

/** A branch whose pipelines are the bot. */
export function checkBranch({ bot, ref, isProtected, isTokenProtected }: BranchSigns): readonly Check[] {
  const topic = topicOf(bot, `branch ${ref}`);
  if (isProtected === null)
    return [
      problem(
        topic,
        'it does not exist, but pipelines run on it',
        'create it, or name another branch with herald setup --ref',
      ),
    ];
  if (!isProtected && isTokenProtected)
    return [
      problem(
        topic,
        'it is not protected, so its pipelines do not get the token',
        'protect it: Settings > Repository',
      ),
    ];
  return [fine(bot.path, topic.about, isProtected ? 'protected' : 'there')];
}

export interface ScheduleSigns {
  readonly bot: ProjectSettings;
  /** Those of herald setup. */
  readonly own: readonly Omit<Schedule, 'variables'>[];
  /** All active ones of others. */
  readonly others: readonly Pick<Schedule, 'id'>[];
  /** As herald setup would create it with the given options. */
  readonly wanted: ScheduleSettings;
  readonly given: Given;
}

/**
 * A choice made by an option that is not given here counts as right. Any scheduled pipeline of the bot sweeps,
 * whatever its variables.
 */
function adoptSchedule({ own, wanted, given }: ScheduleSigns): ScheduleSettings {
  const [found] = own;
  if (found === undefined) return { ...wanted, variables: {} };
  return {
    ...wanted,
    variables: {},
    ref: given.has('ref') ? wanted.ref : found.ref,
    cron: given.has('sweepCron') ? wanted.cron : found.cron,
    timezone: given.has('sweepCron') ? wanted.timezone : found.timezone,
  };
}

/** The schedule of the sweep; one that was created by hand is fine too. */
export function checkSchedule(signs: ScheduleSigns): readonly Check[] {
  const { bot, own, others, wanted, given } = signs;
  const topic = topicOf(bot, 'schedule');
  const [other] = others;
  if (own.length === 0 && other !== undefined)
    return [fine(bot.path, topic.about, `schedule ${other.id}, created by hand`)];
  const chosen = adoptSchedule(signs);
  const flags = [
    ...(chosen.ref === bot.defaultBranch ? [] : flag('--ref', chosen.ref)),
    ...(chosen.cron === wanted.cron && !given.has('sweepCron') ? [] : flag('--sweep-cron', chosen.cron)),
  ];
  const remedy = `run ${setupLine({ part: 'schedule', bot, watched: null, flags })}`;
  const standing = own.map((schedule) => ({ ...schedule, variables: {} }));
  // Nothing is taken over here, so that nobody's id is needed.
  const changes = planSchedule(standing, { bot, wanted: chosen, userId: 0 });
  if (changes.length > 0) return changes.map((change) => problem(topic, textOf(change), remedy));
  return [fine(bot.path, topic.about, `"${chosen.cron}" on ${chosen.ref}`)];
}

/** The owner of a schedule starts its pipelines. Source: https://docs.gitlab.com/ci/pipelines/schedules/ */
export function checkScheduleOwner(bot: ProjectSettings, accessLevel: number): readonly Check[] {
  if (accessLevel >= accessLevels.developer) return [];
  const words = `its owner is ${roleName(accessLevel) ?? 'no member'} here and cannot start pipelines, so the schedule does not run`;
  const remedy = 'let somebody with the role Developer or higher take ownership: Build > Pipeline schedules';
  return [problem(topicOf(bot, 'schedule'), words, remedy)];
}

/** True for a schedule as herald setup makes it. */
export function isOwnSchedule({ description }: Pick<Schedule, 'description'>): boolean {
  return description === scheduleDescription;
}

export interface QueueSigns {
  readonly bot: ProjectSettings;
  readonly found: readonly ResourceGroup[];
  readonly name: string;
  readonly given: Given;
}

/** The queue of the bot's jobs. */
export function checkQueue({ bot, found, name, given }: QueueSigns): readonly Check[] {
  const topic = topicOf(bot, 'queue');
  const flags = given.has('resourceGroup') ? flag('--resource-group', name) : [];
  const remedy = `run ${setupLine({ part: 'queue', bot, watched: null, flags })}`;
  const { changes, advice } = planQueue(found, { bot, name });
  const hint = 'if its jobs use another resource group, run herald doctor --resource-group NAME';
  const checks = [
    ...changes.map((change) => problem(topic, textOf(change), remedy)),
    ...advice.map((words) => warning(topic, words, hint)),
  ];
  return checks.length > 0 ? checks : [fine(bot.path, topic.about, 'in order')];
}
