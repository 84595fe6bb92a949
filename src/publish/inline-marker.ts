/** The hidden first line of a comment on the diff: its subjects, their source, and its author. */
import { createHash } from 'node:crypto';
import type { NoteAuthor } from './marker.ts';

export interface InlineMarker {
  /** Key of the report, as `encodeKey` gives it: each report manages only its own comments. */
  readonly key: string;
  readonly ids: readonly string[];
  readonly source: string;
  /** It was resolved because its subject is gone. */
  readonly gone: boolean;
}

export interface MarkedComment extends InlineMarker {
  readonly author: NoteAuthor;
  /** The Markdown below the marker. */
  readonly text: string;
  /** False when somebody changed the text. */
  readonly intact: boolean;
}

const markerLine =
  /^<!-- herald:inline v=1 key=([a-zA-Z0-9_.-]{1,64}) ids=([0-9a-f]{16}(?:,[0-9a-f]{16})*) from=([0-9a-f]{8}) text=([0-9a-f]{8}) by=(\d{1,15}):([A-Za-z0-9_-]{22})( gone)? -->(?:\r?\n|$)/;

/** GitLab keeps no white space at the end, and may keep either kind of line end. */
function storedForm(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

function digestOf(text: string): string {
  return createHash('sha256').update(storedForm(text)).digest('hex').slice(0, 8);
}

/** Puts the marker line and an empty line before a text. */
export function withInlineMarker(
  { key, ids, source, gone }: InlineMarker,
  text: string,
  author: NoteAuthor,
): string {
  const by = `${author.id}:${author.proof}`;
  const about = `key=${key} ids=${ids.join(',')} from=${source}`;
  return `<!-- herald:inline v=1 ${about} text=${digestOf(text)} by=${by}${gone ? ' gone' : ''} -->\n\n${storedForm(text)}`;
}

/**
 * Reads a comment on the diff: only a marker in the very first line counts, and only exactly as it is written; else
 * null.
 */
export function parseInlineMarker(body: string): MarkedComment | null {
  const [line, key, ids, source, digest, id, proof, gone] = markerLine.exec(body) ?? [];
  if (line === undefined || key === undefined || ids === undefined || source === undefined) return null;
  if (id === undefined || proof === undefined) return null;
  const text = storedForm(body.slice(line.length));
  return {
    key,
    ids: ids.split(','),
    source,
    gone: gone !== undefined,
    author: { id: Number(id), proof },
    text,
    intact: digestOf(text) === digest,
  };
}

/** True when both texts are the same for GitLab. */
export function isSameText(one: string, other: string): boolean {
  return storedForm(one) === storedForm(other);
}
