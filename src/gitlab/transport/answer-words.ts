import { STATUS_CODES } from 'node:http';
import type { HttpAnswer } from './exchange.ts';

const maxBytesRead = 64 * 1024;
const maxCharacters = 400;
const maxDepth = 4;

/**
 * The words of an answer, for a message: the status and GitLab's own words, on one bounded line. GitLab puts them into
 * `message` or `error`: a text, a list, or an object of lists by field; its rate limiter and gateways answer with plain
 * text or a page.
 */
export function answerWords({ status, body, headers }: HttpAnswer, mask: (text: string) => string): string {
  const reason = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const text = new TextDecoder().decode(body.subarray(0, maxBytesRead)).trim();
  // Masked before it is cut: the mask does not recognise half a token.
  const words = oneLine(mask(isPage(text, headers) ? titleOf(text) : (wordsOfJson(text) ?? text)));
  const own = words.replace(/^\d{3} /, '');
  return own === '' || reason.endsWith(own) ? reason : `${reason}: ${own}`;
}

/** True for HTML: a login page, or the error page of a proxy. */
export function isPage(text: string, headers: HttpAnswer['headers']): boolean {
  return /^text\/html\b/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype|html|head)\b/i.test(text);
}

function titleOf(page: string): string {
  const title = /<title[^<>]*>([^<]*)/i.exec(page)?.[1]?.trim() ?? '';
  return title === '' ? 'an HTML page' : `an HTML page "${title}"`;
}

function wordsOfJson(text: string): string | null {
  if (!text.startsWith('{')) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return null;
    const fields = new Map<string, unknown>(Object.entries(parsed));
    const parts = ['message', 'error', 'error_description']
      .map((name) => flatten(fields.get(name), maxDepth))
      .filter((part) => part !== '');
    return parts.length === 0 ? text : parts.join(': ');
  } catch {
    return null;
  }
}

function flatten(value: unknown, depth: number): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null || depth === 0) return '';
  if (Array.isArray(value)) return joined(value.map((part) => flatten(part, depth - 1)));
  return joined(
    Object.entries(value).map(([field, part]) => {
      const words = flatten(part, depth - 1);
      return field === 'base' || words === '' ? words : `${field} ${words}`;
    }),
  );
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return line.length > maxCharacters ? `${line.slice(0, maxCharacters).trimEnd()}…` : line;
}
