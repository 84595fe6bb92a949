/** Room for JSON of a bounded size, which several parts share. */
export interface ByteSpace {
  /**
   * Takes the room that a value needs as JSON in UTF-8, its separator included; false, and nothing taken, where it does
   * not fit.
   */
  take(value: unknown): boolean;
}

/** Starts with so many bytes. */
export function createByteSpace(bytes: number): ByteSpace {
  let left = bytes;
  return {
    take(value) {
      const size = Buffer.byteLength(JSON.stringify(value)) + 1;
      if (size > left) return false;
      left -= size;
      return true;
    },
  };
}

/** Cuts a text at so many UTF-16 units, with an ellipsis, never inside a surrogate pair. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Those of the values, in their order, that there is room for: at most `max` of them. */
export function fitting<T>(values: readonly T[], space: ByteSpace, max: number): T[] {
  const kept: T[] = [];
  for (const value of values) if (kept.length < max && space.take(value)) kept.push(value);
  return kept;
}
