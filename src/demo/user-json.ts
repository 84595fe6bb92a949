import type { EmbeddedUser } from './state.ts';

export const ghost: EmbeddedUser = { id: 0, username: 'ghost', name: 'Ghost User' };

/** A user as the API gives them. */
export function userJson(user: EmbeddedUser | undefined): object {
  const { id, username, name = username, state = 'active' } = user ?? ghost;
  return { id, username, name, state, web_url: `__ORIGIN__/${username}` };
}
