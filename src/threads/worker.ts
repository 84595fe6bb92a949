import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { ThreadSetup } from './messages.ts';
import type { Thread } from './reading-pool.ts';

const mebibyte = 1024 * 1024;
/**
 * What V8 gives the main thread by default (984 KiB), and what Node keeps of it for itself (192 KiB), so that a report
 * that is nested too deep is so in each thread.
 */
const stackMebibytes = (984 + 192) / 1024;

/** The program of a thread, beside the chunks of the bundle; null where there is none, as from the source. */
export function programOfThread(): URL | null {
  const program = new URL('./herald-reader.mjs', import.meta.url);
  return existsSync(fileURLToPath(program)) ? program : null;
}

/** Starts a thread with the memory that this process has. It gets no environment: it asks nobody anything. */
export function startWorker(program: URL, setup: ThreadSetup): Thread {
  const worker = new Worker(program, {
    workerData: setup,
    env: {},
    argv: [],
    execArgv: [],
    resourceLimits: {
      maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / mebibyte),
      stackSizeMb: stackMebibytes,
    },
  });
  return {
    postMessage(message, transfer = []) {
      worker.postMessage(message, transfer);
    },
    onMessage(listen) {
      worker.on('message', listen);
    },
    onEnd(listen) {
      const end = (error: unknown): void => {
        listen(error instanceof Error ? error.message : String(error));
      };
      worker.once('error', end);
      worker.once('messageerror', end);
      worker.once('exit', (code) => {
        listen(`exit code ${code}`);
      });
    },
    async stop() {
      await worker.terminate();
    },
  };
}
