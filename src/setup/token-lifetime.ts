const dayMilliseconds = 86_400_000;
/** GitLab's usual limit: https://docs.gitlab.com/user/profile/personal_access_tokens/#access-token-expiration */
const usualDays = 365;

/**
 * Whether GitLab lets a token with these scopes rotate itself; of a fine-grained one only GitLab knows. Source:
 * lib/api/personal_access_tokens/self_rotation.rb in GitLab's source
 */
export function canRotate(scopes: readonly string[]): boolean {
  return scopes.some((scope) => ['api', 'self_rotate', 'granular'].includes(scope));
}

/**
 * The day until which a token that is rotated now gets the lifetime it had, as `2027-11-30`; null for one that never
 * ends. Without a day GitLab gives a week.
 */
export function nextExpiry(
  { createdAt, expiresAt }: { readonly createdAt: string | null; readonly expiresAt: string | null },
  now: Date,
): string | null {
  if (expiresAt === null) return null;
  const lifetime =
    createdAt === null
      ? usualDays
      : Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / dayMilliseconds);
  const days = Math.min(Math.max(lifetime, 1), usualDays);
  return new Date(now.getTime() + days * dayMilliseconds).toISOString().slice(0, 10);
}
