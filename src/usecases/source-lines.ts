import type { Files } from '../io/port.ts';
import type { Summary } from '../model/summary.ts';

/** More files than that are told without their lines. */
const maxFiles = 100;
const maxCharacters = 1_000_000;

/** The lines of the files whose changed lines no test runs, as far as they can be read. */
export async function sourceLinesOf(
  { comparison }: Summary,
  files: Files,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const lines = new Map<string, readonly string[]>();
  const uncovered = (comparison.patch?.files ?? []).filter((file) => file.uncovered.length > 0);
  for (const { path } of uncovered.slice(0, maxFiles)) {
    const text = await files.readText(path).catch(() => null);
    if (text !== null && text.length <= maxCharacters) lines.set(path, text.split(/\r\n|\n/));
  }
  return lines;
}
