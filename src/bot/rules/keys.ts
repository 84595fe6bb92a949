import * as z from 'zod';

/** How a comment, a thread or an issue of a rule is found again. */
export const keyName = z.lazy(() =>
  z
    .string()
    .regex(
      /^[A-Za-z0-9{][A-Za-z0-9_./{}-]{0,99}$/,
      'up to 100 letters, digits, dots, dashes, slashes and underscores',
    ),
);

/** Keys of rules are apart from those of commands. */
export function noteKey(key: string): string {
  return `rule/${key}`;
}

/** What a key can hold: everything else of a value in it becomes a dash. */
export function keyText(value: string): string {
  return value.replace(/[^A-Za-z0-9_./-]+/g, '-').slice(0, 100);
}
