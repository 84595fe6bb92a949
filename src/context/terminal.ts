type Variables = Readonly<Record<string, string | undefined>>;

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

/** `TERM=dumb`: a screen that only adds lines, such as an editor's. */
export function isDumbTerminal({ TERM }: Variables): boolean {
  return TERM === 'dumb';
}

/**
 * Whether output is coloured: always, never, or where it is a terminal. `NO_COLOR` wins (https://no-color.org), then
 * `FORCE_COLOR` (https://force-color.org) and `CLICOLOR_FORCE`, `CLICOLOR=0` (https://bixense.com/clicolors/), a dumb
 * terminal, and a job log of CI, which shows colours without being a terminal.
 */
export function colorFrom(variables: Variables): 'always' | 'never' | 'on-terminals' {
  const { NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE, CI } = variables;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return 'never';
  if (isOn(FORCE_COLOR) || isOn(CLICOLOR_FORCE)) return 'always';
  if (FORCE_COLOR === '0' || FORCE_COLOR === 'false' || CLICOLOR === '0') return 'never';
  if (isDumbTerminal(variables)) return 'never';
  return CI === 'true' ? 'always' : 'on-terminals';
}

/** The width that `COLUMNS` asks for, in characters; null without a usable one. */
export function columnsFrom({ COLUMNS }: Variables): number | null {
  return COLUMNS !== undefined && /^[1-9]\d{0,3}$/.test(COLUMNS) ? Math.max(20, Number(COLUMNS)) : null;
}
