import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { reportOptions } from '../../../src/config/report-options.ts';
import { contextFromCiVariables } from '../../../src/context/from-ci-variables.ts';
import { demoVariables, type Push } from '../../../src/demo/scenario.ts';
import type { DemoState, EmbeddedJob } from '../../../src/demo/state.ts';
import { filesUnder } from '../../../src/io/files.ts';
import type { Files } from '../../../src/io/port.ts';
import type { Decision } from '../../../src/model/decision.ts';
import { noFiles, noGit } from '../../../src/usecases/report/no-files.ts';
import { type ReportOutcome, report } from '../../../src/usecases/report/report.ts';
import { type Connected, connect } from '../../gitlab/connect-for-test.ts';
import type { EmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';

/** A folder with these files; gone when the test is. */
export async function aFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'herald-report-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  return directory;
}

/** The jobs of a push's pipeline. */
export function jobsOf({ pipelines }: DemoState, push: Push): EmbeddedJob[] {
  const id = demoVariables(push, '', '')['CI_PIPELINE_ID'];
  return pipelines.find((pipeline) => String(pipeline.id) === id)?.jobs ?? [];
}

export interface WholeRun {
  readonly push: Push;
  readonly directory: string;
  readonly gitlab: EmbeddedGitLab;
  readonly token?: 'bot' | 'job';
  readonly options?: Readonly<Record<string, unknown>>;
  /** CI variables that differ from the push's. */
  readonly changed?: Readonly<Record<string, string>>;
  /** Reports are looked for when this is there. */
  readonly beforeReading?: Promise<unknown>;
}

export interface Ended extends ReportOutcome {
  /** What was written beside it, by name. */
  readonly written: ReadonlyMap<string, string>;
  readonly log: readonly string[];
  readonly decisions: readonly Decision[];
}

/** The report job of a push of the demo, from its variables to its exit code; waits take no time. */
export async function wholeRun({
  push,
  directory,
  gitlab,
  token = 'bot',
  options = {},
  changed = {},
  beforeReading,
}: WholeRun): Promise<Ended> {
  const variables = { ...demoVariables(push, gitlab.url, directory), ...changed };
  const variable = token === 'bot' ? 'HERALD_TOKEN' : 'CI_JOB_TOKEN';
  const version = changed['CI_SERVER_VERSION'];
  const client: Connected = connect({
    variables: version === undefined ? {} : { CI_SERVER_VERSION: version },
    apiUrl: gitlab.apiUrl,
    token: { kind: token, value: variables[variable] ?? '', variable },
    limits: { maxTries: 3 },
  });
  const written = new Map<string, string>();
  const output: Files = {
    ...noFiles,
    write: (path, content) => {
      written.set(path, String(content));
      return Promise.resolve();
    },
  };
  const decisions: Decision[] = [];
  const files = filesUnder(directory);
  const find: Files['find'] = async (...wanted) => {
    await beforeReading;
    return files.find(...wanted);
  };
  const outcome = await report(reportOptions.parse(options), contextFromCiVariables(variables, null), {
    ...client,
    tokenAdvice: null,
    files: { ...files, find },
    git: noGit,
    output,
    mask: (text) => text,
    decide: (decision) => void decisions.push(decision),
  });
  return { ...outcome, written, log: client.log.lines, decisions };
}
