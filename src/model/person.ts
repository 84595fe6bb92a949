/** GitLab's access levels: https://docs.gitlab.com/api/members/#roles */
export const accessLevels = {
  none: 0,
  minimal: 5,
  guest: 10,
  planner: 15,
  reporter: 20,
  security_manager: 25,
  developer: 30,
  maintainer: 40,
  owner: 50,
} as const;

export type Role = keyof typeof accessLevels;

/** The roles that members of a project can have to act in it, the least first. */
export const memberRoles = [
  'guest',
  'planner',
  'reporter',
  'security_manager',
  'developer',
  'maintainer',
  'owner',
] as const satisfies readonly Role[];

const roleWords: readonly (readonly [number, string])[] = [
  [accessLevels.owner, 'Owner'],
  [accessLevels.maintainer, 'Maintainer'],
  [accessLevels.developer, 'Developer'],
  [accessLevels.security_manager, 'Security Manager'],
  [accessLevels.reporter, 'Reporter'],
  [accessLevels.planner, 'Planner'],
  [accessLevels.guest, 'Guest'],
  [accessLevels.minimal, 'Minimal Access'],
];

/** A role as GitLab shows it, by its access level: `Developer`; null below all of them. */
export function roleName(accessLevel: number): string | null {
  return roleWords.find(([level]) => accessLevel >= level)?.[1] ?? null;
}

export interface Person {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  /** False for blocked, banned and deactivated accounts. */
  readonly active: boolean;
}

/** A user with their rights in the project, from the API. */
export interface Member extends Person {
  /** GitLab's number, so that levels of later versions keep their order; 0 for a user who is not a member. */
  readonly accessLevel: number;
}
