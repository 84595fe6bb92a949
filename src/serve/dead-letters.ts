/** What a receiver laid aside, read by another process: this changes nothing, and takes no lock. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface DeadLetters {
  readonly count: number;
  /** Why the newest was laid aside; empty where that is not written down. */
  readonly reason: string;
}

const maxReasonCharacters = 300;

/** The events in the spool's folder of the dead; null where no spool can be read. */
export async function readDeadLetters(spool: string): Promise<DeadLetters | null> {
  const folder = join(spool, 'dead');
  let files: readonly string[];
  try {
    files = await readdir(folder);
  } catch {
    return null;
  }
  const newest = files.filter((file) => file.endsWith('.json')).sort();
  const last = newest.at(-1);
  if (last === undefined) return { count: 0, reason: '' };
  const name = last.replace(/\.json$/, '');
  const written = await readFile(join(folder, `${name}.reason.txt`), 'utf8').catch(() => '');
  const lines = written.trim().split('\n');
  return { count: newest.length, reason: (lines.at(-1) ?? '').slice(0, maxReasonCharacters) };
}
