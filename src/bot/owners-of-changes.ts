import { ownersOf } from '../code-owners/owners-of.ts';
import { parseCodeOwners } from '../code-owners/parse-code-owners.ts';
import type { Facts } from '../model/facts.ts';

/** More files would not change a suggestion, and to match them all could take long. */
export const maxOwnedFiles = 1_000;

/**
 * The owners of the changed files in all sections, as written, by path; of the first `maxOwnedFiles` files. Of a file
 * that was renamed, both paths count.
 */
export function ownersByPath({ codeOwners, changes }: Facts): ReadonlyMap<string, readonly string[]> {
  if (codeOwners === null || changes === null) return new Map();
  const parsed = parseCodeOwners(codeOwners.text);
  const paths = changes.files.slice(0, maxOwnedFiles).flatMap(({ path, oldPath }) => [path, oldPath]);
  return new Map(
    [...new Set(paths)].map((path) => [path, ownersOf(parsed, path).flatMap(({ owners }) => owners)]),
  );
}

/** The same without paths. */
export function ownersOfChanges(facts: Facts): readonly string[] {
  return [...ownersByPath(facts).values()].flat();
}
