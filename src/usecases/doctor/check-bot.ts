import type { Check, Topic } from '../../doctor/check.ts';
import {
  checkBranch,
  checkOverrideRole,
  checkQueue,
  checkSchedule,
  checkScheduleOwner,
  checkSecret,
  isOwnSchedule,
} from '../../doctor/check-bot-project.ts';
import { checkSettings } from '../../doctor/check-project.ts';
import { checkRuns } from '../../doctor/check-runs.ts';
import { checkSweeps } from '../../doctor/check-sweeps.ts';
import type { ProjectVariable } from '../../model/setup.ts';
import { fingerprintOf, readSecretDescription } from '../../setup/markers.ts';
import type { SetupPart } from '../setup/wishes.ts';
import type { Setting } from './doctor-wishes.ts';
import { orUnknown, see } from './or-unknown.ts';

/** Result of one check: its findings, and facts that other checks need. */
interface Look<Value> {
  readonly checks: readonly Check[];
  readonly found: Value;
}

function topicOf({ facts }: Setting, about: string): Topic {
  return { project: facts.bot.path, about };
}

/** Whether the variable holds the bot's token that the user gave; null where that is unknown. */
function isGiven({ wishes }: Setting, found: ProjectVariable | null): boolean | null {
  const { botToken } = wishes;
  if (botToken === null || found === null) return null;
  if (found.value !== null) return found.value === botToken.value;
  const mark = readSecretDescription(found.description);
  return mark === null ? null : mark.fingerprint === fingerprintOf(botToken.value);
}

/** The variable with the token; `found` says whether only protected branches get it. */
function lookAtToken(setting: Setting): Look<boolean> {
  const { world, wishes, facts } = setting;
  const { bot, variable } = facts;
  if ('unknown' in variable) return { checks: [variable.unknown], found: false };
  const found = variable.value;
  const checks = checkSecret({
    bot,
    key: wishes.tokenKey,
    found,
    isOpenOnPurpose: wishes.given.has('protectToken') && !wishes.protectToken,
    isInJob: world.own.isOfJobIn === bot.id,
    isGiven: isGiven(setting, found),
  });
  return { checks, found: found?.protected ?? false };
}

/** The schedule of the sweep; `found` are the branches it runs on. */
async function lookAtSchedule(setting: Setting): Promise<Look<readonly string[]>> {
  const { world, wishes, facts } = setting;
  const { bot, schedule: wanted } = facts;
  const seen = await see(topicOf(setting, 'schedule'), () => world.gitlab.fetchSchedules(bot.id));
  if ('unknown' in seen) return { checks: [seen.unknown], found: [] };
  const own = seen.value.filter(isOwnSchedule);
  const others = seen.value.filter((schedule) => schedule.active && !isOwnSchedule(schedule));
  const [standing] = [...own, ...others];
  const ofSweeps =
    standing?.active === true
      ? await orUnknown(topicOf(setting, 'sweeps'), async () =>
          checkSweeps(bot.path, {
            nextRunAt: standing.nextRunAt,
            pipelines: await world.gitlab.fetchScheduledPipelines(bot.id, standing.ref),
            now: world.clock.now(),
          }),
        )
      : [];
  const ownerId = standing?.ownerId ?? null;
  const ofOwner =
    ownerId === null
      ? []
      : await orUnknown(topicOf(setting, 'schedule'), async () =>
          checkScheduleOwner(bot, await world.gitlab.fetchAccessLevel(bot.id, ownerId)),
        );
  return {
    checks: [...checkSchedule({ bot, own, others, wanted, given: wishes.given }), ...ofOwner, ...ofSweeps],
    found: standing === undefined ? [] : [standing.ref],
  };
}

/** What is known of the watched projects. */
export interface OfWatched {
  /** Branches of the bot that their webhooks start. */
  readonly refs: readonly string[];
  /** Whether the bot's project is one of them, and so was looked at already. */
  readonly hasBot: boolean;
}

/** The bot's own project: its settings, token, schedule, queue, and the branches that its pipelines run on. */
export async function checkBot(
  { refs: refsOfWebhooks, hasBot }: OfWatched,
  setting: Setting,
): Promise<readonly Check[]> {
  const { world, wishes, facts } = setting;
  const { gitlab } = world;
  const { bot } = facts;
  const has = (part: SetupPart): boolean => wishes.parts.includes(part);
  const token = has('token') ? lookAtToken(setting) : { checks: [], found: false };
  const schedule = has('schedule') ? await lookAtSchedule(setting) : { checks: [], found: [] };
  const checks = [
    ...(hasBot ? [] : checkSettings(bot)),
    ...(has('pipeline-variables')
      ? await orUnknown(topicOf(setting, 'pipeline variables'), async () =>
          checkOverrideRole(bot, await gitlab.fetchServerVersion()),
        )
      : []),
    ...token.checks,
    ...schedule.checks,
  ];
  for (const ref of new Set([...refsOfWebhooks, ...schedule.found]))
    checks.push(
      ...(await orUnknown(topicOf(setting, `branch ${ref}`), async () => {
        const isProtected = await gitlab.fetchBranchProtection(bot.id, ref);
        return checkBranch({ bot, ref, isProtected, isTokenProtected: token.found });
      })),
    );
  for (const ref of new Set(refsOfWebhooks))
    checks.push(
      ...(await orUnknown(topicOf(setting, 'pipelines'), async () =>
        checkRuns(bot.path, await gitlab.fetchTriggered(bot.id, { ref, username: null })),
      )),
    );
  if (!has('queue')) return checks;
  const queue = await orUnknown(topicOf(setting, 'queue'), async () => {
    const found = await gitlab.fetchResourceGroups(bot.id);
    return checkQueue({ bot, found, name: wishes.resourceGroup, given: wishes.given });
  });
  return [...checks, ...queue];
}
