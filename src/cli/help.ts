import { commandHelp } from './command-help.ts';
import { mainHelp } from './main-help.ts';
import { type CommandName, summaries } from './summaries.ts';

/** Words that ask for the help. */
export const helpWords: ReadonlySet<string> = new Set(['help', '--help', '-h']);

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(summaries, word);
}

/** The help of one command. */
export async function helpOf(name: CommandName, columns: number): Promise<string> {
  const { helpPages } = await import('./help-pages.ts');
  return commandHelp(helpPages[name], columns);
}

/**
 * The text of a command line that asks for nothing but help in one of the usual forms: `--help`, `help report`,
 * `report --help`. Null for every other line: who reads its options knows what it asks for. It loads no command.
 */
export async function helpAskedFor(argv: readonly string[], columns: number): Promise<string | null> {
  const [first = '', second] = argv;
  if (argv.length > 2) return null;
  if (helpWords.has(first)) {
    if (second === undefined || helpWords.has(second)) return mainHelp(columns);
    return isCommand(second) ? helpOf(second, columns) : null;
  }
  // Behind a command, the word "help" without dashes is an argument.
  return isCommand(first) && (second === '--help' || second === '-h') ? helpOf(first, columns) : null;
}
