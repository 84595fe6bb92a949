import { nodeProblem } from './node-version.ts';
import { version } from './version.ts';

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
    process.stdout.write(`${version}\n`);
    return;
  }
  if (argv.length === 1 && (argv[0] === '--help' || argv[0] === '-h' || argv[0] === 'help')) {
    const { printMainHelp } = await import('./print-main-help.ts');
    printMainHelp(process);
    return;
  }
  const { createHost, reportFailure } = await import('./node-host.ts');
  const host = createHost(process);
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
