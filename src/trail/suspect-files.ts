import { ownersOf } from '../code-owners/owners-of.ts';
import { parseCodeOwners } from '../code-owners/parse-code-owners.ts';
import type { FailureCause } from '../model/failure-cause.ts';
import { changedFileFinder } from './changed-file.ts';
import { placesInStack, type StackPlace } from './frames/stack-places.ts';

/** More paths would not change who is named, and matching them all could take long. */
const maxPaths = 1_000;
const maxPlaces = 20;

function wordsOf({ headline, excerpt }: FailureCause): string {
  return [headline, ...excerpt.map(({ text }) => text)].join('\n');
}

/** The changed files that the logs name, each at the first line named, in the order of the logs. */
export function suspectFiles(
  causes: readonly FailureCause[],
  changed: readonly string[],
): readonly StackPlace[] {
  const changedFileOf = changedFileFinder(changed.slice(0, maxPaths));
  const found = new Map<string, StackPlace>();
  for (const { path, line } of causes.flatMap((cause) => placesInStack(wordsOf(cause)))) {
    const file = changedFileOf(path);
    if (file !== null && !found.has(file)) found.set(file, { path: file, line });
    if (found.size === maxPlaces) break;
  }
  return [...found.values()];
}

/** The owners of files by the text of a CODEOWNERS file, each once, as it is written there. */
export function ownersOfFiles(codeOwners: string, files: readonly string[]): readonly string[] {
  const parsed = parseCodeOwners(codeOwners);
  const owners = files
    .slice(0, maxPaths)
    .flatMap((file) => ownersOf(parsed, file).flatMap((section) => section.owners));
  return [...new Set(owners)];
}
