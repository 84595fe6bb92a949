const LF = 0x0a;
const CR = 0x0d;
/** A progress bar may be one line of many megabytes. */
const maxLineBytes = 64 * 1024;

export interface LineBytes {
  write(chunk: Uint8Array): void;
  /** Gives the bytes read in all. */
  end(): number;
}

/** Of an overlong line what was written last stays: what follows its last carriage return, else its start. */
function shortened(line: Buffer): Buffer {
  if (line.length <= maxLineBytes) return line;
  const overwritten = line.lastIndexOf(CR, line.length - 2);
  const isUseful = overwritten >= 0 && line.length - overwritten <= maxLineBytes;
  return isUseful ? line.subarray(overwritten) : line.subarray(0, maxLineBytes);
}

/**
 * Splits bytes at line feeds; `onLine` gets the text without it and the offset of its first byte. Holds one line at
 * most.
 */
export function createLineBytes(onLine: (text: string, offset: number) => void): LineBytes {
  let pending: Buffer = Buffer.alloc(0);
  let total = 0;
  let startedAt = 0;

  function give(rest: Buffer): void {
    const line = pending.length === 0 ? rest : Buffer.concat([pending, rest]);
    pending = Buffer.alloc(0);
    onLine(shortened(line).toString('utf8'), startedAt);
  }

  return {
    write(chunk) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let at = 0;
      for (let end = buffer.indexOf(LF); end >= 0; end = buffer.indexOf(LF, at)) {
        give(buffer.subarray(at, end));
        at = end + 1;
        startedAt = total + at;
      }
      // A copy: the chunk is larger than its last line.
      if (at < buffer.length) pending = Buffer.from(shortened(Buffer.concat([pending, buffer.subarray(at)])));
      total += buffer.length;
    },
    end() {
      if (pending.length > 0) give(Buffer.alloc(0));
      return total;
    },
  };
}
