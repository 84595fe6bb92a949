import type { Files } from '../../../io/port.ts';
import type { Summary } from '../../../model/summary.ts';

/** More files than that are told without their lines. */
const maxFiles = 100;
const maxCharacters = 1_000_000;

/** Files whose lines a comment needs: those with changed lines that no test runs, and those that a tool offers to change in parts of lines. */
function pathsOf({ comparison }: Summary): ReadonlySet<string> {
  const uncovered = (comparison.patch?.files ?? []).filter((file) => file.uncovered.length > 0);
  const changeable = (comparison.findings?.fresh ?? []).flatMap(({ finding, onChangedLine }) =>
    onChangedLine === true && finding.path !== null && finding.fix?.columns ? [finding.path] : [],
  );
  return new Set([...uncovered.map(({ path }) => path), ...changeable]);
}

/** The lines of the files that comments need, as far as they can be read. */
export async function sourceLinesOf(
  summary: Summary,
  files: Files,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const lines = new Map<string, readonly string[]>();
  for (const path of [...pathsOf(summary)].slice(0, maxFiles)) {
    const text = await files.readText(path).catch(() => null);
    if (text !== null && text.length <= maxCharacters) lines.set(path, text.split(/\r\n|\n/));
  }
  return lines;
}
