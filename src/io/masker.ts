import { LiteralFinder } from '../secrets/literal-finder.ts';
import { type Span, withoutSpans } from '../secrets/spans.ts';

/** Shorter parts of a secret are common words. */
const minPartLength = 8;

/**
 * Base64 without the characters that also depend on the text before and after the secret, for each of the three
 * alignments.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const whole = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return whole.length < minPartLength ? [] : [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function uriForms(secret: string): readonly string[] {
  const encoded = encodeURIComponent(secret);
  return [encoded, encoded.replace(/%../g, (code) => code.toLowerCase()), encoded.replaceAll('%20', '+')];
}

/**
 * As JSON writers spell it; some escape what is special in HTML, some the slash, and a text in a text is escaped twice.
 */
function jsonForms(secret: string): readonly string[] {
  const inside = (text: string): string => JSON.stringify(text).slice(1, -1);
  const once = inside(secret);
  const forHtml = once.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return [once, inside(once), forHtml, once.replaceAll('/', '\\/')];
}

/** A secret and, where it has several lines, each of them: they may be printed apart. */
function partsOf(secret: string): readonly string[] {
  const trimmed = secret.trim();
  const lines = trimmed.split(/\r?\n/).map((line) => line.trim());
  return [trimmed, ...(lines.length > 1 ? lines.filter((line) => line.length >= minPartLength) : [])];
}

function formsOf(secret: string): readonly string[] {
  // Text that no encoding can write (half a surrogate pair) would make `encodeURIComponent` throw.
  const text = Buffer.from(secret).toString();
  return [text, ...uriForms(text), ...jsonForms(text), ...base64Forms(text)];
}

/** Every form in which secrets are looked for. */
export function secretForms(secrets: readonly string[]): readonly string[] {
  return [...new Set(secrets.flatMap(partsOf).flatMap(formsOf))].filter((form) => form !== '');
}

/**
 * Makes a function that replaces secrets by `[MASKED]` in a text, in any form: raw, in an
 * address, in base64, in JSON. Mask before a text is cut or escaped, not after.
 */
export function createMasker(secrets: readonly string[]): (text: string) => string {
  // Built for the first text: a short command prints nothing that is masked.
  let finder: LiteralFinder | null = null;
  return (text) => {
    finder ??= new LiteralFinder(secretForms(secrets).map((form) => ({ text: form, ignoresCase: false })));
    const spans: Span[] = [];
    finder.find(text, (_literal, start, length) => spans.push({ start, end: start + length }));
    return spans.length === 0 ? text : withoutSpans(text, spans);
  };
}

/** Masks the texts and numbers inside a value on its way to JSON, so that what is masked stays JSON. */
export function maskedJson(value: object, maskText: (text: string) => string): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'string' && typeof part !== 'number') return part;
    const text = String(part);
    const masked = maskText(text);
    return masked === text ? part : masked;
  });
}
