/** One receiver for one spool: two would handle every event twice. */
import { createHash, randomBytes } from 'node:crypto';
import { link, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { codeOf } from '../io/file-problem.ts';

/**
 * The lock is a socket: the system takes it from a process that dies, however it dies, so nothing has to guess from a
 * process number or from the age of a file whether its owner is still there. The longest address of a socket is 104
 * bytes on some systems: https://man7.org/linux/man-pages/man7/unix.7.html
 */
const maxSocketPath = 100;

function placesIn(spool: string): { readonly lock: string; readonly mine: string } {
  const nonce = randomBytes(4).toString('hex');
  if (process.platform === 'win32') {
    const pipe = `\\\\.\\pipe\\herald-${createHash('sha256').update(spool).digest('hex').slice(0, 16)}`;
    return { lock: pipe, mine: pipe };
  }
  const inSpool = join(spool, 'lock');
  const base =
    Buffer.byteLength(inSpool) <= maxSocketPath - 9
      ? inSpool
      : join(tmpdir(), `herald-${createHash('sha256').update(spool).digest('hex').slice(0, 16)}.lock`);
  return { lock: base, mine: `${base}.${nonce}` };
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', reject);
    server.listen(path, () => {
      resolve(server);
    });
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

function taken(spool: string, cause: unknown): UsageError {
  return new UsageError(`another receiver uses the spool ${spool}`, {
    hint: 'stop it, or give this one a spool of its own with --spool',
    cause,
  });
}

/** Gives the socket its public name, unless a living process has that name already. */
async function claim(
  { mine, lock }: { readonly mine: string; readonly lock: string },
  spool: string,
): Promise<void> {
  if (mine === lock) return;
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      // A link is made or fails at once, so of two receivers that start together only one gets the name.
      await link(mine, lock);
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || (await isAnswered(lock))) throw taken(spool, error);
      await rm(lock, { force: true });
    }
  }
  throw taken(spool, null);
}

/** Takes the lock of a spool until the process ends or `release` is called. Throws `UsageError` when another has it. */
export async function lockSpool(spool: string): Promise<{ release(): Promise<void> }> {
  const places = placesIn(spool);
  const server = await listen(places.mine).catch((error: unknown) => {
    throw codeOf(error) === 'EADDRINUSE' ? taken(spool, error) : error;
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  try {
    await claim(places, spool);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async release() {
      if (places.lock !== places.mine) await rm(places.lock, { force: true });
      await close();
    },
  };
}
