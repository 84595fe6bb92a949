import { describe, expect, test } from 'vitest';
import { createQueue, type Queued } from '../../src/receiver/queue.ts';
import type { Spool } from '../../src/serve/spool.ts';
import { createWorkLoop, type Handle, type HandlingOutcome, waits } from '../../src/serve/work-loop.ts';
import { Hand, settled } from './hand.ts';

function event(name: string, object = name, meaning: string | null = null): Queued {
  return {
    id: name,
    name,
    event: 'push',
    project: 1,
    path: null,
    object,
    meaning,
    arrivedAt: 0,
    failures: 0,
    wasBegun: false,
    notBefore: 0,
  };
}

/** Handlers are ended by hand. */
function begin(concurrency = 10) {
  const hand = new Hand();
  const log: string[] = [];
  const ends = new Map<string, (result: HandlingOutcome) => void>();
  const spool: Spool = {
    left: [],
    bytes: 0,
    keep: () => Promise.resolve({ outcome: 'full' }),
    size: 0,
    begin: (name) => Promise.resolve(log.push(`begin ${name}`)),
    fail: () => Promise.resolve(),
    tryOut: () => Promise.resolve(),
    bodyOf: (name) => Promise.resolve(Buffer.from(name)),
    done: (name) => Promise.resolve(void log.push(`done ${name}`)),
    bury: (name, reason) => Promise.resolve(void log.push(`bury ${name}: ${reason}`)),
    deadCount: () => Promise.resolve(0),
  };
  const handle: Handle = (one, body, signal) => {
    expect(body.toString()).toBe(one.name);
    return new Promise((resolve) => {
      ends.set(one.name, resolve);
      signal.addEventListener('abort', () => {
        resolve({ outcome: 'failed', detail: 'it took too long', again: true });
      });
    });
  };
  const loop = createWorkLoop({
    queue: createQueue(),
    spool,
    handle,
    concurrency,
    now: () => new Date(hand.now),
    elapsed: () => hand.now,
    callAfter: (milliseconds, callback) => hand.callAfter(milliseconds, callback),
    ended: (one, { outcome }) => void log.push(`${outcome} ${one.name}`),
    broken: (error) => void log.push(String(error)),
  });
  const end = async (
    name: string,
    result: HandlingOutcome = { outcome: 'handled', detail: '' },
  ): Promise<void> => {
    ends.get(name)?.(result);
    await settled();
  };
  return { hand, log, loop, end, spool };
}

const failed = { outcome: 'failed', detail: 'GitLab is away', again: true } as const;

test('what is added is begun, handled and done', async () => {
  const { loop, end, log } = begin();
  loop.add(event('a'));
  await settled();
  await end('a');
  expect(log).toEqual(['begin a', 'done a', 'handled a']);
});

test('no more than allowed at once, and one of each object', async () => {
  const { loop, end, log } = begin(2);
  for (const one of [event('a', 'x'), event('b', 'x'), event('c'), event('d')]) loop.add(one);
  await settled();
  expect(log).toEqual(['begin a', 'begin c']);
  await end('c');
  await end('a');
  expect(log.filter((line) => line.startsWith('begin'))).toEqual([
    'begin a',
    'begin c',
    'begin d',
    'begin b',
  ]);
});

describe('row 114: what fails', () => {
  test('is tried again after growing waits, then laid aside', async () => {
    const { loop, end, log, hand } = begin();
    loop.add(event('a'));
    await settled();
    let moment = 0;
    for (const wait of waits) {
      await end('a', failed);
      const begun = log.filter((line) => line === 'begin a').length;
      await hand.moveTo(moment + wait - 1);
      expect(log.filter((line) => line === 'begin a')).toHaveLength(begun);
      moment += wait;
      await hand.moveTo(moment);
      expect(log.filter((line) => line === 'begin a')).toHaveLength(begun + 1);
    }
    await end('a', failed);
    expect(log.slice(-2)).toEqual(['bury a: GitLab is away', 'failed a']);
    expect(log).not.toContain('done a');
  });

  test('is laid aside at once where trying again cannot help, and the next goes on', async () => {
    const { loop, end, log } = begin();
    loop.add(event('a', 'x'));
    loop.add(event('b', 'x'));
    await settled();
    await end('a', { ...failed, again: false });
    expect(log).toEqual(['begin a', 'bury a: GitLab is away', 'failed a', 'begin b']);
  });

  test('takes too long: it is aborted and tried again', async () => {
    const { loop, log, hand } = begin();
    loop.add(event('a'));
    await settled();
    await hand.moveTo(300_000);
    await hand.moveTo(305_000);
    expect(log).toEqual(['begin a', 'failed a', 'begin a']);
  });

  test('when the spool fails, the event stays for the next start', async () => {
    const { loop, log, spool } = begin();
    Object.assign(spool, { begin: () => Promise.reject(new Error('EIO')) });
    loop.add(event('a'));
    await settled();
    expect(log).toEqual(['Error: EIO']);
  });
});

test('row 120: what a newer event makes needless is done without being handled', async () => {
  const { loop, end, log } = begin(1);
  loop.add(event('busy'));
  for (const name of ['1', '2', '3']) loop.add(event(name, 'mr', 'updated'));
  await settled();
  await end('busy');
  expect(log).toEqual([
    'begin busy',
    'done 1',
    'done 2',
    'superseded 1',
    'superseded 2',
    'done busy',
    'handled busy',
    'begin 3',
  ]);
});

describe('stopping', () => {
  test('waits for what runs, and begins nothing more', async () => {
    const { loop, end, log } = begin(1);
    loop.add(event('a'));
    loop.add(event('b'));
    await settled();
    const stopped = loop.stop(1_000).then(() => log.push('stopped'));
    await settled();
    expect(log).toEqual(['begin a']);
    await end('a');
    await stopped;
    expect(log).toEqual(['begin a', 'done a', 'handled a', 'stopped']);
  });

  test('aborts what runs too long, and leaves it in the spool', async () => {
    const { loop, log, hand } = begin();
    loop.add(event('a'));
    await settled();
    const stopped = loop.stop(1_000);
    await hand.moveTo(1_000);
    await stopped;
    expect(log).toEqual(['begin a']);
  });
});
