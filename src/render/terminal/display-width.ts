/** What the terminal renderer itself writes to style text; it has no width. */
const styleSequences = /\u001b\[\d+m/g;

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** Columns that a text takes in a terminal: East Asian characters and emoji take two, marks none. Source: Unicode UAX #11. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(styleSequences, '')) {
    if (/\p{M}|[\u200C\u200D\uFE0E\uFE0F]/u.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}
