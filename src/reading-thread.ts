import { parentPort, workerData } from 'node:worker_threads';
import { createTextMask } from './secrets/mask-text.ts';
import { isThreadSetup } from './threads/messages.ts';
import { serveReading } from './threads/serve.ts';
import { formatsWith } from './usecases/pattern-formats.ts';
import { createReading } from './usecases/reading.ts';

/** The program of a thread that reads reports: it gets bytes and gives what they hold, and touches nothing else. */
function main(): void {
  const port = parentPort;
  const setup: unknown = workerData;
  if (port === null || !isThreadSetup(setup)) throw new Error('this file is a part of Herald and no command');
  const formats = formatsWith(setup.how.formatPatterns);
  const mask = createTextMask(setup.secretForms);
  serveReading(
    {
      postMessage(message, transfer = []) {
        port.postMessage(message, transfer);
      },
      onMessage(listen) {
        port.on('message', listen);
      },
    },
    createReading(setup.how, { formats, mask }),
  );
}

main();
