import type { Output } from './port.ts';

const defaultColumns = 100;

/** A stream of the process as an output. A reader that went away (`| head`) ends it quietly. */
export function createOutput(stream: NodeJS.WriteStream, { color }: { readonly color: boolean }): Output {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    open = false;
  });
  return {
    write(text) {
      if (open) stream.write(text);
    },
    isTerminal: stream.isTTY,
    columns: stream.isTTY ? stream.columns : defaultColumns,
    color: color && stream.isTTY,
  };
}
