import { availableParallelism, totalmem } from 'node:os';

/** Memory that there has to be for each thread: it takes about a quarter of this, beside what the process takes. */
const bytesPerThread = 512 * 1024 * 1024;

/** How many threads fit: one a core, and no more than there is memory for. */
export function threadsThatFit(cores: number, bytes: number): number {
  return Math.max(1, Math.min(cores, Math.floor(bytes / bytesPerThread)));
}

/** How many threads this process may use: a container's limits count, for cores (by libuv) as for memory. */
export function parallelism(): number {
  // 0 or an enormous number where nothing limits it: https://nodejs.org/api/process.html#processconstrainedmemory
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return threadsThatFit(availableParallelism(), bytes);
}
