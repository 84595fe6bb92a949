import type { CodeOwners, OwnerSection } from './parse-code-owners.ts';
import { type SplitPath, splitPath } from './path-pattern.ts';

export interface OwnersOfPath {
  readonly section: string;
  readonly optional: boolean;
  readonly owners: readonly string[];
}

/** The last rule that fits counts; one that excludes removes the path from the section, wherever it is. */
function ownersInSection({ rules }: OwnerSection, path: SplitPath): readonly string[] {
  const fitting = rules.filter(({ fits }) => fits(path));
  return fitting.some(({ excludes }) => excludes) ? [] : (fitting.at(-1)?.owners ?? []);
}

/** Owners of a path by section; sections in which nobody owns it are omitted. */
export function ownersOf(codeOwners: CodeOwners, path: string): readonly OwnersOfPath[] {
  const split = splitPath(path);
  return codeOwners.flatMap((section) => {
    const owners = ownersInSection(section, split);
    return owners.length === 0 ? [] : [{ section: section.name, optional: section.optional, owners }];
  });
}
