import { type Check, problem, type Topic } from '../../doctor/check.ts';
import { checkServer, checkTransport } from '../../doctor/check-server.ts';
import { UsageError } from '../../errors.ts';
import { createGroupWebhooks } from '../setup/group-webhook.ts';
import { fetchWatchedProjects, type Watched } from '../setup/watched.ts';
import type { SetupWorld } from '../setup/wishes.ts';
import { checkBot } from './check-bot.ts';
import { lookAtWatched, type WatchedLook } from './check-watched.ts';
import type { BotFacts, DoctorWishes, DoctorWorld } from './doctor-wishes.ts';
import { maxOwnersLooks, ownersNotLookedAt } from './look-at-code-owners.ts';
import { lookAtFacts } from './look-at-facts.ts';
import { judgeIdentity, lookAtBotToken, lookAtOwnToken } from './look-at-identity.ts';
import { lookAtGroupWebhook, type ReceiverSetting } from './look-at-receiver.ts';
import { see } from './or-unknown.ts';

interface Server {
  readonly version: string | null;
  readonly checks: readonly Check[];
}

async function lookAtServer({ apiUrl, allowInsecure }: DoctorWishes, world: SetupWorld): Promise<Server> {
  const topic: Topic = { project: null, about: 'GitLab version' };
  const transport = checkTransport(apiUrl, allowInsecure);
  const seen = await see(topic, () => world.gitlab.fetchServerVersion());
  if ('unknown' in seen) return { version: null, checks: [...transport, seen.unknown] };
  return { version: seen.value, checks: [...transport, ...checkServer(seen.value)] };
}

interface WatchedList {
  readonly watched: readonly Watched[];
  readonly checks: readonly Check[];
}

async function listWatched(
  wishes: DoctorWishes,
  facts: BotFacts | null,
  world: SetupWorld,
): Promise<WatchedList> {
  const topic: Topic = { project: wishes.group, about: 'group' };
  try {
    const bot = facts?.bot ?? null;
    const seen = await see(topic, () => fetchWatchedProjects(wishes, bot, world.gitlab));
    if ('unknown' in seen) return { watched: [], checks: [seen.unknown] };
    return { watched: seen.value.watched, checks: [] };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { watched: [], checks: [problem(topic, error.message, error.hint)] };
  }
}

function receiverSetting(wishes: DoctorWishes, world: SetupWorld): ReceiverSetting | null {
  const { receiver } = wishes;
  if (receiver === null) return null;
  return { receiver, wishes, world, groups: createGroupWebhooks(receiver.address, world.gitlab) };
}

export interface Diagnosis {
  /** Id of the bot's project; null when it cannot be seen. */
  readonly bot: number | null;
  readonly checks: readonly Check[];
}

/**
 * Checks everything that can be wrong with an installation, and changes nothing. Settings that the token cannot see are
 * reported as unknown; all others are judged. Throws `GitLabRefusedError` for a token that does not work at all, and
 * `GitLabUnreachableError`.
 */
export async function doctor(wishes: DoctorWishes, world: DoctorWorld): Promise<Diagnosis> {
  const own = await lookAtOwnToken(world);
  const bot = await lookAtBotToken(world);
  const server = await lookAtServer(wishes, world);
  // A receiver that handles events itself has no project of the bot.
  const { facts, checks } =
    wishes.botProject === '' ? { facts: null, checks: [] } : await lookAtFacts(wishes, server.version, world);
  const list = await listWatched(wishes, facts, world);
  const identity = judgeIdentity({ own, bot }, facts, world);
  const receiver = receiverSetting(wishes, world);
  const setting = { world, wishes, facts, subject: identity.subject, receiver };
  const looks: WatchedLook[] = [];
  for (const [at, one] of list.watched.entries())
    looks.push(await lookAtWatched(one, { ...setting, looksForOwners: at < maxOwnersLooks }));
  const ofGroups: Check[] = [];
  if (receiver !== null)
    for (const one of receiver.groups.found()) ofGroups.push(...(await lookAtGroupWebhook(one, receiver)));
  const refs = looks.flatMap(({ ref }) => (ref === null ? [] : [ref]));
  const hasBot = list.watched.some((one) => 'project' in one && one.project.id === facts?.bot.id);
  return {
    bot: facts?.bot.id ?? null,
    checks: [
      ...identity.checks,
      ...server.checks,
      ...checks,
      ...(facts === null ? [] : await checkBot({ refs, hasBot }, { world, wishes, facts })),
      ...list.checks,
      ...ofGroups,
      ...looks.flatMap((look) => look.checks),
      ...ownersNotLookedAt(list.watched.length),
    ],
  };
}
