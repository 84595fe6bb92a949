/** Help is text in columns: wider than this, lines are hard to read. */
export const maxColumns = 110;

/** Narrower than this, a second column is a tower of words. */
const minColumn = 24;

/** A text in lines of at most so many characters; a longer word has a line of its own. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

/** Text as lines behind so many spaces. */
function indented(text: string, spaces: number, columns: number): readonly string[] {
  return wrapped(text, columns - spaces).map((line) => `${' '.repeat(spaces)}${line}`);
}

/**
 * Words with their meaning in a second column, each indented by two; the meaning below the word where there is no room
 * for a second column.
 */
export function twoColumns(
  rows: readonly (readonly [word: string, meaning: string])[],
  columns: number,
): string {
  const width = Math.max(...rows.map(([word]) => word.length)) + 4;
  if (columns - width < minColumn)
    return rows
      .flatMap(([word, meaning]) => [...indented(word, 2, columns), ...indented(meaning, 6, columns)])
      .join('\n');
  const lines = rows.flatMap(([word, meaning]) =>
    wrapped(meaning, columns - width).map(
      (line, index) => `${(index === 0 ? `  ${word}` : '').padEnd(width)}${line}`,
    ),
  );
  return lines.join('\n');
}
