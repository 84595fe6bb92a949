/** Columns of numbers as base64, big endian: equal values are next to each other, so they compress well. */

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** The bytes of a base64 text. */
export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** Writes `count` numbers of `size` bytes, each given by its position. */
export function columnOf(count: number, size: 1 | 2 | 4, valueAt: (position: number) => number): string {
  const bytes = new Uint8Array(count * size);
  const view = new DataView(bytes.buffer);
  for (let position = 0; position < count; position += 1) {
    const value = valueAt(position);
    if (size === 1) view.setUint8(position, value);
    else if (size === 2) view.setUint16(position * 2, value);
    else view.setUint32(position * 4, value);
  }
  return toBase64(bytes);
}

/** The numbers of a column; null when it has another length than `count`. */
export function readColumn(
  text: string,
  size: 1 | 2 | 4,
  count: number,
): ((position: number) => number) | null {
  const bytes = fromBase64(text);
  if (bytes.byteLength !== count * size) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 1) return (position) => view.getUint8(position);
  return size === 2 ? (position) => view.getUint16(position * 2) : (position) => view.getUint32(position * 4);
}
