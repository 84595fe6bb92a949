import { wellFormed } from './well-formed.ts';

/** Half of a character that JSON writes in two escapes; a whole one has it, too. */
const mayBeHalf = /\\u[dD][89a-fA-F]/;

function repaired(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map(repaired);
  if (typeof value !== 'object' || value === null) return value;
  const entries: readonly [string, unknown][] = Object.entries(value);
  return Object.fromEntries(entries.map(([name, inner]) => [wellFormed(name), repaired(inner)]));
}

/**
 * Reads JSON whose nesting is bounded. Half a character, which JSON can write and no address, file or database takes,
 * becomes U+FFFD. Throws as `JSON.parse` does.
 */
export function parseWellFormedJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return mayBeHalf.test(text) ? repaired(value) : value;
}
