import type { CodeOwners } from './parse-code-owners.ts';
import { splitPath } from './path-pattern.ts';
import { ruleFor } from './touched-rules.ts';

export interface OwnersOfPath {
  readonly section: string;
  readonly optional: boolean;
  readonly owners: readonly string[];
}

/** Owners of a path by section; sections in which nobody owns it are omitted. */
export function ownersOf(codeOwners: CodeOwners, path: string): readonly OwnersOfPath[] {
  const split = splitPath(path);
  return codeOwners.flatMap((section) => {
    const owners = ruleFor(section.rules, split)?.owners ?? [];
    return owners.length === 0 ? [] : [{ section: section.name, optional: section.optional, owners }];
  });
}
