export interface JsonBounds {
  readonly maxDepth: number;
  /** Objects and lists in all: each takes far more memory than the two bytes it is written with. */
  readonly maxContainers: number;
  /** The total number of values between commas. */
  readonly maxValues: number;
}

/** The position of the quote that ends the text which begins at `start`; the end of all for one that never ends. */
function endOfText(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (json.charAt(at - 1 - backslashes) === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return json.length;
}

/** True when a JSON text is within the bounds; looked at before it is parsed, since parsing makes all of it. */
export function isWithinBounds(json: string, { maxDepth, maxContainers, maxValues }: JsonBounds): boolean {
  let values = 1;
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charAt(at);
    if (character === '"') at = endOfText(json, at);
    else if (character === '[' || character === '{') {
      depth += 1;
      containers += 1;
      if (depth > maxDepth || containers > maxContainers) return false;
    } else if (character === ']' || character === '}') depth -= 1;
    else if (character === ',') {
      values += 1;
      if (values > maxValues) return false;
    }
  }
  return true;
}
