import picomatch from 'picomatch';
import type { CodeOwners, OwnerRule, OwnerSection } from './parse-code-owners.ts';

/** GitLab's patterns: a leading slash is the root, a trailing one a folder and all in it, anything else any depth. */
function matcherOf({ pattern }: OwnerRule): (path: string) => boolean {
  if (pattern === '*') return () => true;
  const rooted = pattern.startsWith('/') ? pattern.slice(1) : `**/${pattern}`;
  const whole = rooted.endsWith('/') ? `${rooted}**` : rooted;
  return picomatch(whole, { dot: true, nonegate: true, noextglob: true });
}

export interface OwnersOfPath {
  readonly section: string;
  readonly optional: boolean;
  readonly owners: readonly string[];
}

/** The last rule that fits counts; one that excludes takes the path out of the section, wherever it stands. */
function ownersInSection({ rules }: OwnerSection, path: string): readonly string[] {
  const fitting = rules.filter((rule) => matcherOf(rule)(path));
  return fitting.some(({ excludes }) => excludes) ? [] : (fitting.at(-1)?.owners ?? []);
}

/** Owners of a path by section; sections in which nobody owns it are left out. */
export function ownersOf(codeOwners: CodeOwners, path: string): readonly OwnersOfPath[] {
  return codeOwners.flatMap((section) => {
    const owners = ownersInSection(section, path);
    return owners.length === 0 ? [] : [{ section: section.name, optional: section.optional, owners }];
  });
}
