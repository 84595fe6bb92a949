import { twoColumns } from './columns.ts';

/** The flags that every command has, beside its options. */
export const ownFlags = [
  { name: 'help', short: 'h', description: 'Show the help.' },
  { name: 'version', short: 'V', description: 'Show the version.' },
] as const;

/** Their part of a help, so many characters wide. Last of all: everybody knows these. */
export function flagsOfAll(columns: number): string {
  const rows = ownFlags.map(({ name, short, description }) => [`-${short}, --${name}`, description] as const);
  return `Help:\n${twoColumns(rows, columns)}`;
}
