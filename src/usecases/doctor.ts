import { type Check, problem } from '../doctor/check.ts';
import { checkServer, checkTransport } from '../doctor/check-server.ts';
import { checkToken } from '../doctor/check-token.ts';
import { GitLabRefusedError } from '../errors.ts';
import { checkBot } from './doctor/check-bot.ts';
import { lookAtWatched } from './doctor/check-watched.ts';
import type { DoctorWishes, Setting } from './doctor/doctor-wishes.ts';
import { orUnknown } from './doctor/or-unknown.ts';
import { fetchSetupFacts } from './setup-facts.ts';
import { fetchWatchedProjects } from './setup-watched.ts';
import type { SetupFacts, SetupWorld } from './setup-wishes.ts';

async function checkIdentity({ gitlab, clock }: SetupWorld): Promise<readonly Check[]> {
  const person = await gitlab.fetchOwnPerson();
  const token = await gitlab.fetchTokenFacts();
  return checkToken({ person, token, now: clock.now() });
}

/** Without the bot's project there is nothing more to look at. */
async function factsOrCheck(wishes: DoctorWishes, world: SetupWorld): Promise<SetupFacts | Check> {
  try {
    return await fetchSetupFacts(wishes, world);
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    const remedy = 'add the user of the token to it, as a Maintainer for this look, and check its name';
    return problem({ project: String(wishes.botProject), about: "the bot's project" }, error.message, remedy);
  }
}

async function checkProjects(setting: Setting): Promise<readonly Check[]> {
  const { world, wishes, facts } = setting;
  const { watched } = await fetchWatchedProjects(wishes, facts.bot, world.gitlab);
  const checks: Check[] = [];
  const refs = new Set<string>();
  for (const one of watched) {
    if ('refusal' in one) {
      const remedy = 'add the user of the token to it, or leave it out';
      checks.push(problem({ project: one.path, about: 'project' }, one.refusal.message, remedy));
      continue;
    }
    const look = await lookAtWatched(one.project, setting);
    if (look.ref !== null) refs.add(look.ref);
    checks.push(...look.checks);
  }
  return [...(await checkBot([...refs], setting)), ...checks];
}

export interface Diagnosis {
  /** Id of the bot's project; null when it cannot be seen. */
  readonly bot: number | null;
  readonly checks: readonly Check[];
}

/**
 * Looks at everything that can be wrong with an installation, and changes nothing. Throws `GitLabRefusedError` for a token that does not
 * work at all, `GitLabUnreachableError`, and `UsageError` for a group that cannot be seen.
 */
export async function doctor(wishes: DoctorWishes, world: SetupWorld): Promise<Diagnosis> {
  const { gitlab } = world;
  const checks: Check[] = [
    ...(await checkIdentity(world)),
    ...checkTransport(wishes.apiUrl, wishes.allowInsecure),
    ...(await orUnknown({ project: null, about: 'GitLab version' }, async () =>
      checkServer(await gitlab.fetchServerVersion()),
    )),
  ];
  const facts = await factsOrCheck(wishes, world);
  if ('state' in facts) return { bot: null, checks: [...checks, facts] };
  checks.push(...(await checkProjects({ world, wishes, facts })));
  return { bot: facts.bot.id, checks };
}
