/** What all lines of one list may hold when they are read: a hostile list of a few bytes could else name gigabytes. */
const maxDecodedCharacters = 32 * 1024 * 1024;
const maxShared = 35 * 36 + 35;

function sharedLength(a: string, b: string): number {
  const length = Math.min(a.length, b.length, maxShared);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/**
 * Lines as one text in which each says only what differs from the one before: two digits of base 36 for how many
 * characters they share, then the rest. Sorted lists become a third of their size. Line ends inside a line become
 * spaces.
 */
export function frontCode(lines: readonly string[]): string {
  let previous = '';
  return lines
    .map((written) => {
      const line = written.replace(/[\r\n]/g, ' ');
      const shared = sharedLength(previous, line);
      previous = line;
      return shared.toString(36).padStart(2, '0') + line.slice(shared);
    })
    .join('\n');
}

/** Reads what `frontCode` wrote; null when it is something else, or too large. */
export function readFrontCoded(text: string): readonly string[] | null {
  if (text === '') return [];
  const lines: string[] = [];
  let previous = '';
  let characters = 0;
  for (const coded of text.split('\n')) {
    const shared = /^[0-9a-z]{2}/.test(coded) ? Number.parseInt(coded.slice(0, 2), 36) : -1;
    if (shared < 0 || shared > previous.length) return null;
    previous = previous.slice(0, shared) + coded.slice(2);
    characters += previous.length;
    if (characters > maxDecodedCharacters) return null;
    lines.push(previous);
  }
  return lines;
}
