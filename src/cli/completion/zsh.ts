import type { CompletableCommand, CompletableFlag } from './table.ts';

/** A text inside single quotes, with what zsh reads in a specification taken as it is. */
function specified(text: string): string {
  return text.replace(/[\\:[\]]/g, '\\$&').replaceAll("'", "'\\''");
}

function actionOf({ name, takesValue, choices, isList }: CompletableFlag): string {
  if (!takesValue) return '';
  if (choices === null) return `:${specified(name)}:_files`;
  const values = choices.join(' ');
  return isList
    ? `:${specified(name)}:_values -s , ${specified(name)} ${values}`
    : `:${specified(name)}:(${values})`;
}

function flagSpecs(flag: CompletableFlag): readonly string[] {
  const { name, short, description, isList, takesValue } = flag;
  const tail = `[${specified(description)}]${actionOf(flag)}`;
  const long = `${isList ? '*' : ''}--${name}${takesValue ? '=' : ''}${tail}`;
  return short === null ? [`'${long}'`] : [`'${long}'`, `'-${short}${tail}'`];
}

function wordsSpec({ words }: CompletableCommand): string {
  if (words === null) return "'*:file:_files'";
  return words.length === 0 ? '' : `'1:word:(${words.join(' ')})' '*::: :_files'`;
}

function caseOf(command: CompletableCommand): string {
  const specs = [...command.flags.flatMap(flagSpecs), wordsSpec(command)].filter((spec) => spec !== '');
  return `    ${command.name})
      _arguments -s ${specs.join(' \\\n        ')}
      ;;`;
}

/** The completion of zsh: a file \`_herald\` in \`$fpath\`, or sourced after \`compinit\`. */
export function zshCompletion(commands: readonly CompletableCommand[]): string {
  return `#compdef herald
# Completion of herald for zsh: source <(herald completion zsh)
_herald() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    '${name}:${specified(description)}'`).join('\n')}
  )
  _arguments -C '(-h --help)'{-h,--help}'[Show the help]' '(-V --version)'{-V,--version}'[Show the version]' \\
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe -t commands 'herald command' commands; return ;;
  esac
  case $line[1] in
${commands.map(caseOf).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_herald" ]; then
  _herald "$@"
else
  compdef _herald herald
fi
`;
}
