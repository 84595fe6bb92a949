import { codeOf } from './file-problem.ts';
import type { Output } from './port.ts';

const defaultColumns = 100;

/** The parts of `process.stdout` and `process.stderr` that Herald uses. */
export interface TextStream {
  write(text: string): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface OutputOptions {
  readonly color: 'always' | 'never' | 'on-terminals';
  /** The width that the user asks for, in characters; null for that of the terminal. */
  readonly columns: number | null;
}

/**
 * A stream of the process as an output. When its reader closes it (`herald … | head`), the rest is dropped silently.
 */
export function createOutput(stream: TextStream, { color, columns: asked }: OutputOptions): Output {
  const isTerminal = stream.isTTY ?? false;
  let isOpen = true;
  stream.on('error', (error) => {
    if (!['EPIPE', 'ERR_STREAM_DESTROYED'].includes(codeOf(error))) throw error;
    isOpen = false;
  });
  return {
    write(text) {
      if (isOpen) stream.write(text);
    },
    isTerminal,
    // Read each time, because a window can change its size. A terminal that does not know its size gives 0.
    get columns() {
      if (asked !== null) return asked;
      const columns = stream.columns ?? 0;
      return columns > 0 ? columns : defaultColumns;
    },
    color: color === 'always' || (color === 'on-terminals' && isTerminal),
  };
}
