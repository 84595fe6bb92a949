import type { ProjectVariable } from '../model/setup.ts';
import type { Place, SetupChange, SetupPlan } from './change.ts';
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

/** Writes the token that was given, unless it stands there already, and as it should. */
function planGiven(
  { fingerprint, isValueFound }: NonNullable<SecretSituation['given']>,
  situation: SecretSituation,
): readonly SetupChange[] {
  const { bot, key, found, protected: isProtected } = situation;
  const weakness = weaknessOf(situation);
  const set = { do: 'set-secret', in: bot, key, fingerprint, protected: isProtected } as const;
  if (found === null) return [{ ...set, exists: false, takenOver: false, why: 'there is none' }];
  const mark = readSecretDescription(found.description);
  const isSame = isValueFound || mark?.fingerprint === fingerprint;
  if (isSame && weakness === null) return [];
  const why = isSame ? `it ${weakness ?? ''}` : 'another token was given';
  return [{ ...set, exists: true, takenOver: mark === null || mark.takenOver, why }];
}

/**
 * The variable with the bot's token: masked, hidden and protected, so that only pipelines of protected branches have it. Its value comes from
 * the user alone; whether a hidden one is the same is told by the fingerprint in its description.
 */
export function planSecret(situation: SecretSituation): SetupPlan {
  const { given } = situation;
  return given === null
    ? { changes: [], advice: adviceWithout(situation, weaknessOf(situation)) }
    : { changes: planGiven(given, situation), advice: [] };
}
