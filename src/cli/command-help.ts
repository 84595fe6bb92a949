import { maxColumns, twoColumns, wrapped } from './columns.ts';
import { flagsOfAll } from './own-flags.ts';

/** What the help of one command says; `tools/help-pages.mjs` makes it from the command and its options. */
export interface HelpPage {
  /** `herald report [reports..] [options]` */
  readonly usage: string;
  readonly description: string;
  /** What the arguments without a flag are; null for a command without them. */
  readonly argument: string | null;
  /** Headings with their flags, and what each means. */
  readonly groups: readonly (readonly [
    title: string,
    flags: readonly (readonly [flag: string, meaning: string])[],
  ])[];
  /** Command lines and what they do. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
}

/** The help of one command. */
export function commandHelp(page: HelpPage, columns: number): string {
  const width = Math.min(columns, maxColumns);
  const paragraphs = [page.usage, page.description, ...(page.argument === null ? [] : [page.argument])];
  return [
    ...paragraphs.map((text) => wrapped(text, width).join('\n')),
    ...page.groups.map(([title, flags]) => `${title}:\n${twoColumns(flags, width)}`),
    flagsOfAll(width),
    `Examples:\n${twoColumns(page.examples, width)}`,
  ].join('\n\n');
}
