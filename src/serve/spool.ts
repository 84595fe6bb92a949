/** Events on disk from the moment they are accepted until they are handled. */
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { reasonOf } from '../io/file-problem.ts';
import type { Delivery } from '../receiver/delivery.ts';
import type { Queued } from '../receiver/queue.ts';
import { createFolderSync } from './folder-sync.ts';
import { openSeenIds } from './seen-ids.ts';

export interface SpoolLimits {
  /** How many events may wait. */
  readonly maxEvents: number;
  /** How many bytes of bodies may wait. */
  readonly maxBytes: number;
}

export type KeepOutcome =
  | { readonly outcome: 'kept'; readonly queued: Queued }
  /** The same delivery was accepted before. */
  | { readonly outcome: 'duplicate' }
  | { readonly outcome: 'full' };

export interface Spool {
  /** What waited when the spool was opened, in order of arrival. */
  readonly left: readonly Queued[];
  /**
   * Keeps an event. When the promise is fulfilled, the event is on disk and survives everything but the loss of the
   * disk; it throws what the file system throws, and nothing is kept then.
   */
  keep(delivery: Delivery, body: Uint8Array, now: Date): Promise<KeepOutcome>;
  /**
   * Counts a beginning before it is made, over restarts, too, so that an event that ends the receiver is given up some
   * time. Returns how often it was begun with this one.
   */
  begin(name: string): Promise<number>;
  /** The body of an event that waits. */
  bodyOf(name: string): Promise<Buffer>;
  /** The event is handled, or needless; it is never handled again, not even when it is sent again. */
  done(name: string, now: Date): Promise<void>;
  /** Lays an event aside, with the reason, for people to look at. */
  bury(name: string, reason: string): Promise<void>;
  readonly bytes: number;
  /** How many are laid aside. */
  deadCount(): Promise<number>;
}

const deliverySchema = z.object({
  id: z.string(),
  event: z.string(),
  project: z.number().nullable(),
  path: z.string().nullable(),
  object: z.string(),
  meaning: z.string().nullable(),
});

/** `<milliseconds>-<count>-<id>.<beginnings>.json`; the part before the dots is the event's name. */
const fileForm = /^(\d{15}-\d{6}-([\w-]{1,64}))\.(\d{1,4})\.json$/;

interface Kept {
  readonly id: string;
  readonly sizeBytes: number;
  beginnings: number;
}

interface Read {
  readonly queued: Queued;
  readonly sizeBytes: number;
  readonly beginnings: number;
}

