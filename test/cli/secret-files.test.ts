import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Host } from '../../src/cli/host.ts';
import { withSecretFiles } from '../../src/cli/secret-files.ts';
import { fileAt } from '../../src/io/files.ts';
import { rejection } from '../gitlab/connect-for-test.ts';
import { aHost } from './a-host.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herald-secrets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

/** What the variables are afterwards. */
async function variablesWith(variables: Readonly<Record<string, string>>): Promise<Host['variables']> {
  let found: Host['variables'] = variables;
  const { host } = aHost({
    variables,
    fileAt: (path) => fileAt(path, () => process.stdin),
    withVariables: (given) => {
      found = given;
      return host;
    },
  });
  await withSecretFiles(host);
  return found;
}

async function aFile(content: string | Uint8Array, mode = 0o600): Promise<string> {
  const path = join(folder, 'secret');
  await writeFile(path, content, { mode });
  await chmod(path, mode);
  return path;
}

test('a secret is the text of its file, without the end of its line', async () => {
  const path = await aFile('the-token\n');
  expect(await variablesWith({ HERALD_TOKEN_FILE: path })).toMatchObject({ HERALD_TOKEN: 'the-token' });
});

test('who else may read the file is not asked: Docker and Kubernetes let everybody in the container', async () => {
  const path = await aFile('the-token', 0o444);
  expect(await variablesWith({ HERALD_TOKEN_FILE: path })).toMatchObject({ HERALD_TOKEN: 'the-token' });
});

describe('refused, with the name of the variable, and never with what is in the file', () => {
  const name = 'HERALD_WEBHOOK_SECRET_FILE';

  test.each<readonly [string, () => Promise<string>, string]>([
    ['a missing file', () => Promise.resolve(join(folder, 'none')), 'does not exist'],
    ['an empty file', () => aFile(' \n'), 'is empty'],
    ['a folder', () => mkdir(join(folder, 'd')).then(() => join(folder, 'd')), 'it is a folder'],
    ['a file that is too large', () => aFile('canary'.repeat(20_000)), 'too large'],
    ['a file with several lines', () => aFile('canary\nanother'), 'more than one line'],
    ['a file that is not text', () => aFile(new Uint8Array([99, 0, 255, 254])), 'not text'],
  ])('%s', async (_title, make, reason) => {
    const error = await rejection(variablesWith({ [name]: await make() }));
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(name) as unknown });
    expect(error.message).toContain(reason);
    expect(error.message).not.toContain('canary');
  });

  test('a secret that is given twice', async () => {
    const path = await aFile('the-token');
    const error = await rejection(variablesWith({ HERALD_TOKEN: 'x', HERALD_TOKEN_FILE: path }));
    expect(error).toMatchObject({ exitCode: 2, message: 'both HERALD_TOKEN and HERALD_TOKEN_FILE are set' });
  });

  test('in a job of GitLab, where a trigger could name any file', async () => {
    const path = await aFile('the-token');
    const error = await rejection(variablesWith({ GITLAB_CI: 'true', HERALD_TOKEN_FILE: path }));
    expect(error).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('HERALD_TOKEN_FILE') as unknown,
    });
  });
});
