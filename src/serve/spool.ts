/** Events on disk from the moment they are accepted until they are handled. */
import { renameSync, rmSync } from 'node:fs';
import { appendFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { reasonOf } from '../io/file-problem.ts';
import type { Delivery } from '../receiver/delivery.ts';
import type { Queued } from '../receiver/queue.ts';
import { readWhole, writeDurably } from './durable-file.ts';
import { createFolderSync } from './folder-sync.ts';
import { openSeenIds, type SeenIds } from './seen-ids.ts';

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

type Folders = Readonly<Record<'queue' | 'dead' | 'tmp' | 'seen', string>>;

async function makeFolders(root: string): Promise<Folders> {
  const names = ['queue', 'dead', 'tmp', 'seen'] as const;
  const [queue, dead, tmp, seen] = names.map((name) => join(root, name));
  const folders = { queue: queue ?? root, dead: dead ?? root, tmp: tmp ?? root, seen: seen ?? root };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true, mode: 0o700 });
  // What a process that was killed was writing was never accepted.
  for (const file of await readdir(folders.tmp)) await rm(join(folders.tmp, file), { force: true });
  return folders;
}

interface SpoolParts {
  readonly folders: Folders;
  readonly seen: SeenIds;
  readonly limits: SpoolLimits;
}

class DiskSpool implements Spool {
  readonly left: readonly Queued[];
  readonly #folders: Folders;
  readonly #seen: SeenIds;
  readonly #limits: SpoolLimits;
  readonly #sync: () => Promise<void>;
  readonly #kept = new Map<string, Kept>();
  readonly #pending = new Map<string, Promise<KeepOutcome>>();
  #bytes = 0;
  #lastMoment = 0;
  #count = 0;

  /** @param found what waits on disk, in order of arrival */
  constructor({ folders, seen, limits }: SpoolParts, found: readonly Read[]) {
    this.#folders = folders;
    this.#seen = seen;
    this.#limits = limits;
    this.#sync = createFolderSync(folders.queue);
    this.left = found.map(({ queued }) => queued);
    for (const { queued, sizeBytes, beginnings } of found) {
      this.#kept.set(queued.name, { id: queued.id, sizeBytes, beginnings });
      this.#pending.set(queued.id, Promise.resolve({ outcome: 'duplicate' }));
      this.#bytes += sizeBytes;
      this.#lastMoment = Math.max(this.#lastMoment, queued.arrivedAt);
    }
  }

  #pathOf(name: string): string {
    return join(this.#folders.queue, `${name}.${this.#kept.get(name)?.beginnings ?? 0}.json`);
  }

  #forget(name: string): void {
    const one = this.#kept.get(name);
    if (one === undefined) return;
    this.#kept.delete(name);
    this.#pending.delete(one.id);
    this.#bytes -= one.sizeBytes;
  }

  /** Names sort by arrival even where the clock is set back. */
  #nextName(id: string, now: Date): { readonly name: string; readonly arrivedAt: number } {
    this.#lastMoment = Math.max(this.#lastMoment, now.getTime());
    this.#count = (this.#count + 1) % 1_000_000;
    if (this.#count === 0) this.#lastMoment += 1;
    const moment = String(this.#lastMoment).padStart(15, '0');
    return { name: `${moment}-${String(this.#count).padStart(6, '0')}-${id}`, arrivedAt: this.#lastMoment };
  }

  async #write(delivery: Delivery, body: Uint8Array, now: Date): Promise<KeepOutcome> {
    const content = fileOf(delivery, body);
    if (this.#kept.size >= this.#limits.maxEvents || this.#bytes + content.length > this.#limits.maxBytes)
      return { outcome: 'full' };
    const { name, arrivedAt } = this.#nextName(delivery.id, now);
    this.#kept.set(name, { id: delivery.id, sizeBytes: content.length, beginnings: 0 });
    this.#bytes += content.length;
    const temporary = join(this.#folders.tmp, name);
    try {
      await writeDurably(temporary, content);
      renameSync(temporary, this.#pathOf(name));
      await this.#sync();
    } catch (error) {
      await Promise.allSettled([rm(temporary, { force: true }), rm(this.#pathOf(name), { force: true })]);
      this.#forget(name);
      throw error;
    }
    return { outcome: 'kept', queued: { ...delivery, name, arrivedAt, attempts: 0, notBefore: 0 } };
  }

  get bytes(): number {
    return this.#bytes;
  }

  async keep(delivery: Delivery, body: Uint8Array, now: Date): Promise<KeepOutcome> {
    const { id } = delivery;
    if (this.#seen.has(id)) return { outcome: 'duplicate' };
    const first = this.#pending.get(id);
    // The answer to the second waits for the disk like the first: were the first lost, both would be sent again.
    if (first !== undefined)
      return (await first).outcome === 'full' ? { outcome: 'full' } : { outcome: 'duplicate' };
    const writing = this.#write(delivery, body, now);
    this.#pending.set(id, writing);
    try {
      const result = await writing;
      if (result.outcome === 'full') this.#pending.delete(id);
      return result;
    } catch (error) {
      this.#pending.delete(id);
      throw error;
    }
  }

  async begin(name: string): Promise<number> {
    const one = this.#kept.get(name);
    if (one === undefined) return 0;
    const before = this.#pathOf(name);
    one.beginnings += 1;
    renameSync(before, this.#pathOf(name));
    return one.beginnings;
  }

  async bodyOf(name: string): Promise<Buffer> {
    const content = await readWhole(this.#pathOf(name), this.#kept.get(name)?.sizeBytes ?? 0);
    return content.subarray(content.indexOf(10) + 1);
  }

  async done(name: string, now: Date): Promise<void> {
    const one = this.#kept.get(name);
    if (one === undefined) return;
    // In this order: when the process dies between the two, the event is handled again, which changes nothing.
    await this.#seen.add(one.id, now);
    rmSync(this.#pathOf(name), { force: true });
    this.#forget(name);
  }

  async bury(name: string, reason: string): Promise<void> {
    await appendFile(join(this.#folders.dead, `${name}.reason.txt`), `${reason}\n`, { mode: 0o600 });
    await rename(this.#pathOf(name), join(this.#folders.dead, `${name}.0.json`));
    this.#forget(name);
  }

  async deadCount(): Promise<number> {
    return (await readdir(this.#folders.dead)).filter((file) => fileForm.test(file)).length;
  }
}

/** What waits in the folder of the queue, in order of arrival. */
async function readWaiting(folder: string): Promise<readonly Read[]> {
  const found: Read[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const read = await readQueued(folder, file);
    if (read !== null) found.push(read);
  }
  return found;
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
  return new DiskSpool({ folders, seen, limits }, await readWaiting(folders.queue));
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
