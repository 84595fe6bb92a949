import { MessageChannel } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import type { ThreadPort } from '../../src/threads/messages.ts';
import type { Thread } from '../../src/threads/reading-pool.ts';
import { serveReading } from '../../src/threads/serve.ts';
import type { ReadFile } from '../../src/usecases/reading.ts';

/** A thread that is none: its messages are copied and given away as those of a real one. */
export interface FakeThread extends Thread {
  /** Ends it as a fault would. */
  end(why: string): void;
}

/** Starts a fake thread that reads with a function. */
export function aThread(readFile: ReadFile): FakeThread {
  const { port1, port2 } = new MessageChannel();
  const endOf = (port: typeof port1): ThreadPort => ({
    postMessage(message, transfer = []) {
      port.postMessage(message, transfer);
    },
    onMessage(listen) {
      port.on('message', listen);
    },
  });
  let ended: (why: string) => void = () => undefined;
  const close = (): void => {
    port1.close();
    port2.close();
  };
  onTestFinished(close);
  serveReading(endOf(port2), readFile);
  return {
    ...endOf(port1),
    onEnd(listen) {
      ended = listen;
    },
    end(why) {
      close();
      ended(why);
    },
    stop() {
      close();
      return Promise.resolve();
    },
  };
}
