import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grantRequests } from '../../src/serve/grant-requests.ts';
import type { RequestGate } from '../../src/serve/request-gate.ts';
import { temporaryFolder } from '../io/temporary-folder.ts';

/** A gate with one place, which is given at once. */
function narrowGate(): RequestGate {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  const pump = (): void => {
    const next = isTaken ? undefined : waiting.shift();
    if (next === undefined) return;
    isTaken = true;
    next();
  };
  return {
    enter(begin) {
      let hasBegun = false;
      const start = (): void => {
        hasBegun = true;
        begin();
      };
      waiting.push(start);
      pump();
      return () => {
        const at = waiting.indexOf(start);
        if (at !== -1) waiting.splice(at, 1);
        if (hasBegun) isTaken = false;
        hasBegun = false;
        pump();
      };
    },
  };
}

async function countedOf(script: string): Promise<(number | null)[]> {
  const file = join(temporaryFolder(), 'child.cjs');
  writeFileSync(file, script);
  const counted: (number | null)[] = [];
  const child = fork(file, { stdio: 'ignore' });
  grantRequests(child, {
    gate: narrowGate(),
    requested: (count, remaining) => {
      expect(count).toBe(1);
      counted.push(remaining);
    },
  });
  await once(child, 'close');
  return counted;
}

test('a request that was granted counts, also where its process ended before it could say so', async () => {
  const counted = await countedOf(`
    process.on('message', ({ request }) => {
      if (request === 2) process.exit();
      process.send({ kind: 'over', request, remaining: 59 });
      process.send({ kind: 'ask', request: 2 });
    });
    process.send({ kind: 'ask', request: 1 });
  `);
  expect(counted).toEqual([59, null]);
});

test('a request that was never granted does not count', async () => {
  const counted = await countedOf(`
    process.on('message', () => process.exit());
    process.send({ kind: 'ask', request: 1 });
    process.send({ kind: 'ask', request: 2 });
  `);
  expect(counted).toEqual([null]);
});
