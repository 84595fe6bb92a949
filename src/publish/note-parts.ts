/**
 * A note that several jobs write together: parts between hidden lines, one per section. Both lines of a part contain a
 * proof by the token that wrote it, over everything in it, so only text of this token is read as a part, whatever else
 * the note contains. The text between them never contains such a line: it is made inert first, or else the output of a
 * failing test could end one part and begin another.
 */
import { createHash } from 'node:crypto';
import { type NotePlace, nameOfPlace } from '../model/context.ts';
import { encodeKey } from './marker.ts';

export interface NotePart {
  /** `[A-Za-z0-9_.-]`, at most 64 characters. */
  readonly name: string;
  readonly pipelineId: number;
  readonly sha: string;
  /** Markdown as `partText` gives it. */
  readonly text: string;
}

/** Makes the proof of a part that only this token can make. */
export type ProvePart = (part: NotePart) => string;

/** Which note parts are in, and whose. */
export interface PartPlace {
  readonly place: NotePlace;
  readonly key: string;
  readonly authorId: number;
}

const shortSha = 8;
const marker = /<(?=!--[\s/]{0,40}herald:)/gi;
/** Invisible, even in code, where an entity would appear as it is written. Source: https://www.unicode.org/reports/tr14/#WJ */
const brokenMarker = '<\u2060';
const frameLine = /^<!-- \/?herald:section /;
const partPattern =
  /^<!-- herald:section name=([A-Za-z0-9_.-]{1,64}) pipeline=(0|[1-9]\d{0,14}) sha=([0-9a-fA-F]{7,64}) by=([A-Za-z0-9_-]{22}) -->\n(?:\*Of an earlier commit, [0-9a-fA-F]{7,8}\.\*\n)?\n([\s\S]*)\n\n<!-- \/herald:section name=\1 by=\4 -->$/;

function firstLine({ name, pipelineId, sha }: NotePart, proof: string): string {
  return `<!-- herald:section name=${name} pipeline=${pipelineId} sha=${sha} by=${proof} -->`;
}

function lastLine(name: string, proof: string): string {
  return `<!-- /herald:section name=${name} by=${proof} -->`;
}

/**
 * A text as part of a note: none of its lines can look like a marker of ours, and GitLab stores it unchanged.
 */
export function partText(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim().replace(marker, brokenMarker);
}

/** Proofs for the parts of one note of one user; those of another merge request, key or author prove nothing there. */
export function proverOf(sign: (text: string) => string, part: PartPlace): ProvePart {
  const { place, key, authorId } = part;
  return ({ name, pipelineId, sha, text }) => {
    const digest = createHash('sha256').update(text).digest('hex');
    const subject = [place.project, nameOfPlace(place)];
    const claim = ['herald:section', ...subject, encodeKey(key), authorId, name, pipelineId, sha, digest];
    return sign(JSON.stringify(claim));
  };
}

/** The part in these lines; null when another token wrote them, or they were changed since. */
function partOf(lines: readonly string[], prove: ProvePart): NotePart | null {
  const match = partPattern.exec(lines.join('\n'));
  if (match === null) return null;
  const [, name = '', pipelineId, sha = '', proof, text = ''] = match;
  const part = { name, pipelineId: Number(pipelineId), sha, text };
  return prove(part) === proof ? part : null;
}

/**
 * Reads the parts of a note's body that this token wrote; ignores everything else. Reads each text once.
 */
export function parseParts(body: string, prove: ProvePart): readonly NotePart[] {
  const lines = body.replaceAll('\r\n', '\n').split('\n');
  const frames = lines.flatMap((line, index) => (frameLine.test(line) ? [index] : []));
  return frames.flatMap((start, index) => {
    const end = frames[index + 1];
    const part = end === undefined ? null : partOf(lines.slice(start, end + 1), prove);
    return part ?? [];
  });
}

/** For each name the part of the latest pipeline; with the same pipeline the first one. Ordered by name. */
export function mergeParts(parts: readonly NotePart[]): readonly NotePart[] {
  const newest = new Map<string, NotePart>();
  for (const part of parts) {
    const known = newest.get(part.name);
    if (known === undefined || part.pipelineId > known.pipelineId) newest.set(part.name, part);
  }
  return [...newest.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The part of the latest pipeline, which is the pipeline of the whole note. */
export function newestPart(parts: readonly NotePart[]): NotePart | null {
  return parts.reduce<NotePart | null>(
    (best, part) => (best === null || part.pipelineId > best.pipelineId ? part : best),
    null,
  );
}

/** The body of these parts; each part of an older commit has a line that says so. */
export function renderParts(parts: readonly NotePart[], prove: ProvePart): string {
  const newest = newestPart(parts);
  return parts
    .map((part) => {
      const { name, pipelineId, sha, text } = part;
      const isStale = newest !== null && pipelineId < newest.pipelineId && sha !== newest.sha;
      const stale = isStale ? `*Of an earlier commit, ${sha.slice(0, shortSha)}.*\n` : '';
      const proof = prove(part);
      return `${firstLine(part, proof)}\n${stale}\n${text}\n\n${lastLine(name, proof)}`;
    })
    .join('\n\n');
}
