/** Events on disk from the moment they are accepted until they are handled. */
import { appendFile, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { reasonOf } from '../io/file-problem.ts';
import type { Delivery } from '../receiver/delivery.ts';
import type { Queued } from '../receiver/queue.ts';
import { writeDurably } from './durable-file.ts';
import { arrivalOf, fileEntry, firstEventOf } from './event-file.ts';
import { createGroupCommit } from './group-commit.ts';
import { openSeenIds, type SeenIds } from './seen-ids.ts';
import { type Folders, makeFolders, tryOutFolders } from './spool-folders.ts';
import { type Batch, type Kept, readWaiting } from './waiting-events.ts';
import type { WorkLog } from './work-log.ts';

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
  /** What waited when the spool was opened, in order of arrival; `notBefore` is a time of day. */
  readonly left: readonly Queued[];
  /**
   * Keeps an event. When the promise is fulfilled, the event is on disk and survives everything but the loss of the
   * disk; it throws what the file system throws, and nothing is kept then.
   */
  keep(delivery: Delivery, body: Uint8Array, now: Date): Promise<KeepOutcome>;
  /**
   * Counts a beginning before it is made, over restarts, too, so that an event that ends the receiver is given up some
   * time. Returns how often it was begun with this one and did not fail: it ended its receiver, or the receiver ended.
   */
  begin(name: string): Promise<number>;
  /** Counts a failure, over restarts, too. */
  fail(name: string, notBefore: Date): Promise<void>;
  /** The body of an event that waits. */
  bodyOf(name: string): Promise<Buffer>;
  /** The event is handled, or needless; it is never handled again, not even when it is sent again. */
  done(name: string, now: Date): Promise<void>;
  /** Lays an event aside, with the reason, for people to look at. */
  bury(name: string, reason: string): Promise<void>;
  /** Writes a file to the disk and removes it; throws what the file system throws. */
  tryOut(): Promise<void>;
  readonly bytes: number;
  /** How many events something is kept of in memory: those that wait, and those that share a file with one. */
  readonly size: number;
  /** How many are laid aside. */
  deadCount(): Promise<number>;
}

interface Entry {
  readonly name: string;
  readonly delivery: Delivery;
  readonly content: Buffer;
  readonly body: Uint8Array;
}

/** How much of bodies may be kept in memory until they are handled, so that most are not read again. */
const maxBytesInMemory = 16 * 1024 * 1024;

/** What is written together: more would make the first of a group wait for the last. */
const groupLimits = {
  maxItems: 100,
  maxSize: 8 * 1024 * 1024,
  sizeOf: ({ content }: Entry): number => content.length,
};

interface SpoolParts {
  readonly folders: Folders;
  readonly seen: SeenIds;
  readonly work: WorkLog;
  readonly limits: SpoolLimits;
}

class DiskSpool implements Spool {
  readonly left: readonly Queued[];
  readonly #folders: Folders;
  readonly #seen: SeenIds;
  readonly #work: WorkLog;
  readonly #limits: SpoolLimits;
  readonly #write: (entry: Entry) => Promise<void>;
  readonly #kept = new Map<string, Kept>();
  readonly #pending = new Map<string, Promise<KeepOutcome>>();
  #bytes = 0;
  #bytesInMemory = 0;
  #lastMoment = 0;
  #count = 0;

  /** @param found what waits on disk, in order of arrival */
  constructor({ folders, seen, work, limits }: SpoolParts, found: ReadonlyMap<string, Kept>) {
    this.#folders = folders;
    this.#seen = seen;
    this.#work = work;
    this.#limits = limits;
    this.#write = createGroupCommit((entries) => this.#writeTogether(entries), groupLimits);
    for (const [name, one] of found) {
      this.#kept.set(name, one);
      this.#pending.set(one.delivery.id, Promise.resolve({ outcome: 'duplicate' }));
      this.#bytes += one.sizeBytes;
      // New names sort behind all that are there.
      this.#lastMoment = Math.max(this.#lastMoment, arrivalOf(name) + 1);
    }
    this.left = [...found].map(([name, { delivery }]) => this.#queued(name, delivery));
  }

  #queued(name: string, delivery: Delivery): Queued {
    const { begun, failed, notBefore } = this.#work.of(name);
    return {
      ...delivery,
      name,
      arrivedAt: arrivalOf(name),
      failures: failed,
      wasBegun: begun > 0,
      notBefore,
    };
  }

