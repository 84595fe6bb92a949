import type { CompletableCommand } from './table.ts';

/** A text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function flagsOf({ flags }: CompletableCommand): string {
  return flags
    .flatMap(({ name, short }) => [...(short === null ? [] : [`-${short}`]), `--${name}`])
    .join(' ');
}

function valuesOf(command: CompletableCommand): readonly string[] {
  return command.flags
    .filter(({ takesValue }) => takesValue)
    .map(({ name, choices, isList }) => {
      const values =
        choices === null ? 'files=1' : `values=${quoted(choices.join(' '))}${isList ? ' list=1' : ''}`;
      return `      ${command.name}:--${name}) ${values} ;;`;
    });
}

function commandOf(command: CompletableCommand): string {
  const words = command.words === null ? 'files=1' : `values=${quoted(command.words.join(' '))}`;
  return `      ${command.name}) flags=${quoted(flagsOf(command))}; ${words} ;;`;
}

/** The completion of bash 3.2 and later, without the package bash-completion. */
export function bashCompletion(commands: readonly CompletableCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# Completion of herald for bash: source <(herald completion bash)
_herald() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="" command="" flags="" values="" files="" list="" word="" i
  local names=${quoted(names)}
  # A "=" is a word of its own to bash.
  [[ $cur == = ]] && cur=""
  ((COMP_CWORD > 0)) && prev="\${COMP_WORDS[COMP_CWORD-1]}"
  [[ $prev == = ]] && ((COMP_CWORD > 1)) && prev="\${COMP_WORDS[COMP_CWORD-2]}"
  [[ \${COMP_WORDS[COMP_CWORD]} == = ]] && prev="\${COMP_WORDS[COMP_CWORD-1]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ " $names " == *" $word "* ]]; then command="$word"; break; fi
  done
  COMPREPLY=()
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W "$names -h --help -V --version" -- "$cur"))
    return
  fi
  if [[ $prev == --* ]]; then
    case "$command:$prev" in
${commands.flatMap(valuesOf).join('\n')}
    esac
  fi
  if [[ -z $values$files ]]; then
    case "$command" in
${commands.map(commandOf).join('\n')}
    esac
    if [[ $cur == -* ]]; then
      COMPREPLY=($(compgen -W "$flags" -- "$cur"))
      return
    fi
  fi
  if [[ -n $files ]]; then
    COMPREPLY=($(compgen -f -- "$cur"))
    return
  fi
  local before=""
  # Items of a list are separated by commas: the last one is completed.
  if [[ -n $list && $cur == *,* ]]; then before="\${cur%,*},"; cur="\${cur##*,}"; fi
  COMPREPLY=($(compgen -P "$before" -W "$values" -- "$cur"))
}
complete -o filenames -o bashdefault -F _herald herald
`;
}
