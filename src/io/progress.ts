import { counted } from '../model/plural.ts';
import type { Files, Output } from './port.ts';
import { visibleText } from './visible-text.ts';

const clearLine = '\r\u001b[K';
const delayMilliseconds = 500;
const intervalMilliseconds = 100;

export interface Progress {
  /** The same files; reading them updates the line. */
  watch(files: Files): Files;
  /** An output on the same screen: the line is removed before each write. */
  share(output: Output): Output;
  /** Removes the line. */
  clear(): void;
}

function sizeText(bytes: number): string {
  const mebibytes = bytes / 1024 / 1024;
  return mebibytes < 0.1 ? `${Math.ceil(bytes / 1024)} KiB` : `${mebibytes.toFixed(1)} MiB`;
}

/**
 * A terminal line that shows the progress of long work: after half a second, at most ten times a second.
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

/** Progress of reading files, on the last line of a terminal; writes nothing where the output is not a terminal. */
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
