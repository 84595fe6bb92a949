import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { read, root } from './pages.ts';

/**
 * The texts of the source as one: literals that a `+` joins are one text, comments are none, and what is filled in is
 * the same as in a page that quotes a message.
 */
function textOf(source: string): string {
  return source
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/['"`]\s*\+\s*['"`]/g, '')
    .replaceAll(/\$\{[^{}]*\}/g, '…')
    .replaceAll(/\s+/g, ' ');
}

const texts = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => textOf(readFileSync(join(root, 'src', name), 'utf8')));

/** The messages that a page quotes: code spans in the first column of its tables. */
function messagesOf(page: string): readonly string[] {
  const cells = page.split('\n').flatMap((line) => /^\| (`.*?`) \|/.exec(line)?.[1] ?? []);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, message = '']) => message));
}

/** True when one file has every part of the message that is not filled in. */
function isPrinted(message: string): boolean {
  const parts = message.split('…').map((part) => part.trim());
  return texts.some((text) => parts.every((part) => text.includes(part)));
}

test('troubleshooting quotes messages that Herald prints', () => {
  const messages = messagesOf(read('docs/guides/troubleshooting.md'));
  expect(messages.length).toBeGreaterThan(15);
  expect(messages.filter((message) => !isPrinted(message))).toEqual([]);
});

test('a message that Herald does not print is found, and a comment prints nothing', () => {
  expect(messagesOf('| `a … b`, `c` | why | what |\n| no code | `d` | e |')).toEqual(['a … b', 'c']);
  expect(isPrinted('no bot token was found')).toBe(false);
  expect(textOf("/* a */\n// b\n'c ' +\n  `d ${e.f} g`")).toBe(" 'c d … g`");
});
