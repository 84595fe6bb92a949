import { nearest } from '../../model/nearest.ts';
import { ownLines } from '../../render/markdown/own-lines.ts';
import type { CommandCall } from './command.ts';

export interface Grammar {
  /** `/herald`; with the slash. */
  readonly prefix: string;
  /** The bot's own username, which can be mentioned instead. */
  readonly username: string;
  /** Names of the commands that exist. */
  readonly names: readonly string[];
}

export interface ParsedCommands {
  readonly calls: readonly CommandCall[];
  /** True when the comment has more commands than the bot runs. */
  readonly tooMany: boolean;
}

/** More in one comment is a mistake or an attack. */
const maxCalls = 10;
const maxArgs = 50;
const maxLineLength = 2_000;

/**
 * Words, and texts in quotes in which a backslash keeps the quote. GitLab's own signs of labels and milestones, and the
 * name of an input, can precede a quoted text: `~"in review"`, `%"v 1.0"`, `greeting="Good day"`.
 */
const word = /([~%]|[\w.-]{1,255}=)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')|([^\s"']\S*|["'])/g;

interface Word {
  /** Without quotes. */
  readonly value: string;
  /** As two calls are compared: with its quotes where they matter. */
  readonly shown: string;
}

function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const [written, sign = '', double, single, plain] of text.matchAll(word)) {
    const value = plain ?? `${sign}${(double ?? single ?? '').replaceAll(/\\(.)/g, '$1')}`;
    words.push({ value, shown: /\s/.test(value) ? written : value });
    if (words.length > maxArgs) break;
  }
  return words;
}

/** What follows the prefix or the mention, which must be a word of its own. */
function afterPrefix(
  line: string,
  grammar: Grammar,
): { readonly rest: string; readonly by: 'prefix' | 'mention' } | null {
  const trimmed = line.trim();
  const candidates = [
    { start: grammar.prefix, by: 'prefix' as const },
    { start: `@${grammar.username}`, by: 'mention' as const },
  ];
  for (const { start, by } of candidates) {
    if (!trimmed.toLowerCase().startsWith(start.toLowerCase())) continue;
    const rest = trimmed.slice(start.length);
    if (rest === '' || /^[\s:,]/.test(rest)) return { rest: rest.replace(/^[\s:,]+/, ''), by };
  }
  return null;
}

/**
 * People also mention a bot to talk about it. A mention is a command only if a command's name, or nearly one, follows.
 * After the prefix everything is for the bot.
 */
function isMeant(name: string, by: 'prefix' | 'mention', { names }: Grammar): boolean {
  return by === 'prefix' || names.includes(name) || nearest(name, names) !== null;
}

function callOf(line: string, grammar: Grammar): CommandCall | null {
  const found = afterPrefix(line.slice(0, maxLineLength), grammar);
  if (found === null) return null;
  const [first, ...words] = wordsOf(found.rest);
  const name = (first?.value ?? 'help').toLowerCase();
  if (!isMeant(name, found.by, grammar)) return null;
  const text = [name, ...words.map(({ shown }) => shown)].join(' ').replaceAll(/\s+/g, ' ');
  return { name, args: words.slice(0, maxArgs).map(({ value }) => value), text };
}

/**
 * The commands of a comment in order, each text once. A command begins a line of a paragraph, as GitLab shows it,
 * outside code, quotations, footnotes and HTML. Takes time linear in the length of the text.
 */
export function parseCommands(markdown: string, grammar: Grammar): ParsedCommands {
  const calls = new Map<string, CommandCall>();
  for (const line of ownLines(markdown)) {
    const call = callOf(line, grammar);
    if (call !== null && !calls.has(call.text)) calls.set(call.text, call);
    if (calls.size > maxCalls) break;
  }
  return { calls: [...calls.values()].slice(0, maxCalls), tooMany: calls.size > maxCalls };
}