/** A file's first line is what the receiver knows of the event, the rest is the body as it came. */
function fileOf(delivery: Delivery, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(delivery)}\n`), body]);
}

function parseDelivery(line: string): Delivery | null {
  try {
    return deliverySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

async function readHead(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8_192), 0, 8_192, 0);
    const end = buffer.indexOf(10);
    return buffer.toString('utf8', 0, end < 0 ? bytesRead : end);
  } finally {
    await handle.close();
  }
}

async function readQueued(folder: string, file: string): Promise<Read | null> {
  const [, name = '', id = '', beginnings = ''] = fileForm.exec(file) ?? [];
  if (name === '') return null;
  const path = join(folder, file);
  const { size: sizeBytes } = await stat(path);
  // A file was renamed into place after it was complete, so a line that cannot be read was changed by someone.
  const known = parseDelivery(await readHead(path));
  const unknown = { id, event: 'unknown', project: null, path: null, object: `file ${name}`, meaning: null };
  const arrivedAt = Number(name.slice(0, 15));
  // Why an earlier receiver did not end it is not known: the end of that receiver is not a failure of the event.
  const attempts = Math.min(1, Number(beginnings));
  const queued = { ...(known ?? unknown), id, name, arrivedAt, attempts, notBefore: 0 };
  return { queued, sizeBytes, beginnings: Number(beginnings) };
}

async function makeFolders(
  root: string,
): Promise<Readonly<Record<'queue' | 'dead' | 'tmp' | 'seen', string>>> {
  const names = ['queue', 'dead', 'tmp', 'seen'] as const;
  const [queue, dead, tmp, seen] = names.map((name) => join(root, name));
  const folders = { queue: queue ?? root, dead: dead ?? root, tmp: tmp ?? root, seen: seen ?? root };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true, mode: 0o700 });
  // What a process that was killed was writing was never accepted.
  for (const file of await readdir(folders.tmp)) await rm(join(folders.tmp, file), { force: true });
  return folders;
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Opens a spool, and makes it where there is none. The caller holds its lock. Throws `UsageError`. */
export async function openSpool(root: string, limits: SpoolLimits): Promise<Spool> {
  const folders = await makeFolders(root).catch((error: unknown) => {
    throw new UsageError(`cannot use the spool ${root}: ${reasonOf(error)}`, {
      hint: 'give a folder that the receiver may write with --spool',
      cause: error,
    });
  });
  const seen = await openSeenIds(folders.seen);
  const sync = createFolderSync(folders.queue);
  const kept = new Map<string, Kept>();
  const left: Queued[] = [];
  let bytes = 0;
  let lastMoment = 0;
  let count = 0;
  const pending = new Map<string, Promise<KeepOutcome>>();

  for (const file of (await readdir(folders.queue)).sort()) {
    const read = await readQueued(folders.queue, file);
    if (read === null) continue;
    const { queued, sizeBytes, beginnings } = read;
    kept.set(queued.name, { id: queued.id, sizeBytes, beginnings });
    pending.set(queued.id, Promise.resolve({ outcome: 'duplicate' }));
    left.push(queued);
    bytes += sizeBytes;
    lastMoment = Math.max(lastMoment, queued.arrivedAt);
  }

  const pathOf = (name: string): string =>
    join(folders.queue, `${name}.${kept.get(name)?.beginnings ?? 0}.json`);

  function forget(name: string): void {
    const one = kept.get(name);
    if (one === undefined) return;
    kept.delete(name);
    pending.delete(one.id);
    bytes -= one.sizeBytes;
  }

  /** Names sort by arrival even where the clock is set back. */
  function nextName(id: string, now: Date): { readonly name: string; readonly arrivedAt: number } {
    lastMoment = Math.max(lastMoment, now.getTime());
    count = (count + 1) % 1_000_000;
    if (count === 0) lastMoment += 1;
    const moment = String(lastMoment).padStart(15, '0');
    return { name: `${moment}-${String(count).padStart(6, '0')}-${id}`, arrivedAt: lastMoment };
  }

  async function write(delivery: Delivery, body: Uint8Array, now: Date): Promise<KeepOutcome> {
    const content = fileOf(delivery, body);
    if (kept.size >= limits.maxEvents || bytes + content.length > limits.maxBytes) return { outcome: 'full' };
    const { name, arrivedAt } = nextName(delivery.id, now);
    kept.set(name, { id: delivery.id, sizeBytes: content.length, beginnings: 0 });
    bytes += content.length;
    const temporary = join(folders.tmp, name);
    try {
      await writeDurably(temporary, content);
      await rename(temporary, pathOf(name));
      await sync();
    } catch (error) {
      await Promise.allSettled([rm(temporary, { force: true }), rm(pathOf(name), { force: true })]);
      forget(name);
      throw error;
    }
    return { outcome: 'kept', queued: { ...delivery, name, arrivedAt, attempts: 0, notBefore: 0 } };
  }

  return {
    left,
    get bytes() {
      return bytes;
    },
    async keep(delivery, body, now) {
      const { id } = delivery;
      if (seen.has(id)) return { outcome: 'duplicate' };
      const first = pending.get(id);
      // The answer to the second waits for the disk like the first: were the first lost, both would be sent again.
      if (first !== undefined)
        return (await first).outcome === 'full' ? { outcome: 'full' } : { outcome: 'duplicate' };
      const writing = write(delivery, body, now);
      pending.set(id, writing);
      try {
        const result = await writing;
        if (result.outcome === 'full') pending.delete(id);
        return result;
      } catch (error) {
        pending.delete(id);
        throw error;
      }
    },
    async begin(name) {
      const one = kept.get(name);
      if (one === undefined) return 0;
      const before = pathOf(name);
      one.beginnings += 1;
      await rename(before, pathOf(name));
      return one.beginnings;
    },
    async bodyOf(name) {
      const content = await readFile(pathOf(name));
      return content.subarray(content.indexOf(10) + 1);
    },
    async done(name, now) {
      const one = kept.get(name);
      if (one === undefined) return;
      // In this order: when the process dies between the two, the event is handled again, which changes nothing.
      await seen.add(one.id, now);
      await rm(pathOf(name), { force: true });
      forget(name);
    },
    async bury(name, reason) {
      await appendFile(join(folders.dead, `${name}.reason.txt`), `${reason}\n`, { mode: 0o600 });
      await rename(pathOf(name), join(folders.dead, `${name}.0.json`));
      forget(name);
    },
    async deadCount() {
      return (await readdir(folders.dead)).filter((file) => fileForm.test(file)).length;
    },
  };
}

/** Puts back what was laid aside; the next receiver handles it. Returns how many. */
export async function replayDead(root: string): Promise<number> {
  const { dead, queue } = await makeFolders(root);
  const files = (await readdir(dead)).filter((file) => fileForm.test(file));
  for (const file of files) {
    await rename(join(dead, file), join(queue, file));
    await rm(join(dead, file.replace(/\.\d+\.json$/, '.reason.txt')), { force: true });
  }
  return files.length;
}
