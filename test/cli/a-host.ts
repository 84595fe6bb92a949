import type { Host } from '../../src/cli/host.ts';
import { filesUnder } from '../../src/io/files.ts';

/** A host whose output can be read back, with no variables and no GitLab. */
export function aHost(overrides: Partial<Host> = {}): {
  readonly host: Host;
  printed(): string;
  complained(): string;
} {
  let [text, errors] = ['', ''];
  const output = {
    write: (part: string) => {
      text += part;
    },
    isTerminal: false,
    columns: 100,
    color: false,
  };
  const errorOutput = {
    ...output,
    write: (part: string) => {
      errors += part;
    },
  };
  const silent = () => undefined;
  const host: Host = {
    variables: {},
    hideSecrets: (value) => value,
    maskText: (value) => value,
    workingDirectory: '.',
    clock: { now: () => new Date(0), sleep: () => Promise.resolve(), random: () => 0 },
    output,
    errorOutput,
    gitIn: () => ({ diff: () => Promise.resolve(null) }),
    filesUnder,
    fileAt: () => Promise.reject(new Error('no such file')),
    createLog: () => ({
      debug: silent,
      info: silent,
      warn: silent,
      error: silent,
      section: (_title, work) => work(),
    }),
    connectGitLab: () => Promise.reject(new Error('not asked')),
    connectErrorTracker: () => Promise.reject(new Error('not asked')),
    withVariables: () => host,
    ownCommand: () => ['node'],
    untilStopped: () => Promise.reject(new Error('not asked')),
    readOwnPackage: () => Promise.resolve(null),
    makeTemporaryFolder: () => Promise.reject(new Error('not asked')),
    ...overrides,
  };
  return { host, printed: () => text, complained: () => errors };
}
