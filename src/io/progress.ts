import { counted } from '../model/plural.ts';
import type { Files, Output } from './port.ts';
import { visibleText } from './visible-text.ts';

const clearLine = '\r\u001b[K';
const delayMilliseconds = 500;
const intervalMilliseconds = 100;

export interface Progress {
  /** The same files, whose reading shows on the line. */
  watch(files: Files): Files;
  /** An output on the same screen: the line is taken away before something is written to it. */
  share(output: Output): Output;
  /** Takes the line away. */
  clear(): void;
}

function sizeText(bytes: number): string {
  const mebibytes = bytes / 1024 / 1024;
  return mebibytes < 0.1 ? `${Math.ceil(bytes / 1024)} KiB` : `${mebibytes.toFixed(1)} MiB`;
}

/**
 * A line of a terminal that says how far work that takes long has come: from half a second on, ten times a second at
 * most.
 */
function createLine(terminal: Output, now: () => Date): { show(text: string): void; clear(): void } {
  let isShown = false;
  let next: number | null = null;
  return {
    show(text) {
      const time = now().getTime();
      next ??= time + delayMilliseconds;
      if (time < next) return;
      next = time + intervalMilliseconds;
      isShown = true;
      // One column stays free, else the terminal would wrap and keep the line.
      terminal.write(
        clearLine +
          visibleText(text)
            .replace(/\s/g, ' ')
            .slice(0, terminal.columns - 1),
      );
    },
    clear() {
      if (isShown) terminal.write(clearLine);
      isShown = false;
    },
  };
}

/** Progress of reading files, on the last line of a terminal; where the output is none, nothing is ever written. */
export function createProgress(terminal: Output, now: () => Date): Progress {
  if (!terminal.isTerminal)
    return { watch: (files) => files, share: (output) => output, clear: () => undefined };
  const line = createLine(terminal, now);
  let filesDone = 0;
  let bytesRead = 0;

  async function* watched(path: string, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of chunks) {
      bytesRead += chunk.byteLength;
      line.show(
        `${counted(filesDone, { one: 'file', other: 'files' })}, ${sizeText(bytesRead)} read: ${path}`,
      );
      yield chunk;
    }
    filesDone += 1;
  }

  return {
    watch: (files) => ({ ...files, read: (path) => watched(path, files.read(path)) }),
    share: (output) => ({
      ...output,
      get columns() {
        return output.columns;
      },
      write(text) {
        line.clear();
        output.write(text);
      },
    }),
    clear: () => {
      line.clear();
    },
  };
}
