import type { ProjectVariable } from '../model/setup.ts';
import type { ChangeOf, Place, SetupChange, SetupPlan } from './change.ts';
import { readSecretDescription } from './markers.ts';

/** Facts about the variable that holds the bot's token. */
export interface SecretSituation {
  readonly bot: Place;
  readonly key: string;
  readonly found: ProjectVariable | null;
  /** The variable that is set aside while its successor is created: only an interrupted run leaves it. */
  readonly aside: ProjectVariable | null;
  /** Whether this GitLab can hide variables. */
  readonly hides: boolean;
  /** Fingerprint of the token that the user gave for it; null when the user gave none. */
  readonly given: { readonly fingerprint: string; readonly isValueFound: boolean } | null;
  /** Name of the environment variable that it is given in. */
  readonly givenIn: string;
  readonly protected: boolean;
}

type Visible = Pick<SecretSituation, 'found' | 'hides'>;

function isVisible({ found, hides }: Visible): boolean {
  return hides && found?.hidden === false;
}

/** What is wrong with how the variable is kept, in words that follow `it`; null for nothing, or where there is none. */
export function weaknessOf(situation: Visible & Pick<SecretSituation, 'protected'>): string | null {
  const { found, protected: isProtected } = situation;
  if (found === null) return null;
  if (!found.masked) return 'is not masked';
  if (isProtected && !found.protected) return 'is not protected';
  return isVisible(situation) ? 'is not hidden, so every maintainer can read it' : null;
}

function adviceWithout(situation: SecretSituation): readonly string[] {
  const { bot, key, found, givenIn } = situation;
  const again = `give the token of the bot in the environment variable ${givenIn} and run herald setup again`;
  if (found === null)
    return [
      `${bot.path} has no variable ${key}: without it the bot cannot write anything: run herald setup --bot, which makes a service account with a token, or ${again}`,
    ];
  const weakness = weaknessOf(situation);
  const anew = isVisible(situation)
    ? ', which creates the variable again: GitLab cannot hide an existing variable'
    : '';
  return weakness === null ? [] : [`the variable ${key} of ${bot.path} ${weakness}: ${again}${anew}`];
}

/** Without a given token: the variable that an interrupted run had set aside holds the token, if no other one does. */
function planLeftover(situation: SecretSituation, leftover: boolean): SetupPlan {
  const { bot, key, found } = situation;
  if (found === null && leftover) return { changes: [{ do: 'place-variable', in: bot, key }], advice: [] };
  const clearing: readonly SetupChange[] = leftover
    ? [{ do: 'delete-variable', in: bot, key, place: 'aside' }]
    : [];
  return { changes: clearing, advice: adviceWithout(situation) };
}

type Given = NonNullable<SecretSituation['given']>;

/** Why an existing variable is written; null when it already holds the token with the right settings. */
function whyWrite({ fingerprint, isValueFound }: Given, situation: SecretSituation): string | null {
  const mark = readSecretDescription(situation.found?.description ?? null);
  if (!isValueFound && mark?.fingerprint !== fingerprint) return 'another token was given';
  const weakness = weaknessOf(situation);
  return weakness === null ? null : `it ${weakness}`;
}

/** How to write the given token; null when there is nothing to do. */
function planGiven(given: Given, situation: SecretSituation): ChangeOf<'set-secret'> | null {
  const { bot, key, found, aside, protected: isProtected } = situation;
  const { fingerprint } = given;
  const set = { do: 'set-secret', in: bot, key, fingerprint, protected: isProtected } as const;
  if (found === null) {
    const takenOver = isTakenOver(aside) ?? false;
    return { ...set, how: 'make', takenOver, why: 'there is none' };
  }
  const why = whyWrite(given, situation);
  const how = isVisible(situation) ? 'make-anew' : 'write';
  return why === null ? null : { ...set, how, takenOver: isTakenOver(found) ?? true, why };
}

/** Null for one that Herald has not written yet. */
function isTakenOver(variable: ProjectVariable | null): boolean | null {
  return readSecretDescription(variable?.description ?? null)?.takenOver ?? null;
}

/**
 * The variable with the bot's token: masked, hidden and protected, so that only pipelines of protected branches have
 * it. Its value comes from the user alone; the description holds a fingerprint, which shows whether a hidden value is
 * still the same. GitLab hides only new variables, so a readable one is created again when its token is given.
 */
export function planSecret(situation: SecretSituation): SetupPlan {
  const { bot, key, found, aside, given } = situation;
  const leftover = readSecretDescription(aside?.description ?? null) !== null;
  if (given === null) return planLeftover(situation, leftover);
  const set = planGiven(given, situation);
  const clearing = leftover ? [{ do: 'delete-variable', in: bot, key, place: 'aside' } as const] : [];
  const writing = set === null ? [] : [set];
  // The token is always in one of the two: the one set aside is deleted first only if there is another.
  return { changes: found === null ? [...writing, ...clearing] : [...clearing, ...writing], advice: [] };
}
