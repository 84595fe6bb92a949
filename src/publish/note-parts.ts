/**
 * A note that several jobs write together: parts between hidden lines, one per section. A part cannot hold such a line itself: renderers
 * escape `<!--`, and what a job writes is checked before it becomes a part.
 */
export interface NotePart {
  /** `[A-Za-z0-9_.-]`, at most 64 characters. */
  readonly name: string;
  readonly pipelineId: number;
  readonly sha: string;
  /** Markdown without white space at its ends. */
  readonly text: string;
}

const shortSha = 8;
const partPattern =
  /^<!-- herald:section name=([A-Za-z0-9_.-]{1,64}) pipeline=(0|[1-9]\d{0,14}) sha=([0-9a-fA-F]{7,64}) -->\n(?:\*Of an earlier commit, [0-9a-fA-F]{7,8}\.\*\n)?\n([\s\S]*?)\n\n<!-- \/herald:section name=\1 -->$/gm;

/** True for a text that would be taken for the frame of a part. */
export function holdsPartMarker(text: string): boolean {
  return /<!--\s*(?:\/\s*)?herald:/i.test(text);
}

/** Reads the parts of a note's body; what stands outside of them is nobody's. */
export function parseParts(body: string): readonly NotePart[] {
  return [...body.replaceAll('\r\n', '\n').matchAll(partPattern)].map(
    ([, name = '', pipelineId = '', sha = '', text = '']) => ({
      name,
      pipelineId: Number(pipelineId),
      sha,
      text,
    }),
  );
}

/** Of each name the part of the newest pipeline; of the same pipeline the one that comes first. Ordered by name. */
export function mergeParts(parts: readonly NotePart[]): readonly NotePart[] {
  const newest = new Map<string, NotePart>();
  for (const part of parts) {
    const known = newest.get(part.name);
    if (known === undefined || part.pipelineId > known.pipelineId) newest.set(part.name, part);
  }
  return [...newest.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The part of the newest pipeline: what the whole note tells of. */
export function newestPart(parts: readonly NotePart[]): NotePart | null {
  return parts.reduce<NotePart | null>(
    (best, part) => (best === null || part.pipelineId > best.pipelineId ? part : best),
    null,
  );
}

/** The body of these parts; each of a commit that a newer pipeline has left behind says so in a line. */
export function renderParts(parts: readonly NotePart[]): string {
  const newest = newestPart(parts);
  return parts
    .map(({ name, pipelineId, sha, text }) => {
      const isStale = newest !== null && pipelineId < newest.pipelineId && sha !== newest.sha;
      const stale = isStale ? `*Of an earlier commit, ${sha.slice(0, shortSha)}.*\n` : '';
      return `<!-- herald:section name=${name} pipeline=${pipelineId} sha=${sha} -->\n${stale}\n${text}\n\n<!-- /herald:section name=${name} -->`;
    })
    .join('\n\n');
}
