import { execFile } from 'node:child_process';
import type { Git } from './port.ts';

const maxBytes = 64 * 1024 * 1024;
const timeoutMs = 30_000;
const commit = /^(?:HEAD|[0-9a-f]{7,64})$/i;

/** What the checkout configures (external diffs, filters of text, colours, prefixes) must neither run nor show. */
const diffArguments = [
  '-c',
  'core.quotePath=true',
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--find-renames',
] as const;

/** Git in a folder; nothing is run through a shell. */
export function gitIn(folder: string): Git {
  return {
    diff: (from, to) =>
      new Promise((resolve) => {
        if (!commit.test(from) || !commit.test(to)) {
          resolve(null);
          return;
        }
        const options = { cwd: folder, maxBuffer: maxBytes, timeout: timeoutMs, encoding: 'utf8' } as const;
        execFile('git', [...diffArguments, `${from}...${to}`, '--'], options, (error, stdout) => {
          resolve(error === null ? stdout : null);
        });
      }),
  };
}
