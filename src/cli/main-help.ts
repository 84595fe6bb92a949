import { ownFlags } from './own-flags.ts';
import { summaries } from './summaries.ts';

const purpose = 'Shows on a merge request what its pipeline found.';

/** Help is text in columns: wider than this, lines are hard to read. */
export const maxColumns = 110;

/** A text in lines of at most so many characters; a longer word has a line of its own. */
function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

/** Words with their meaning in a second column, each indented by two. */
function table(rows: readonly (readonly [word: string, meaning: string])[], columns: number): string {
  const width = Math.max(...rows.map(([word]) => word.length)) + 4;
  const lines = rows.flatMap(([word, meaning]) =>
    wrapped(meaning, Math.max(columns - width, 15)).map(
      (line, index) => `${(index === 0 ? `  ${word}` : '').padEnd(width)}${line}`,
    ),
  );
  return lines.join('\n');
}

/** The help of all: what there is, and how to learn more. It is written by hand, so that it loads no parser. */
export function mainHelp(columns: number): string {
  const width = Math.min(columns, maxColumns);
  const commands = Object.entries(summaries).map(([name, summary]) => [`herald ${name}`, summary] as const);
  const flags = ownFlags.map(
    ({ name, short, description }) => [`-${short}, --${name}`, description] as const,
  );
  return [
    'herald <command> [options]',
    wrapped(purpose, width).join('\n'),
    `Commands:\n${table(commands, width)}`,
    `Help:\n${table(flags, width)}`,
    wrapped('herald help <command> explains a command and its options.', width).join('\n'),
  ].join('\n\n');
}

/** For somebody who typed nothing but the name. */
export function shortHelp(): string {
  return [
    purpose,
    '',
    'herald <command> [options]',
    '',
    '  herald report --preview   see the comment for the reports of this folder, without GitLab',
    '  herald demo               see the comment grow over two pushes, without an installation',
    '  herald --help             list all commands',
    '',
  ].join('\n');
}
