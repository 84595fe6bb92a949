import { UsageError } from '../errors.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import type { Host } from './host.ts';

/** Secrets of a receiver, which containers get as files: https://docs.docker.com/engine/swarm/secrets/ */
const names = [
  'HERALD_TOKEN',
  'HERALD_WEBHOOK_SECRET',
  'HERALD_WEBHOOK_SECRET_OLD',
  'HERALD_TRIGGER_TOKEN',
  'HERALD_SENTRY_SECRET',
] as const;

const maxBytes = 64 * 1024;

/** Why the text of a file cannot be a secret; null for one that may be. Nothing of it is repeated. */
function problemOf(text: string): string | null {
  if (text === '') return 'is empty';
  if (/[\r\n]/.test(text)) return 'has more than one line';
  return /[\p{Cc}\uFFFD]/u.test(text) ? 'is not text' : null;
}

async function readAll(path: string, host: Host): Promise<string | null> {
  const { sizeBytes, chunks } = await host.fileAt(path);
  if (sizeBytes > maxBytes) return null;
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(Uint8Array.from(chunk));
  return Buffer.concat(pieces).toString('utf8').trim();
}

/**
 * The secret in a file. Others may be able to read it: Docker and Kubernetes mount secrets so that every user of
 * the container can.
 */
async function textOf(path: string, name: string, host: Host): Promise<string> {
  const text = await readAll(path, host).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${name}: ${reason}`, {
      hint: 'name a file with nothing but the secret',
      cause: error,
    });
  });
  const problem = text === null ? 'is too large for a secret' : problemOf(text);
  if (text === null || problem !== null)
    throw new UsageError(`the file in ${name} ${problem ?? ''}: ${path}`, {
      hint: 'write nothing but the secret into it',
    });
  return text;
}

/**
 * The same host with the secrets that `HERALD_TOKEN_FILE` and the like name. Not in a job of GitLab, where a trigger's
 * variables could name any file. Throws `UsageError` for a file that cannot be read, and for a secret that is given
 * twice.
 */
export async function withSecretFiles(host: Host): Promise<Host> {
  const { variables } = host;
  const found: Record<string, string> = {};
  for (const name of names) {
    const path = variables[`${name}_FILE`] ?? '';
    if (path === '') continue;
    if (isGitLabJob(variables))
      throw new UsageError(`${name}_FILE counts outside of GitLab’s jobs only`, {
        hint: `set ${name} instead`,
      });
    if ((variables[name] ?? '') !== '')
      throw new UsageError(`both ${name} and ${name}_FILE are set`, { hint: 'unset one of them' });
    found[name] = await textOf(path, `${name}_FILE`, host);
  }
  return Object.keys(found).length === 0 ? host : host.withVariables({ ...variables, ...found });
}
