const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** The position of the quote that ends a string, or the text's length. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The longest beginning of a JSON text that is cut off, closed: everything up to the last object or list that is whole.
 * Undefined when the text is not cut off, but wrong.
 */
export function readCutOffJson(text: string): unknown {
  const closers: string[] = [];
  // Where the last object or list ended, or a list began, and how many were open there: from then on only objects are
  // opened.
  let end = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1);
    else if (code === OPEN_OBJECT) closers.push('}');
    else if (code === OPEN_LIST || code === CLOSE_LIST || code === CLOSE_OBJECT) {
      if (code === OPEN_LIST) closers.push(']');
      else closers.pop();
      end = at + 1;
      depth = closers.length;
    }
  }
  if (closers.length === 0) return undefined;
  return parsedOrUndefined(text.slice(0, end) + closers.slice(0, depth).reverse().join(''));
}
