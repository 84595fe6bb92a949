import { resolve } from 'node:path';
import { type DemoOptions, demoOptions } from '../config/demo-options.ts';
import { loadOptions } from '../config/load.ts';
import type { Push } from '../demo/scenario.ts';
import type { EmbeddedServer } from '../demo/server.ts';
import type { DemoState } from '../demo/state.ts';
import { type ExitCode, exitCodes } from '../errors.ts';
import { counted } from '../model/plural.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { runReport } from './report.ts';
import { summaries } from './summaries.ts';

export const demoCommand: Command = {
  name: 'demo',
  usage: '',
  description: summaries.demo,
  options: demoOptions,
  positional: null,
  examples: [
    ['herald demo', 'two pushes of a merge request: the comment is created, then updated'],
    ['herald demo --digest', 'how delivery went in a made-up year'],
    ['herald demo --payloads --output payloads', 'a sample payload of every webhook event'],
  ],
  run: runDemo,
};

const titles: Readonly<Record<Push, string>> = {
  baseline: 'The target branch, whose report is the baseline',
  first: 'First push to the merge request',
  second: 'Second push: one failure fixed, another one new',
};

interface Stage {
  readonly host: Host;
  readonly gitlab: EmbeddedServer<DemoState>;
  readonly checkout: string;
  readonly options: DemoOptions;
}

function say(host: Host, text: string): void {
  host.output.write(`${text}\n`);
}

/** The demo does not show the run of the baseline. */
function silenced(host: Host): Host {
  const silent = { ...host.output, write: () => undefined };
  return { ...host, output: silent, createLog: (log) => host.createLog({ ...log, level: 'error' }) };
}

/** One push: its reports are put into the checkout, and the report job runs over them as it would in CI. */
async function runPush(push: Push, { host, gitlab, checkout, options }: Stage): Promise<ExitCode> {
  const { demoFiles, demoVariables, storeArtifact, withMonthOfRuns } = await import('../demo/scenario.ts');
  const files = host.filesUnder(checkout);
  for (const [path, content] of Object.entries(demoFiles(push))) await files.write(path, content);
  const before = gitlab.requests.length;
  say(host, `\n— ${titles[push]} —\n`);
  const variables = { ...demoVariables(push, gitlab.url, checkout), NO_COLOR: host.variables['NO_COLOR'] };
  const job = host.withVariables(variables);
  const { exitCode, rendered } = await runReport(
    { logLevel: options.logLevel === 'info' ? 'warn' : options.logLevel },
    push === 'baseline' ? silenced(job) : job,
  );
  const { renderMarkdown } = await import('../render/markdown/render-markdown.ts');
  // The embedded GitLab ends with the demo: its addresses lead nowhere afterwards.
  await files.write('comment.md', `${renderMarkdown(rendered.localComment)}\n`);
  await files.write('comment.html', rendered.commentPage);
  const { writeFullReport } = await import('../usecases/report/write-report-files.ts');
  await writeFullReport(rendered.localReport(), files);
  const report = await files.readText('herald-report.json');
  if (report !== null) {
    const content = push === 'baseline' ? withMonthOfRuns(report) : report;
    storeArtifact(gitlab.state, push, { path: 'herald-report.json', content });
  }
  if (push === 'baseline') return exitCode;
  say(host, 'Requests that were made:');
  for (const { method, path, query, status } of gitlab.requests.slice(before)) {
    say(host, `  ${String(status)} ${method} ${path}${query === '' ? '' : `?${query}`}`);
  }
  return exitCode;
}

/** Saves the demo's files where the user can open them. */
async function keepResults({ host, gitlab, checkout, options }: Stage): Promise<void> {
  const { demoBot } = await import('../demo/scenario.ts');
  const made = host.filesUnder(checkout);
  const kept = host.filesUnder(resolve(host.workingDirectory, options.output));
  for (const name of [
    'comment.md',
    'comment.html',
    'herald-report.html',
    'herald-report.md',
    'herald-report.json',
    'herald-audit.jsonl',
  ]) {
    const content = await made.readText(name);
    if (content !== null) await kept.write(name, content);
  }
  const count =
    gitlab.state.mergeRequests[0]?.notes.filter(({ author }) => author.id === demoBot.id).length ?? 0;
  say(
    host,
    `\nThe merge request has ${counted(count, { one: 'comment', other: 'comments' })} of ${demoBot.username}: created by the first push, updated by the second.`,
  );
  say(
    host,
    `See ${options.output}/comment.html in a browser, comment.md beside it, and the full herald-report.html.`,
  );
}

/** One file for each event, with its name. */
async function writePayloads({ output }: DemoOptions, host: Host): Promise<ExitCode> {
  const { samplePayloads } = await import('../demo/samples/payloads.ts');
  const files = host.filesUnder(resolve(host.workingDirectory, output));
  const payloads = Object.entries(samplePayloads);
  for (const [kind, payload] of payloads)
    await files.write(`${kind}.json`, `${JSON.stringify(payload, null, 2)}\n`);
  say(host, `Wrote ${counted(payloads.length, { one: 'payload', other: 'payloads' })} to ${output}.`);
  say(
    host,
    `Try one: herald bot --dry-run --payload ${output}/note.json --server https://gitlab.example.com --project 42`,
  );
  return exitCodes.done;
}

const year = 365 * 86_400_000;

/** The digest of a project that never was, over the last 365 whole days. */
async function writeDigest({ output }: DemoOptions, host: Host): Promise<ExitCode> {
  const { madeUpHistory } = await import('../demo/made-up-history.ts');
  const { writeDigestOf } = await import('../usecases/digest/demo-digest.ts');
  const now = host.clock.now();
  const history = madeUpHistory({
    id: 42,
    path: 'acme/shop',
    url: 'https://gitlab.example.com/acme/shop',
    seed: 7,
    from: now.getTime() - 2 * year,
    until: now.getTime(),
    mergedPerWeek: 12,
  });
  const files = host.filesUnder(resolve(host.workingDirectory, output));
  const written = await writeDigestOf(history, { period: '365d', now }, files);
  say(host, `Wrote ${written.join(', ')} to ${output}: the digest of a made-up year.`);
  say(host, `See ${output}/herald-digest.html in a browser.`);
  return exitCodes.done;
}

async function runDemo(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const { options } = await loadOptions(demoOptions, { flags, variables: {}, files: null });
  if (options.payloads) return writePayloads(options, host);
  if (options.digest) return writeDigest(options, host);
  const { startServer } = await import('../demo/server.ts');
  const { demoRoutes } = await import('../demo/routes.ts');
  const { demoState } = await import('../demo/scenario.ts');
  const folder = await host.makeTemporaryFolder();
  const gitlab = await startServer({ state: demoState(host.clock.now()), routes: demoRoutes });
  const stage: Stage = { host, gitlab, checkout: folder.path, options };
  say(host, `An embedded GitLab listens on ${gitlab.url}.`);
  try {
    let exitCode: ExitCode = exitCodes.done;
    for (const push of ['baseline', 'first', 'second'] as const) {
      const ended = await runPush(push, stage);
      if (exitCode === exitCodes.done) exitCode = ended;
    }
    await keepResults(stage);
    return exitCode;
  } finally {
    await gitlab.stop();
    await folder.remove();
  }
}
