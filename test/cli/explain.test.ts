import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { demoVariables } from '../../src/demo/scenario.ts';
import { exitCodes } from '../../src/errors.ts';
import { type Explanation, explanationSchema } from '../../src/explain/explanation.ts';
import { aLog } from '../gitlab/connect-for-test.ts';
import { aHost } from './a-host.ts';

const junit =
  '<testsuite name="s"><testcase classname="A" name="takes @all"><failure message="no"/></testcase></testsuite>';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herald-explain-'));
  await writeFile(join(folder, 'junit.xml'), junit);
});
afterEach(() => rm(folder, { recursive: true }));

async function explain(
  args: readonly string[] = [],
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<{ readonly exitCode: number; readonly text: string }> {
  const { host, printed } = aHost({
    workingDirectory: folder,
    variables,
    maskText: (text) => text.replaceAll('glpat-secret', '[MASKED]'),
  });
  const exitCode = await run(['explain', ...args], host);
  return { exitCode, text: printed() };
}

async function explainJson(...given: Parameters<typeof explain>): Promise<Explanation> {
  const [args = [], variables] = given;
  const { text } = await explain([...args, '--json'], variables);
  expect(text.trim().split('\n')).toHaveLength(1);
  return explanationSchema.parse(JSON.parse(text));
}

describe('outside of a job', () => {
  test('files and gates are explained, and what is missing is said', async () => {
    const { exitCode, text } = await explain(['--fail-on', 'coverage<80']);
    expect(exitCode).toBe(exitCodes.done);
    expect(text).toContain('missing: ci: This is not a job of GitLab CI/CD');
    expect(text).toContain('read junit.xml: junit (tests) [');
    expect(text).toContain('found by **/junit*.xml');
    expect(text).toContain('coverage<80: unknown, not measured');
    expect(text).not.toContain('group/project');
  });

  test('a failed gate ends with 1, as the report does', async () => {
    expect((await explain(['--fail-on', 'failures'])).exitCode).toBe(exitCodes.gateFailed);
    expect((await explainJson(['--fail-on', 'failures'])).exitCode).toBe(exitCodes.gateFailed);
  });

  test('a missing file ends with 3 under --strict', async () => {
    const { exitCode, text } = await explain(['--strict', 'gone/*.xml']);
    expect(exitCode).toBe(exitCodes.unreadableInput);
    expect(text).toContain('the pattern gone/*.xml matches no file');
  });

  test('nothing is written', async () => {
    await explain();
    expect(await readdir(folder)).toEqual(['junit.xml']);
  });

  test('names of strangers cannot steer a terminal, and secrets in them are masked', async () => {
    const name = 'junit-\u001b[2J\u202eglpat-secret\nx.xml';
    await writeFile(join(folder, name), junit);
    await mkdir(join(folder, 'node_modules'));
    const { text } = await explain();
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text).toContain('junit-␛[2J⟨U+202E⟩[MASKED] x.xml');
    const json = await explain(['--json']);
    expect(json.text.trimEnd()).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(json.text).not.toContain('glpat-secret');
  });

  test('JSON holds a gate with its value', async () => {
    const { gates, run: about } = await explainJson(['--fail-on', 'failures>3']);
    expect(gates).toMatchObject([{ condition: 'failures>3', value: 1, outcome: 'passed', allowedBy: null }]);
    expect(about).toMatchObject([{ about: 'missing', what: 'ci' }]);
  });
});

describe('in a job', () => {
  const inJob = (token: Readonly<Record<string, string>>): Readonly<Record<string, string | undefined>> => ({
    ...demoVariables('first', 'http://localhost:1', folder),
    HERALD_TOKEN: undefined,
    CI_JOB_TOKEN: undefined,
    ...token,
  });

  test('without any token GitLab is not asked, and the advice is said once', async () => {
    const { exitCode, text } = await explain([], inJob({}));
    expect(exitCode).toBe(exitCodes.done);
    expect(text.match(/no token found/g)).toHaveLength(1);
    expect(text).toContain('pipeline 5002 in shop/shop: type detached');
    expect(text).toContain('no baseline: ');
    expect(text).toContain('nothing: There is no token that can write.');
  });
});

test('the log of report at debug has the same lines', async () => {
  const lines: string[] = [];
  const { host } = aHost({
    workingDirectory: folder,
    createLog: () => ({ ...aLog(), debug: (message) => void lines.push(message) }),
  });
  await run(['report', '--preview', '--fail-on', 'failures>3'], host);
  const { text } = await explain(['--fail-on', 'failures>3']);
  const gate = lines.find((line) => line.startsWith('failures>3'));
  expect(gate).toBeDefined();
  expect(text).toContain(gate);
  expect(lines).toContain('found junit.xml by **/junit*.xml{,.gz}');
});
