import { createHash } from 'node:crypto';

/**
 * What to do with the description of a release: write it, leave it because it already says so, or leave it because
 * somebody edited the notes in it.
 */
export type ReleaseTextPlan =
  | { readonly kind: 'write'; readonly description: string }
  | { readonly kind: 'same' }
  | { readonly kind: 'edited' };

/**
 * Each mark begins a line, as nothing does that a renderer makes of a text: a title of a change that looks like a mark
 * is none.
 */
const end = '<!-- herald:release-notes end -->';
const begin = /^<!-- herald:release-notes v=1 sum=([A-Za-z0-9_-]{22}) -->/gm;
const ending = /^<!-- herald:release-notes end -->/gm;

function normal(words: string): string {
  return words.replace(/\r\n?/g, '\n').trim();
}

/** By it Herald knows its own words again, and sees whether somebody edited them. It proves nothing else. */
function sumOf(body: string): string {
  return createHash('sha256').update(normal(body)).digest('base64url').slice(0, 22);
}

function blockOf(body: string): string {
  return `<!-- herald:release-notes v=1 sum=${sumOf(body)} -->\n\n${body.trim()}\n\n${end}`;
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly body: string;
  readonly isUnchanged: boolean;
}

/** What is between marks, in its order; a beginning without an end is nobody's. */
function blocksIn(description: string): readonly Block[] {
  const ends = [...description.matchAll(ending)];
  return [...description.matchAll(begin)].flatMap(({ 0: mark, 1: sum, index }) => {
    const start = index + mark.length;
    const to = ends.find((one) => one.index >= start)?.index;
    if (to === undefined) return [];
    const body = normal(description.slice(start, to));
    return [{ from: index, to: to + end.length, body, isUnchanged: sumOf(body) === sum }];
  });
}

/**
 * Puts notes into a description: in place of the notes that Herald wrote, else below what people wrote. Notes that
 * somebody edited stay, as everything outside of the marks does.
 */
export function planReleaseText(description: string, notes: string): ReleaseTextPlan {
  const blocks = blocksIn(description);
  const own = blocks.find(({ isUnchanged }) => isUnchanged);
  if (own === undefined && blocks.length > 0) return { kind: 'edited' };
  if (own === undefined) {
    const before = description.trimEnd();
    return { kind: 'write', description: `${before}${before === '' ? '' : '\n\n'}${blockOf(notes)}` };
  }
  if (own.body === normal(notes)) return { kind: 'same' };
  const [before, after] = [description.slice(0, own.from), description.slice(own.to)];
  return { kind: 'write', description: `${before}${blockOf(notes)}${after}` };
}
