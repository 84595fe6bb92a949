/** Times as Herald writes them, with a sign or without: `3m 41s`, `+12s`, `3 min 41 s`. */
const times = /[+−]?\b\d+(?:[.,]\d+)?\s?(?:h|min|m|s)\b(?:\s\d+\s?(?:min|m|s)\b)?/gu;
const marker = /^<!-- herald:[^\n]*-->\s*/;
/** No address of Herald's has another one's start in it. */
const address = /\]\((?:(?!\]\()[^)\s])*\)/g;

/** True for the line that says which commit and pipeline a comment is about: the only one that links a commit. */
function isFooter(line: string): boolean {
  return line.startsWith('_') && line.endsWith('_') && line.includes('/-/commit/');
}

/** What a comment says without what differs from run to run: the commit, addresses, times. */
function resultOf(body: string): string {
  return body
    .replaceAll('\r\n', '\n')
    .replace(marker, '')
    .split('\n')
    .filter((line) => !isFooter(line))
    .join('\n')
    .replace(address, ']')
    .replace(times, '')
    .trim();
}

/** True for two comments with the same result, whatever commit and pipeline they are about. */
export function isSameResult(one: string, other: string): boolean {
  return resultOf(one) === resultOf(other);
}
