import { accessLevels } from '../model/person.ts';

/** Whom a word of a CODEOWNERS file means. */
export type OwnerName =
  /** `@@developer`: the access level; null for a role that cannot own code. */
  | { readonly kind: 'role'; readonly level: number | null }
  /** `@name`: a user or a group, by username or full path in lower case. */
  | { readonly kind: 'name'; readonly name: string }
  /** `name@example.com`: GitLab shows addresses only to administrators. */
  | { readonly kind: 'address' };

/** Source: https://docs.gitlab.com/user/project/codeowners/reference/#role-eligibility */
const roles: Readonly<Record<string, number>> = {
  developer: accessLevels.developer,
  maintainer: accessLevels.maintainer,
  owner: accessLevels.owner,
};

/** The full path of a group. The API takes a number for an id, and a dot for a folder of the address. */
export const groupPath = /^(?!\d+$)[A-Za-z\d_][\w.-]{0,254}(?:\/[A-Za-z\d_][\w.-]{0,254}){0,20}$/;

/** Reads an owner as it is written; roles can be in the plural: `@@developers`. */
export function ownerName(owner: string): OwnerName {
  if (owner.startsWith('@@')) {
    const name = owner.slice(2).toLowerCase().replace(/s$/, '');
    return { kind: 'role', level: Object.hasOwn(roles, name) ? (roles[name] ?? null) : null };
  }
  return owner.startsWith('@') ? { kind: 'name', name: owner.slice(1).toLowerCase() } : { kind: 'address' };
}
