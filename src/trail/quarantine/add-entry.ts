import type { PlacedEntry, QuarantineEntry, QuarantineFile } from '../../model/quarantine.ts';

type NewEntry = Pick<QuarantineEntry, 'expires' | 'owner' | 'reason'> & { readonly test: string };

const head =
  '# Failing tests that count in no gate until a day. An entry counts on the target branch: merge it.\n';

/** JSON's strings are those of YAML in double quotes: https://yaml.org/spec/1.2.2/#12-overview */
function linesOf({ test, reason, owner, expires }: NewEntry, indent: string): string {
  const lines = [
    `- test: ${JSON.stringify(test)}`,
    `  reason: ${JSON.stringify(reason)}`,
    `  owner: ${JSON.stringify(owner)}`,
    `  expires: ${expires}`,
  ];
  return lines.map((line) => `${indent}${line}\n`).join('');
}

function onlyComments(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));
}

/** The text with another day for an entry that is there; null where its line does not show it. */
function prolonged(text: string, { entry, expiresLine }: PlacedEntry, day: string): string | null {
  const lines = text.split('\n');
  const line = lines[expiresLine - 1] ?? '';
  if (line.split(entry.expires).length !== 2) return null;
  lines[expiresLine - 1] = line.replace(entry.expires, day);
  return lines.join('\n');
}

/**
 * The text of the file with an entry, its comments and order kept: a later day for a test that is there, else more
 * lines at the end. Null where the file is written in a way that lines cannot be added to, such as `[…]`.
 */
export function withEntry({ text, entries }: QuarantineFile, added: NewEntry): string | null {
  const there = entries.find(({ entry }) => entry.test === added.test);
  const known = text ?? '';
  if (there !== undefined) return prolonged(known, there, added.expires);
  const start = known === '' || known.endsWith('\n') ? known : `${known}\n`;
  const [first] = entries;
  if (first === undefined)
    return onlyComments(known) ? `${known === '' ? head : start}${linesOf(added, '')}` : null;
  const lines = known.split('\n');
  const indent = /^( *)- /.exec(lines[first.line - 1] ?? '')?.[1];
  const hasEnd = lines.some((line, at) => at >= first.line && /^(?:\.\.\.|---)/.test(line));
  return indent === undefined || hasEnd ? null : `${start}${linesOf(added, indent)}`;
}
