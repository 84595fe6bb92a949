import type { Host } from './host.ts';

/** Characters that JSON keeps, but that terminals and log viewers obey or hide. */
const unsafe = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The same, and what JSON escapes by itself. */
const unsafeInText = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f]|${unsafe.source}`, 'g');

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * A value as one line of JSON for scripts. Secrets are hidden in each text by itself, so that it stays JSON; characters
 * that could do something to a terminal are escaped, which does not change the value.
 */
export function jsonLine(value: unknown, { hideSecrets }: Pick<Host, 'hideSecrets'>): string {
  const json = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'string' && typeof part !== 'number') return part;
    const text = String(part);
    const hidden = hideSecrets(text);
    return hidden === text ? part : hidden;
  });
  return `${json.replace(unsafe, escaped)}\n`;
}

/**
 * A text as one line for people. What others wrote may be in it: it can neither move the cursor nor begin a line, and
 * secrets in it are hidden.
 */
export function textLine(text: string, { hideSecrets }: Pick<Host, 'hideSecrets'>): string {
  return `${hideSecrets(text).replaceAll(/\r?\n/g, ' ').replace(unsafeInText, escaped)}\n`;
}
