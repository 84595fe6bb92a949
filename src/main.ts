import { nodeProblem } from './node-version.ts';
import { version } from './version.ts';

/** The streams of Node take a tenth of its start to load; where the descriptor takes no text, they know what to do. */
function writeOut(text: string): void {
  try {
    // Newer than the oldest Node that Herald runs on.
    process.getBuiltinModule('node:fs').writeSync(1, text);
  } catch {
    process.stdout.write(text);
  }
}

/** The composition root: argv and the process in, the exit code out. */
async function main(): Promise<void> {
  const problem = nodeProblem(process.versions.node);
  if (problem !== null) {
    process.stderr.write(`herald: ${problem}\n`);
    // As for any wrong environment; the table of exit codes is in a file that this Node could not read.
    process.exitCode = 2;
    return;
  }
  const argv = process.argv.slice(2);
  // Asked by scripts and by humans in a hurry: nothing else is loaded for it.
  if (argv.length === 1 && argv[0] === '--version') {
    writeOut(`${version}\n`);
    return;
  }
  if (argv.some((word) => word === '--help' || word === '-h' || word === 'help')) {
    const { printHelp } = await import('./print-help.ts');
    if (await printHelp(argv, process)) return;
  }
  // Every event needs to know who the bot is, and loading the rest takes as long as GitLab does to say it.
  const end = new AbortController();
  const first =
    argv[0] === 'bot'
      ? await (await import('./first-request.ts')).sendFirstRequest(argv, process.env, end.signal)
      : null;
  // They are for the authors of the code, and would be in the log of a job.
  process.noDeprecation = true;
  const { createHost, reportFailure } = await import('./node-host.ts');
  const host = createHost(process, end, first);
  try {
    const { run } = await import('./cli/run.ts');
    process.exitCode = await run(argv, host);
  } catch (error) {
    process.exitCode = reportFailure(error, host);
  } finally {
    host.end();
  }
}

// No "await" here: a Node that is too old for Herald must be able to read this file, and nothing else.
void main();
