/** What waits on disk when a spool is opened. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from '../receiver/delivery.ts';
import { eventsIn, firstEventOf } from './event-file.ts';
import type { SeenIds } from './seen-ids.ts';
import { openWorkLog, type WorkLog } from './work-log.ts';

/** The events of one file that are not over yet. */
export interface Batch {
  readonly path: string;
  readonly names: readonly string[];
  readonly waiting: Set<string>;
}

/** What is known of an event that waits. */
export interface Kept {
  readonly delivery: Delivery;
  readonly sizeBytes: number;
  /** Where the body is. */
  readonly begin: number;
  readonly end: number;
  /** Null until it is written. */
  readonly batch: Batch | null;
  /** Null where it is on disk only. */
  readonly body: Uint8Array | null;
}

export interface Waiting {
  readonly kept: ReadonlyMap<string, Kept>;
  readonly work: WorkLog;
}

/** What waits in the folder of the queue, in order of arrival. */
export async function readWaiting(root: string, folder: string, seen: SeenIds): Promise<Waiting> {
  const batches: { readonly path: string; readonly events: ReturnType<typeof eventsIn> }[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const path = join(folder, file);
    if (firstEventOf(file) !== null) batches.push({ path, events: eventsIn(await readFile(path), file) });
  }
  const all = batches.flatMap(({ events }) => events.map(({ name }) => name));
  const work = await openWorkLog(join(root, 'work.log'), new Set(all));
  const kept = new Map<string, Kept>();
  for (const { path, events } of batches) {
    const names = events.map(({ name }) => name);
    const waiting = events.filter(({ name, delivery }) => !work.isOver(name) && !seen.has(delivery.id));
    const batch = { path, names, waiting: new Set(waiting.map(({ name }) => name)) };
    for (const { name, delivery, start, begin, end } of events)
      if (batch.waiting.has(name))
        kept.set(name, { delivery, sizeBytes: end - start, begin, end, batch, body: null });
    // It ended between the last event and the removal.
    if (batch.waiting.size === 0) await rm(path, { force: true });
  }
  return { kept, work };
}
