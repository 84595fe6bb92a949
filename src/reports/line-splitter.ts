const maxLineBytes = 64 * 1024;
const LF = 0x0a;

export interface LineSplitter {
  write(chunk: Uint8Array): void;
  end(): void;
}

/**
 * Splits UTF-8 bytes into lines without their ending. A line longer than `maxBytes` is cut: the rest of it is skipped,
 * so that a file without line ends needs no memory. Lines count from 1.
 */
export function createLineSplitter(
  onLine: (text: string, number: number) => void,
  maxBytes: number = maxLineBytes,
): LineSplitter {
  let parts: Buffer[] = [];
  let size = 0;
  let number = 0;

  function keep(bytes: Buffer): void {
    if (bytes.length === 0 || size >= maxBytes) return;
    const kept = bytes.subarray(0, maxBytes - size);
    parts.push(kept);
    size += kept.length;
  }

  function flush(): void {
    number += 1;
    const text = (parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts)).toString('utf8');
    parts = [];
    size = 0;
    onLine(text.endsWith('\r') ? text.slice(0, -1) : text, number);
  }

  return {
    write(chunk) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let at = 0;
      for (let end = buffer.indexOf(LF); end >= 0; end = buffer.indexOf(LF, at)) {
        keep(buffer.subarray(at, end));
        flush();
        at = end + 1;
      }
      // A copy: the chunk is larger than its last line.
      keep(Buffer.from(buffer.subarray(at, at + maxBytes)));
    },
    end() {
      if (size > 0) flush();
    },
  };
}
