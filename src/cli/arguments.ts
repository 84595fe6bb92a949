import type * as z from 'zod';
import { type OptionRow, optionRows } from '../config/option-row.ts';
import { valueFromText } from '../config/values.ts';
import { UsageError } from '../errors.ts';
import { nearest } from '../model/nearest.ts';
import type { GivenFlags } from './given-by-yargs.ts';
import { ownFlags } from './own-flags.ts';

/** The arguments of one command, as read. */
export interface Arguments {
  /** By the option's key; undefined where an option was not given. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** The user asks for this instead of a run. */
  readonly asks: 'help' | 'version' | null;
}

export interface ArgumentSpec {
  /** Of the command. */
  readonly name: string;
  readonly options: z.ZodObject;
  /** Key of the option that takes the arguments without a flag; null when the command takes none. */
  readonly positional: string | null;
}

/** The options that a command line may have, by their names, and the command's name for the hint. */
interface Known {
  readonly command: string;
  readonly rows: ReadonlyMap<string, OptionRow>;
}

function unknownOption(written: string, { command, rows }: Known): UsageError {
  const names = [...rows.keys(), ...ownFlags.map((flag) => flag.name)];
  const suggestion = nearest(written.replace(/^-+(?:no-)?/, ''), names);
  return new UsageError(`unknown option ${written.slice(0, 80)}`, {
    hint: suggestion === null ? `herald help ${command} lists the options` : `did you mean --${suggestion}?`,
  });
}

function isNegativeNumber(argument: string): boolean {
  return /^-\d/.test(argument);
}

/** `--no-strict` takes nothing, and only what is true or false can be negated. */
function checkNegation(row: OptionRow, written: string, value: string | null): void {
  if (row.type === 'boolean' && value === null) return;
  const why = row.type === 'boolean' ? 'takes no value behind "no-"' : 'takes a value';
  throw new UsageError(`${written} is not possible: --${row.name} ${why}`);
}

/** A switch as yargs takes it: `--strict=no` becomes `--no-strict`. */
function checkedSwitch(row: OptionRow, written: string, value: string): string {
  const isOn = valueFromText(row, value, written);
  if (isOn === undefined) throw new UsageError(`${written} needs a value behind "=", true or false`);
  return isOn === true ? written : `--no-${row.name}`;
}

/** An argument such as `--strict=yes`, as yargs reads it without a guess. */
function checkedLong(argument: string, known: Known): string {
  const { rows } = known;
  const [written = '', ...rest] = argument.split('=');
  const name = written.slice(2);
  const value = rest.length === 0 ? null : rest.join('=');
  const negated = name.startsWith('no-') ? rows.get(name.slice(3)) : undefined;
  const row = rows.get(name) ?? negated;
  if (ownFlags.some((flag) => flag.name === name) && value === null) return argument;
  if (row === undefined) throw unknownOption(written, known);
  if (row === negated) checkNegation(row, written, value);
  return row.type !== 'boolean' || value === null ? argument : checkedSwitch(row, written, value);
}

function checkedShort(argument: string, known: Known): void {
  for (const letter of argument.slice(1))
    if (!ownFlags.some(({ short }) => short === letter)) throw unknownOption(`-${letter}`, known);
}

/** Refuses what is not an option, before a parser guesses what was meant. */
function checked(args: readonly string[], known: Known): readonly string[] {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  const read = options.map((argument) => {
    if (argument.startsWith('--')) return checkedLong(argument, known);
    if (argument.startsWith('-') && argument !== '-' && !isNegativeNumber(argument))
      checkedShort(argument, known);
    return argument;
  });
  return end === -1 ? read : [...read, ...args.slice(end)];
}

/** A flag as a component writes it; null for every other way to write one. */
function plainFlag(
  argument: string,
  rows: ReadonlyMap<string, OptionRow>,
): readonly [name: string, value: unknown] | null {
  const [, no = '', name = '', , value] = /^--(no-)?([a-z-]+)(=(.*))?$/s.exec(argument) ?? [];
  const type = rows.get(name)?.type;
  if (type === 'boolean') return value === undefined ? [name, no === ''] : null;
  // yargs takes quotes off.
  if (type === undefined || value === undefined || no !== '' || /^["']|["']$/.test(value)) return null;
  return [name, type === 'array' ? [value] : value];
}

/**
 * Flags as the components write them: `--name=value` with any value, switches, each once, and nothing else. They are
 * read here, because a parser would take longer than all the rest before the first request. Null where there is
 * anything else.
 */
function plainFlags(args: readonly string[], rows: ReadonlyMap<string, OptionRow>): GivenFlags | null {
  const flags = new Map<string, unknown>();
  // A list at the end without a value is an error of yargs.
  if (args.at(-1)?.endsWith('=') === true) return null;
  for (const argument of args) {
    const flag = plainFlag(argument, rows);
    if (flag === null || flags.has(flag[0])) return null;
    flags.set(...flag);
  }
  return { flags, words: [] };
}

/** A list may be given in parts, and each part be a list: `--parts webhook,token --parts queue`. */
function listFrom(row: OptionRow, value: unknown): unknown {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) =>
    typeof item === 'string' ? (valueFromText(row, item, `--${row.name}`) ?? []) : [item],
  );
}

function valueFrom(row: OptionRow, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (row.type === 'array') return listFrom(row, value);
  if (Array.isArray(value))
    throw new UsageError(`--${row.name} is given ${value.length} times, but it takes one value`);
  return typeof value === 'string' && value !== '' ? valueFromText(row, value, `--${row.name}`) : value;
}

async function readByYargs(args: readonly string[], { options }: ArgumentSpec): Promise<GivenFlags> {
  const { givenByYargs } = await import('./given-by-yargs.ts');
  return givenByYargs(args, options);
}

/**
 * Reads the arguments of one command: one value per flag, lists add up, `--` ends the flags. Throws `UsageError` for an
 * unknown flag with the nearest one, and for a flag without its value.
 */
export async function parseArguments(args: readonly string[], spec: ArgumentSpec): Promise<Arguments> {
  const rows = optionRows(spec.options).filter(({ positional, type }) => !positional && type !== 'table');
  const byName = new Map(rows.map((row) => [row.name, row]));
  const accepted = checked(args, { command: spec.name, rows: byName });
  const { flags: given, words } = plainFlags(accepted, byName) ?? (await readByYargs(accepted, spec));
  const asks = ownFlags.find(({ name }) => given.get(name) === true)?.name ?? null;
  const [extra] = words;
  if (asks === null && spec.positional === null && extra !== undefined)
    throw new UsageError(`unexpected argument ${JSON.stringify(extra.slice(0, 80))}`, {
      hint: 'this command takes only options',
    });
  const flags = Object.fromEntries(rows.map((row) => [row.key, valueFrom(row, given.get(row.name))]));
  return { flags: spec.positional === null ? flags : { ...flags, [spec.positional]: words }, asks };
}
