import type { ProjectVariable } from '../model/setup.ts';
import type { Place, SetupPlan } from './change.ts';
import { readSecretDescription } from './markers.ts';

/** What is known of the variable that holds the bot's token. */
export interface SecretSituation {
  readonly bot: Place;
  readonly key: string;
  readonly found: ProjectVariable | null;
  /** The token that the user gave for it, by its fingerprint; null when none was given. */
  readonly given: { readonly fingerprint: string; readonly isValueFound: boolean } | null;
  /** Name of the environment variable that it is given in. */
  readonly givenIn: string;
  readonly protected: boolean;
}

function weaknessOf({ found, protected: isProtected }: SecretSituation): string | null {
  if (found === null) return null;
  if (!found.masked) return 'is not masked';
  return isProtected && !found.protected ? 'is not protected' : null;
}

function adviceWithout(
  { bot, key, found, givenIn }: SecretSituation,
  weakness: string | null,
): readonly string[] {
  const again = `give the token of the bot in the environment variable ${givenIn} and run herald setup again`;
  if (found === null)
    return [`${bot.path} has no variable ${key}, without which the bot can write nothing: ${again}`];
  return weakness === null ? [] : [`the variable ${key} of ${bot.path} ${weakness}: ${again}`];
}

/**
 * The variable with the bot's token: masked, hidden and protected, so that only pipelines of protected branches have it. Its value comes from
 * the user alone; whether a hidden one is the same is told by the fingerprint in its description.
 */
export function planSecret(situation: SecretSituation): SetupPlan {
  const { bot, key, found, given, protected: isProtected } = situation;
  const weakness = weaknessOf(situation);
  if (given === null) return { changes: [], advice: adviceWithout(situation, weakness) };
  const { fingerprint, isValueFound } = given;
  const isSame = isValueFound || readSecretDescription(found?.description ?? null) === fingerprint;
  if (found !== null && isSame && weakness === null) return { changes: [], advice: [] };
  const why = found === null ? 'there is none' : isSame ? `it ${weakness ?? ''}` : 'another token was given';
  const exists = found !== null;
  return {
    changes: [{ do: 'set-secret', in: bot, key, fingerprint, protected: isProtected, exists, why }],
    advice: [],
  };
}
