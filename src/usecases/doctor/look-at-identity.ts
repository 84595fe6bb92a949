import { type RoleSubject, roleSubject, type TokenUser } from '../../doctor/bots-user.ts';
import { type Check, problem } from '../../doctor/check.ts';
import { checkTokenFacts, checkUser, type Whose } from '../../doctor/check-token.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { Identity } from '../../gitlab/ports/identity.ts';
import { fingerprintOf, readSecretDescription } from '../../setup/markers.ts';
import type { BotFacts, DoctorWorld } from './doctor-wishes.ts';
import { see } from './or-unknown.ts';

/** A token and its user, as far as GitLab shows them. */
export interface TokenLook {
  readonly whose: Whose;
  readonly user: TokenUser | null;
  /** Findings about the token itself. */
  readonly checks: readonly Check[];
}

/** The token that asks. Throws `GitLabRefusedError` for a token that does not work at all. */
export async function lookAtOwnToken(world: DoctorWorld): Promise<TokenLook> {
  return lookAtToken('own', world.gitlab, world.clock.now());
}

async function lookAtToken(whose: Whose, gitlab: Identity, now: Date): Promise<TokenLook> {
  const about = whose === 'bot' ? "bot's token user" : 'token user';
  const seen = await see({ project: null, about }, () => gitlab.fetchOwnPerson());
  const checks = checkTokenFacts(await gitlab.fetchTokenFacts(), whose, now);
  if ('unknown' in seen) return { whose, user: null, checks: [seen.unknown, ...checks] };
  return { whose, user: seen.value, checks };
}

/** The bot's token that the user gave; null when there is none. */
export async function lookAtBotToken({ botToken, clock }: DoctorWorld): Promise<TokenLook | null> {
  if (botToken === null) return null;
  try {
    return await lookAtToken('bot', botToken.gitlab, clock.now());
  } catch (error) {
    if (!(error instanceof GitLabRefusedError) || error.status !== 401) throw error;
    const topic = { project: null, about: "bot's token" };
    return { whose: 'bot', user: null, checks: [problem(topic, error.message, error.hint)] };
  }
}

/** Whether the token that asks is the one in pipelines of the bot; null where that is unknown. */
function isOwnTheBots(facts: BotFacts | null, { own }: DoctorWorld): boolean | null {
  if (facts === null) return null;
  if (own.isOfJobIn === facts.bot.id) return true;
  const variable = 'value' in facts.variable ? facts.variable.value : null;
  if (variable === null) return null;
  const mark = readSecretDescription(variable.description);
  return variable.value === own.token || mark?.fingerprint === fingerprintOf(own.token) ? true : null;
}

export interface IdentityLook {
  /** Null where no user is known at all. */
  readonly subject: RoleSubject | null;
  readonly checks: readonly Check[];
}

/** The bot's user, and findings about the tokens and their users. */
export function judgeIdentity(
  tokens: { readonly own: TokenLook; readonly bot: TokenLook | null },
  facts: BotFacts | null,
  world: DoctorWorld,
): IdentityLook {
  const { own, bot } = tokens;
  const given = bot?.user ?? null;
  const known = given === null ? isOwnTheBots(facts, world) : given.id === own.user?.id;
  const looks: readonly (readonly [TokenLook, boolean | null])[] = [
    [own, known],
    ...(bot === null ? [] : [[bot, true] as const]),
  ];
  return {
    subject: roleSubject({ own: own.user, given, isOwnTheBots: known ?? false }),
    checks: looks.flatMap(([{ whose, user, checks }, isTheBots]) => [
      ...(user === null ? [] : [checkUser(user, whose, isTheBots)]),
      ...checks,
    ]),
  };
}
