import { UsageError } from '../errors.ts';
import type { OptionRow } from './option-row.ts';

const yes = new Set(['true', '1', 'yes', 'on']);
const no = new Set(['false', '0', 'no', 'off']);

/** Splits `a, b` or lines into items; commas inside `{a,b}` belong to the glob. */
function splitList(text: string): readonly string[] {
  const items: string[] = [];
  let item = '';
  let depth = 0;
  for (const character of text) {
    if (character === '{') depth += 1;
    if (character === '}') depth = Math.max(0, depth - 1);
    if (character === '\n' || (character === ',' && depth === 0)) {
      items.push(item);
      item = '';
    } else item += character;
  }
  items.push(item);
  return items.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

/**
 * The value of an option from its text in an environment variable or an argument. An empty text means "not set" (inputs
 * of a component arrive so): undefined. Throws `UsageError` that names `where` it was set.
 */
export function valueFromText(row: OptionRow, text: string, where: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  switch (row.type) {
    case 'boolean':
      return booleanFrom(trimmed, where);
    case 'number': {
      const value = Number(trimmed);
      if (Number.isFinite(value)) return value;
      throw new UsageError(`${where} is "${trimmed}", but it must be a number`);
    }
    case 'array':
      return row.lines
        ? text
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '')
        : splitList(text);
    case 'string':
      return trimmed;
    case 'table':
      throw new UsageError(`${where}: ${row.name} has keys of its own and can only be set in .herald.yml`);
  }
}

function booleanFrom(text: string, where: string): boolean {
  if (yes.has(text.toLowerCase())) return true;
  if (no.has(text.toLowerCase())) return false;
  throw new UsageError(`${where} is "${text}", but it must be true or false`);
}