  #known(name: string): Kept {
    const one = this.#kept.get(name);
    if (one === undefined) throw new Error(`the spool has no event ${name}`);
    return one;
  }

  #forget(name: string): void {
    const one = this.#kept.get(name);
    if (one === undefined) return;
    this.#kept.delete(name);
    this.#pending.delete(one.delivery.id);
    this.#bytes -= one.sizeBytes;
    this.#bytesInMemory -= one.body?.length ?? 0;
  }

  /** Names sort by arrival even where the clock is set back. */
  #nextName(id: string, now: Date): string {
    this.#lastMoment = Math.max(this.#lastMoment, now.getTime());
    this.#count = (this.#count + 1) % 1_000_000;
    if (this.#count === 0) this.#lastMoment += 1;
    const moment = String(this.#lastMoment).padStart(15, '0');
    return `${moment}-${String(this.#count).padStart(6, '0')}-${id}`;
  }

  async #writeTogether(entries: readonly Entry[]): Promise<void> {
    const names = entries.map(({ name }) => name);
    const file = `${names[0] ?? ''}.json`;
    const path = join(this.#folders.queue, file);
    const places = { temporary: join(this.#folders.tmp, file), final: path };
    await writeDurably(
      places,
      entries.map(({ content }) => content),
    );
    const batch = { path, names, waiting: new Set(names) };
    let at = 0;
    for (const { name, delivery, content, body } of entries) {
      const end = at + content.length - 1;
      const isInMemory = this.#bytesInMemory + body.length <= maxBytesInMemory;
      if (isInMemory) this.#bytesInMemory += body.length;
      const place = { begin: end - body.length, end, batch, body: isInMemory ? body : null };
      this.#kept.set(name, { delivery, sizeBytes: content.length - 1, ...place });
      at += content.length;
    }
  }

  async #add(delivery: Delivery, body: Uint8Array, now: Date): Promise<KeepOutcome> {
    const name = this.#nextName(delivery.id, now);
    const content = fileEntry(name, delivery, body);
    const sizeBytes = content.length - 1;
    if (this.#kept.size >= this.#limits.maxEvents || this.#bytes + sizeBytes > this.#limits.maxBytes)
      return { outcome: 'full' };
    this.#kept.set(name, { delivery, sizeBytes, begin: 0, end: 0, batch: null, body: null });
    this.#bytes += sizeBytes;
    try {
      await this.#write({ name, delivery, content, body });
    } catch (error) {
      this.#forget(name);
      throw error;
    }
    return { outcome: 'kept', queued: this.#queued(name, delivery) };
  }

  /** One event of its file is over; with the last of them the file goes. */
  async #leave(name: string, { path, names, waiting }: Batch): Promise<void> {
    waiting.delete(name);
    if (waiting.size > 0) await this.#work.end(name);
    else {
      await rm(path, { force: true });
      this.#work.forget(names);
    }
    this.#forget(name);
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return Math.max(this.#kept.size, this.#pending.size, this.#work.size);
  }

  async keep(delivery: Delivery, body: Uint8Array, now: Date): Promise<KeepOutcome> {
    const { id } = delivery;
    if (this.#seen.has(id)) return { outcome: 'duplicate' };
    const first = this.#pending.get(id);
    // The answer to the second waits for the disk like the first: were the first lost, both would be sent again.
    if (first !== undefined)
      return (await first).outcome === 'full' ? { outcome: 'full' } : { outcome: 'duplicate' };
    const adding = this.#add(delivery, body, now);
    this.#pending.set(id, adding);
    try {
      const result = await adding;
      if (result.outcome === 'full') this.#pending.delete(id);
      return result;
    } catch (error) {
      this.#pending.delete(id);
      throw error;
    }
  }

  async begin(name: string): Promise<number> {
    await this.#work.begin(name);
    const { begun, failed } = this.#work.of(name);
    return begun - failed;
  }

  fail(name: string, notBefore: Date): Promise<void> {
    return this.#work.fail(name, notBefore.getTime());
  }

  async bodyOf(name: string): Promise<Buffer> {
    const { batch, begin, end, body } = this.#known(name);
    if (body !== null) return Buffer.from(body.buffer, body.byteOffset, body.length);
    const handle = await open(batch?.path ?? '', 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - begin), 0, end - begin, begin);
      if (bytesRead < end - begin) throw new Error(`the file of the event ${name} was cut`);
      return buffer;
    } finally {
      await handle.close();
    }
  }

  async done(name: string, now: Date): Promise<void> {
    const one = this.#kept.get(name);
    if (one === undefined || one.batch === null) return;
    // In this order: when the process dies between the two, the event is handled again, which changes nothing.
    await this.#seen.add(one.delivery.id, now);
    await this.#leave(name, one.batch);
  }

  async bury(name: string, reason: string): Promise<void> {
    const { delivery, batch } = this.#known(name);
    const body = await this.bodyOf(name);
    // What is over under its old name may be taken up again under this one.
    const newName = this.#nextName(delivery.id, new Date(arrivalOf(name)));
    const file = `${newName}.json`;
    await appendFile(join(this.#folders.dead, `${newName}.reason.txt`), `${reason}\n`, { mode: 0o600 });
    const places = { temporary: join(this.#folders.tmp, file), final: join(this.#folders.dead, file) };
    await writeDurably(places, [fileEntry(newName, delivery, body)]);
    if (batch !== null) await this.#leave(name, batch);
  }

  tryOut(): Promise<void> {
    return tryOutFolders(this.#folders);
  }

  async deadCount(): Promise<number> {
    return (await readdir(this.#folders.dead)).filter((file) => firstEventOf(file) !== null).length;
  }
}

/** Opens a spool, and makes it where there is none. The caller holds its lock. Throws `UsageError`. */
export async function openSpool(root: string, limits: SpoolLimits): Promise<Spool> {
  try {
    const folders = await makeFolders(root);
    const seen = await openSeenIds(folders.seen);
    const { kept, work } = await readWaiting(root, folders.queue, seen);
    return new DiskSpool({ folders, seen, work, limits }, kept);
  } catch (error) {
    throw new UsageError(`cannot use the spool ${root}: ${reasonOf(error)}`, {
      hint: 'give a folder that the receiver may write with --spool',
      cause: error,
    });
  }
}
