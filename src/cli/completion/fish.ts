import type { CompletableCommand, CompletableFlag } from './table.ts';

/** A text inside single quotes of fish, where only the quote and the backslash mean something. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function flagLine(command: string, flag: CompletableFlag): string {
  const { name, short, description, takesValue, choices, isList } = flag;
  const value = takesValue
    ? choices === null
      ? ' -r -F'
      : ` -x -a ${quoted(valuesOf(choices, isList))}`
    : '';
  const letter = short === null ? '' : ` -s ${short}`;
  return `complete -c herald -n '__herald_in ${command}' -l ${name}${letter} -d ${quoted(description)}${value}`;
}

/** A list is completed item by item, behind the last comma. */
function valuesOf(choices: readonly string[], isList: boolean): string {
  return isList ? `(__fish_append , ${choices.join(' ')})` : choices.join(' ');
}

function linesOf({ name, description, flags, words }: CompletableCommand): readonly string[] {
  const arguments_ =
    words === null
      ? [`complete -c herald -n '__herald_in ${name}' -F`]
      : words.length === 0
        ? []
        : [`complete -c herald -n '__herald_in ${name}' -a ${quoted(words.join(' '))}`];
  return [
    `complete -c herald -n __herald_no_command -a ${name} -d ${quoted(description)}`,
    ...arguments_,
    ...flags.map((flag) => flagLine(name, flag)),
  ];
}

/** The completion of fish 3 and later. */
export function fishCompletion(commands: readonly CompletableCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# Completion of herald for fish: herald completion fish | source
function __herald_command
    for word in (commandline -opc)[2..-1]
        if contains -- $word ${names}
            echo $word
            return 0
        end
    end
    return 1
end
function __herald_no_command
    not __herald_command >/dev/null
end
function __herald_in
    test (__herald_command) = $argv[1] 2>/dev/null
end
complete -c herald -f
complete -c herald -n __herald_no_command -s h -l help -d 'Show the help'
complete -c herald -n __herald_no_command -s V -l version -d 'Show the version'
${commands.flatMap(linesOf).join('\n')}
`;
}
