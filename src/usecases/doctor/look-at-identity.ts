import type { Check } from '../../doctor/check.ts';
import { checkTokenFacts, checkUser } from '../../doctor/check-token.ts';
import type { SetupWorld } from '../setup-wishes.ts';
import { see } from './or-unknown.ts';

export interface Identity {
  /** The token's user; null where GitLab does not tell him. */
  readonly userId: number | null;
  readonly checks: readonly Check[];
}

/** The token and its user. Throws `GitLabRefusedError` for a token that does not work at all. */
export async function lookAtIdentity({ gitlab, clock }: SetupWorld): Promise<Identity> {
  const seen = await see({ project: null, about: 'token user' }, () => gitlab.fetchOwnPerson());
  const ofToken = checkTokenFacts(await gitlab.fetchTokenFacts(), clock.now());
  if ('unknown' in seen) return { userId: null, checks: [seen.unknown, ...ofToken] };
  return { userId: seen.value.id, checks: [checkUser(seen.value), ...ofToken] };
}
