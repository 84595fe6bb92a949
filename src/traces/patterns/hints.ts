/**
 * Finds hints in a line: at each place the longest, which is also for those that it begins with. Hints are in lower
 * case; letters of ASCII are found in both cases. One pass by hand: an expression of all hints takes longer to compile
 * than a usual log to read.
 */
export function createHintFinder(hints: readonly string[]): (text: string) => ReadonlySet<string> {
  const letters = [...new Set(hints.flatMap((hint) => hint.split('')))];
  const width = letters.length + 1;
  // By character its number in hints; 0 is in none.
  const numbers = new Uint8Array(0x1_00_00);
  for (const [index, letter] of letters.entries()) {
    numbers[letter.charCodeAt(0)] = index + 1;
    if (/^[a-z]$/.test(letter)) numbers[letter.toUpperCase().charCodeAt(0)] = index + 1;
  }
  // A tree of their beginnings: a row for each, and in it the row that a further character leads to; 0 is none.
  const rows = new Uint16Array(width * (1 + hints.reduce((sum, { length }) => sum + length, 0)));
  const hintOfRow: (string | undefined)[] = [undefined];
  for (const hint of hints) {
    let row = 0;
    for (let at = 0; at < hint.length; at += 1) {
      const cell = row * width + (numbers[hint.charCodeAt(at)] ?? 0);
      if (rows[cell] === 0) rows[cell] = hintOfRow.push(undefined) - 1;
      row = rows[cell] ?? 0;
    }
    hintOfRow[row] = hint;
  }

  function longestAt(text: string, start: number): string | undefined {
    let row = 0;
    let longest: string | undefined;
    for (let at = start; at < text.length; at += 1) {
      const number = numbers[text.charCodeAt(at)] ?? 0;
      row = number === 0 ? 0 : (rows[row * width + number] ?? 0);
      if (row === 0) break;
      longest = hintOfRow[row] ?? longest;
    }
    return longest;
  }

  return (text) => {
    const found = new Set<string>();
    for (let at = 0; at < text.length; at += 1) {
      if (rows[numbers[text.charCodeAt(at)] ?? 0] === 0) continue;
      const longest = longestAt(text, at);
      if (longest !== undefined) found.add(longest);
    }
    return found;
  };
}
