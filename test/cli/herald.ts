import { run } from '../../src/cli/run.ts';
import { createHost, reportFailure } from '../../src/node-host.ts';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, with the streams, masks and messages of a real one. */
export async function herald(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  stdin: AsyncIterable<unknown> | null = null,
  directory = '/nonexistent',
): Promise<Outcome> {
  let [stdout, stderr] = ['', ''];
  const stream = (add: (text: string) => void): object => ({ write: add, on: () => undefined });
  const host = createHost({
    argv: [],
    env,
    cwd: () => directory,
    stdin,
    stdout: stream((text) => (stdout += text)),
    stderr: stream((text) => (stderr += text)),
    on: () => undefined,
  } as unknown as NodeJS.Process);
  const exitCode = await run(args, host).catch((error: unknown) => reportFailure(error, host));
  return { exitCode, stdout, stderr };
}
