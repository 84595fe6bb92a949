import type * as z from 'zod';

const maxShown = 60;

/** A value as people wrote it, short enough for one line. */
export function shownValue(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
};

/** `must be a list, not 3` */
export function wrongType({ expected }: z.core.$ZodIssueInvalidType, value: unknown): string {
  const isPlain = expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');
  return `must be ${kinds[expected] ?? expected}, not ${shownValue(value)}${isPlain ? '; put it in quotes' : ''}`;
}

const units: Readonly<Record<string, string>> = { string: ' characters', array: ' items' };

/** `must have at most 200 characters` */
export function wrongSize(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  const unit = units[issue.origin] ?? '';
  const has = unit === '' ? 'be' : 'have';
  return issue.code === 'too_big'
    ? `must ${has} at most ${String(issue.maximum)}${unit}`
    : `must ${has} at least ${String(issue.minimum)}${unit}`;
}
