import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { hookSecretOf } from '../../src/receiver/hook-secret.ts';
import { heraldScript } from './run-herald.ts';

export const webhookSecret = 'a master secret of more than 32 characters';

export type LogLine = Readonly<Record<string, unknown>>;

export interface RunningReceiver {
  readonly origin: string;
  readonly child: ChildProcess;
  readonly spool: string;
  /** Every line of its log so far. */
  readonly lines: readonly LogLine[];
  /** The text of the log, for what must not be in it. */
  readonly text: () => string;
  /** Waits for a line that fits. */
  line(fits: (line: LogLine) => boolean): Promise<LogLine>;
  /** Delivers an event of project 42, as GitLab would; the status of the answer. */
  deliver(payload: object, headers?: Readonly<Record<string, string>>): Promise<number>;
  /** Asks it to end; the exit code. */
  stop(): Promise<number | null>;
}

export interface ReceiverOptions {
  readonly flags?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** By default a new one. */
  readonly spool?: string;
}

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-serve-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function parsed(line: string): LogLine {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : { message: line };
  } catch {
    return { message: line };
  }
}

/** Starts `herald serve` of dist/ and waits until it listens. */
export async function startReceiver(options: ReceiverOptions): Promise<RunningReceiver> {
  const spool = options.spool ?? (await temporaryFolder());
  const { PATH = '', HOME = '' } = process.env;
  const flags = ['--listen', '127.0.0.1:0', '--spool', spool, ...(options.flags ?? [])];
  const child = spawn(process.execPath, [heraldScript, 'serve', ...flags], {
    env: { PATH, HOME, HERALD_WEBHOOK_SECRET: webhookSecret, ...options.env },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: LogLine[] = [];
  let text = '';
  const waiting = new Set<() => void>();
  const ended = once(child, 'close');
  createInterface({ input: child.stderr }).on('line', (line) => {
    text += `${line}\n`;
    lines.push(parsed(line));
    for (const look of waiting) look();
  });
  const line = (fits: (one: LogLine) => boolean): Promise<LogLine> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find(fits);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      void ended.then(() => {
        reject(new Error(`the receiver ended:\n${text}`));
      });
      look();
    });
  const { port } = await line(({ message }) => String(message).startsWith('listening'));
  const origin = `http://127.0.0.1:${String(port)}`;
  let count = 0;
  return {
    origin,
    child,
    spool,
    lines,
    text: () => text,
    line,
    async deliver(payload, headers = {}) {
      count += 1;
      const { token } = hookSecretOf(webhookSecret, { kind: 'project', id: 42 });
      const { status } = await fetch(`${origin}/hooks/gitlab?project=42`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-gitlab-token': token,
          'idempotency-key': `delivery-${count}`,
          ...headers,
        },
        body: JSON.stringify(payload),
      });
      return status;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
  };
}
