/** One receiver for one spool: two would handle every event twice. */
import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../errors.ts';
import { codeOf, reasonOf } from '../io/file-problem.ts';

/**
 * The lock is a socket: the system takes it from a process that dies, however it dies, so nothing has to guess from a
 * process number or from the age of a file whether its owner is still there. The longest address of a socket is 104
 * bytes on some systems: https://man7.org/linux/man-pages/man7/unix.7.html
 */
const maxSocketPath = 100;

export interface SpoolLock {
  release(): Promise<void>;
}

interface Places {
  /** The name that only one process has. */
  readonly lock: string;
  /** The name under which this process listens. */
  readonly mine: string;
}

function placesIn(spool: string): Places {
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
    socket.once('error', (error) => {
      // Any other trouble says nothing about the owner, so it counts as alive.
      resolve(!['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(codeOf(error)));
    });
  });
}

function taken(spool: string, cause: unknown): UsageError {
  return new UsageError(`another receiver uses the spool ${spool}`, {
    hint: 'stop it, or give this one a spool of its own with --spool',
    cause,
  });
}

/**
 * Takes a name away from a process that is dead. The name is first moved aside, so that of several that do this at once
 * only one looks at it, and none removes a name that another has taken by now; one that turns out to be alive gets its
 * name back.
 */
async function removeStale({ mine, lock }: Places): Promise<'removed' | 'alive'> {
  const aside = `${mine}.stale`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'removed';
    throw error;
  }
  const isAlive = await isAnswered(aside);
  if (isAlive) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
  return isAlive ? 'alive' : 'removed';
}

/** Gives the socket its public name, unless a living process has that name already. */
async function claim(places: Places, spool: string): Promise<void> {
  const { mine, lock } = places;
  if (mine === lock) return;
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      // A link is made or fails at once, so of two receivers that start together only one gets the name.
      await link(mine, lock);
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || (await isAnswered(lock))) throw taken(spool, error);
      if ((await removeStale(places)) === 'alive') throw taken(spool, error);
    }
  }
  throw taken(spool, null);
}

/** Sockets of processes that were killed, which nobody removed. */
async function removeLitter({ mine, lock }: Places): Promise<void> {
  const [folder, base] = [dirname(lock), basename(lock)];
  const others = (await readdir(folder)).filter((name) => name.startsWith(`${base}.`));
  for (const name of others) {
    const path = join(folder, name);
    if (path !== mine && !(await isAnswered(path))) await rm(path, { force: true });
  }
}

/**
 * Takes the lock of a spool, whose folder it makes, until the process ends or `release` is called. Throws `UsageError`
 * when another process of this machine has it: processes of other machines are not seen, so a spool is a local folder.
 */
export async function lockSpool(spool: string): Promise<SpoolLock> {
  await mkdir(spool, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new UsageError(`cannot use the spool ${spool}: ${reasonOf(error)}`, {
      hint: 'give a folder that the receiver may write with --spool',
      cause: error,
    });
  });
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
    if (places.mine !== places.lock) await removeLitter(places);
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
