/**
 * The hidden first line of a sticky note: its key, and its pipeline and commit.
 * An HTML comment is invisible when rendered and kept in the body that the API returns:
 * https://docs.gitlab.com/user/markdown/#comments
 */
import { createHash } from 'node:crypto';

export interface NoteMarker {
  /** As `encodeKey` gives it. */
  readonly key: string;
  readonly pipelineId: number;
  /** Commit of the pipeline. */
  readonly sha: string;
}

/**
 * The author of a note, and a signature by the token that wrote it: a run that can make the same signature knows that
 * the author is its own user.
 */
export interface NoteAuthor {
  readonly id: number;
  readonly proof: string;
}

const maxKeyLength = 64;
const plainKey = /^[a-zA-Z0-9_.-]{1,64}$/;
const encodedPrefix = 'x.';

const markerLine =
  /^<!-- herald:note v=1 key=([a-zA-Z0-9_.-]{1,64}) pipeline=(0|[1-9]\d{0,14}) sha=([0-9a-fA-F]{7,64})(?: by=(\d{1,15}):([A-Za-z0-9_-]{22}))? -->(?=\r?\n|$)/;

/**
 * Encodes any text as 1 to 64 characters of `[a-zA-Z0-9_.-]`, different texts differently: such a text stays as it is,
 * any other becomes `x.<what is readable of it>.<hash>`.
 */
export function encodeKey(key: string): string {
  if (plainKey.test(key) && !key.startsWith(encodedPrefix)) return key;
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const readable = key
    .slice(0, maxKeyLength)
    .replace(/[^a-zA-Z0-9_-]+/g, '-')
    .slice(0, maxKeyLength - encodedPrefix.length - hash.length - 1);
  return `${encodedPrefix}${readable}.${hash}`;
}

/** Puts the marker line and an empty line before a body. */
export function withMarker(marker: NoteMarker, body: string, author: NoteAuthor | null = null): string {
  const { key, pipelineId, sha } = marker;
  const by = author === null ? '' : ` by=${author.id}:${author.proof}`;
  return `<!-- herald:note v=1 key=${encodeKey(key)} pipeline=${pipelineId} sha=${sha}${by} -->\n\n${body}`;
}

/** Reads the marker of a note's body: only as the very first line and only exactly as it is written; else null. */
export function parseMarker(body: string): NoteMarker | null {
  const [, key, pipelineId, sha] = markerLine.exec(body) ?? [];
  if (key === undefined || pipelineId === undefined || sha === undefined) return null;
  return { key, pipelineId: Number(pipelineId), sha };
}

/** The author that a note's marker names; null when it names none. */
export function markedAuthor(body: string): NoteAuthor | null {
  const [, , , , id, proof] = markerLine.exec(body) ?? [];
  return id === undefined || proof === undefined ? null : { id: Number(id), proof };
}

/** The body without the fields that only name its author. */
export function withoutAuthor(body: string): string {
  return markedAuthor(body) === null ? body : body.replace(/ by=\d+:[A-Za-z0-9_-]+(?= -->)/, '');
}
