import { loadOptions } from '../config/load.ts';
import { commentCommandOptions } from '../config/write-options.ts';
import { type ExitCode, UsageError } from '../errors.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { runForScript } from './script-world.ts';
import { summaries } from './summaries.ts';

/** Of the text as it is read; the note is cut to what it has room for. */
const maxBytes = 16 * 1024 * 1024;
/** A pipe, a socket or a file: whatever the shell or the runner gives. */
const standardInput = '/dev/stdin';

export const commentCommand: Command = {
  name: 'comment',
  usage: '[text]',
  description: summaries.comment,
  options: commentCommandOptions,
  positional: 'text',
  examples: [
    ['herald comment summary.md --key deploy', 'one note "deploy" with what is in the file'],
    ['make size | herald comment --key size', 'from the standard input'],
  ],
  run: runComment,
};

async function readAll(path: string, host: Host): Promise<string> {
  const { chunks } = await host.fileAt(path);
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    read.push(Uint8Array.from(chunk));
    size += chunk.byteLength;
    if (size > maxBytes) throw new UsageError(`the text of the comment is larger than ${maxBytes} bytes`);
  }
  return Buffer.concat(read).toString('utf8');
}

async function runComment(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const files = host.filesUnder(host.workingDirectory);
  const { options } = await loadOptions(commentCommandOptions, { flags, variables: host.variables, files });
  const [path = standardInput, ...others] = options.text;
  if (others.length > 0) throw new UsageError('herald comment takes one file');
  const markdown = await readAll(path === '-' ? standardInput : path, host);
  if (markdown.trim() === '')
    throw new UsageError('the text of the comment is empty', {
      hint: 'herald comment FILE takes it from a file, herald comment from the standard input',
    });
  const { writeComment } = await import('../usecases/write-by-script.ts');
  const { key, section, maxCharacters } = options;
  const comment = { markdown, key, section, maxCharacters };
  return runForScript({ options, of: 'merge-request', write: (world) => writeComment(world, comment) }, host);
}
