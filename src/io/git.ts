import type { Git } from './port.ts';

const maxBytes = 32 * 1024 * 1024;
const timeoutMs = 30_000;

/** Full ids only: a name could be an option, or mean another commit. */
const commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** A checkout's settings can name programs to run and servers to contact: these options override them. Source: https://git-scm.com/docs/git-config */
const overrides = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.sshCommand=false',
  'credential.helper=',
  'protocol.allow=never',
].flatMap((setting) => ['-c', setting]);

/**
 * Git gets no variables of the job, so it gets no token. It never asks a person for input, nor a server for objects that a partial clone lacks. Source: https://git-scm.com/docs/git#_environment_variables
 */
function environment(): Readonly<Record<string, string>> {
  const { PATH = '', HOME = '' } = process.env;
  return {
    PATH,
    HOME,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
  };
}

/**
 * The git of a checkout, for reading. Uses no shell, and runs no program from the checkout's settings. Source: https://git-scm.com/docs/git-diff
 */
export function gitIn(directory: string): Git {
  return {
    async diff(base, head) {
      if (!commitId.test(base) || !commitId.test(head)) return null;
      // Most commands run no program, and the module takes long to load.
      const { execFile } = await import('node:child_process');
      const safe = ['--no-ext-diff', '--no-textconv', '--no-color', '--find-renames'];
      const prefixes = ['--src-prefix=a/', '--dst-prefix=b/'];
      const args = [...overrides, 'diff', ...safe, ...prefixes, base, head, '--'];
      const options = {
        cwd: directory,
        encoding: 'utf8',
        maxBuffer: maxBytes,
        timeout: timeoutMs,
        env: environment(),
      } as const;
      return new Promise((resolve) => {
        execFile('git', args, options, (error, stdout) => {
          resolve(error === null ? stdout : null);
        });
      });
    },
  };
}
