import { groupedRows } from '../../config/option-groups.ts';
import { type OptionRow, optionRows } from '../../config/option-row.ts';
import type { Command } from '../command.ts';
import { ownFlags } from '../own-flags.ts';

/** A flag as shells complete it. */
export interface CompletableFlag {
  readonly name: string;
  readonly short: string | null;
  readonly description: string;
  /** False for a switch. */
  readonly takesValue: boolean;
  /** Several values may be given, with commas. */
  readonly isList: boolean;
  /** Null where any text is possible: then shells offer files. */
  readonly choices: readonly string[] | null;
}

export interface CompletableCommand {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly CompletableFlag[];
  /** What the first argument without a flag can be; null where it can be anything, and shells offer files. */
  readonly words: readonly string[] | null;
}

const maxDescription = 76;

/** The first sentence, so that a list of completions has one line each. */
function firstSentence(text: string): string {
  const [sentence = ''] = text.split(/[.:;] /);
  const plain = sentence.replace(/[`*]/g, '').replace(/\.$/, '');
  if (plain.length <= maxDescription) return plain;
  return `${plain.slice(0, plain.lastIndexOf(' ', maxDescription))} …`;
}

function flagOf(row: OptionRow): CompletableFlag {
  return {
    name: row.name,
    short: null,
    description: firstSentence(row.description),
    takesValue: row.type !== 'boolean',
    isList: row.type === 'array',
    choices: row.choices ?? row.itemChoices,
  };
}

const help: readonly CompletableFlag[] = ownFlags.map(({ name, short, description }) => ({
  name,
  short,
  description: firstSentence(description),
  takesValue: false,
  isList: false,
  choices: null,
}));

/** `<check|print|schema> [command]` names the words; `<files..>` names none. */
function wordsOf({ usage, positional }: Command): readonly string[] | null {
  if (positional === null) return [];
  const choices = /^<([a-z]+(?:\|[a-z]+)+)>/.exec(usage)?.[1];
  return choices === undefined ? null : choices.split('|');
}

/** What the scripts of all shells are written from. */
export function completable(commands: readonly Command[]): readonly CompletableCommand[] {
  const own = commands.map((command): CompletableCommand => {
    const rows = optionRows(command.options).filter(
      ({ positional, type }) => !positional && type !== 'table',
    );
    const flags = groupedRows(rows).flatMap((group) => group.rows.map(flagOf));
    const { name, description } = command;
    return {
      name,
      description: firstSentence(description),
      flags: [...flags, ...help],
      words: wordsOf(command),
    };
  });
  const names = own.map(({ name }) => name);
  return [
    ...own,
    { name: 'help', description: 'Explain a command and its options', flags: [], words: names },
    { name: 'version', description: 'Show the version', flags: [], words: [] },
  ];
}
