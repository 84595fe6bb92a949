import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Delivery } from '../../src/receiver/delivery.ts';
import { openSeenIds } from '../../src/serve/seen-ids.ts';
import { openSpool, type Spool } from '../../src/serve/spool.ts';
import { replayDead } from '../../src/serve/spool-folders.ts';
import { lockSpool } from '../../src/serve/spool-lock.ts';

const limits = { maxEvents: 100, maxBytes: 1_000_000 };
const now = new Date('2026-03-01T10:20:30Z');
let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'herald-spool-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function about(id: string): Delivery {
  return { id, event: 'push', project: 1, path: null, object: `ref 1 ${id}`, meaning: null };
}

async function keep(spool: Spool, id: string, body = `body of ${id}`): Promise<string> {
  const kept = await spool.keep(about(id), Buffer.from(body), now);
  return kept.outcome === 'kept' ? kept.queued.name : kept.outcome;
}

test('what it keeps is there after a restart, in order, byte by byte', async () => {
  const spool = await openSpool(root, limits);
  const body = Buffer.from([0, 10, 13, 255, 10]);
  await spool.keep(about('first'), body, new Date(now.getTime() + 5_000));
  // The clock is set back; the order stays.
  await spool.keep(about('second'), Buffer.alloc(0), now);
  const again = await openSpool(root, limits);
  expect(again.left.map(({ id }) => id)).toEqual(['first', 'second']);
  expect(again.left[0]).toMatchObject({ ...about('first'), failures: 0 });
  const bodies = await Promise.all(again.left.map(({ name }) => again.bodyOf(name)));
  expect(bodies).toEqual([body, Buffer.alloc(0)]);
  expect([again.bytes, again.bytes > 0]).toEqual([spool.bytes, true]);
});

describe('row 112: a delivery that comes again is dropped', () => {
  test('while it waits, at the same moment, after it was handled, and after restarts', async () => {
    const spool = await openSpool(root, limits);
    const both = await Promise.all([keep(spool, 'a'), keep(spool, 'a')]);
    expect(both.toSorted()).toEqual([expect.stringMatching(/-a$/), 'duplicate']);
    expect(await keep(await openSpool(root, limits), 'a')).toBe('duplicate');
    await spool.done(both.find((name) => name !== 'duplicate') ?? '', now);
    expect(await keep(spool, 'a')).toBe('duplicate');
    expect(await keep(await openSpool(root, limits), 'a')).toBe('duplicate');
    expect(await readdir(join(root, 'queue'))).toEqual([]);
  });

  test('a half written line takes no other id with it', async () => {
    const spool = await openSpool(root, limits);
    await spool.done(await keep(spool, 'a'), now);
    await appendFile(join(root, 'seen', '2026-03-01T10-0000.txt'), 'cut');
    const next = await openSpool(root, limits);
    await next.done(await keep(next, 'b'), now);
    const last = await openSpool(root, limits);
    expect([await keep(last, 'a'), await keep(last, 'b')]).toEqual(['duplicate', 'duplicate']);
  });

  test('for two days, not for ever', async () => {
    const spool = await openSpool(root, limits);
    for (let hour = 0; hour < 60; hour += 1) {
      const name = await keep(spool, `id-${hour}`);
      await spool.done(name, new Date(now.getTime() + hour * 3_600_000));
    }
    expect(await readdir(join(root, 'seen'))).toHaveLength(49);
    expect([await keep(spool, 'id-0'), await keep(spool, 'id-59')]).toEqual([
      expect.any(String),
      'duplicate',
    ]);
  });
});

test('what is more than it may hold is not kept, and may come again', async () => {
  const spool = await openSpool(root, { maxEvents: 2, maxBytes: 400 });
  expect(await keep(spool, 'large', 'x'.repeat(500))).toBe('full');
  const first = await keep(spool, 'a');
  await keep(spool, 'b');
  expect(await keep(spool, 'c')).toBe('full');
  await spool.done(first, now);
  expect(await keep(spool, 'c')).toMatch(/-c$/);
});

test('what cannot be written is not kept, and may come again', async () => {
  const spool = await openSpool(root, limits);
  await rm(join(root, 'tmp'), { recursive: true });
  await expect(keep(spool, 'a')).rejects.toThrow('ENOENT');
  expect(spool.bytes).toBe(0);
  await mkdir(join(root, 'tmp'));
  expect(await keep(spool, 'a')).toMatch(/-a$/);
});

test('beginnings are counted before they are made, so that a killed receiver remembers them', async () => {
  const spool = await openSpool(root, limits);
  const name = await keep(spool, 'a');
  expect([await spool.begin(name), await spool.begin(name)]).toEqual([1, 2]);
  const again = await openSpool(root, limits);
  // The end of a receiver is no failure of the event.
  expect(again.left).toMatchObject([{ failures: 0, wasBegun: true, notBefore: 0 }]);
  expect(await again.begin(name)).toBe(3);
  expect((await again.bodyOf(name)).toString()).toBe('body of a');
});

test('failures are counted over restarts, with the moment before which it is not tried again', async () => {
  const spool = await openSpool(root, limits);
  const name = await keep(spool, 'a');
  const moment = new Date('2026-03-01T11:00:00Z');
  await spool.begin(name);
  await spool.fail(name, new Date('2026-03-01T10:30:00Z'));
  expect(await spool.begin(name)).toBe(1);
  await spool.fail(name, moment);
  const { left } = await openSpool(root, limits);
  expect(left).toMatchObject([{ failures: 2, wasBegun: true, notBefore: moment.getTime() }]);
});

describe('events that come together are one file', () => {
  const ids = ['a', 'b', 'c', 'd'];

  /** The first is alone: the others wait while it is written. */
  async function keepAll(spool: Spool): Promise<readonly string[]> {
    const names = await Promise.all(ids.map((id) => keep(spool, id)));
    expect(await readdir(join(root, 'queue'))).toHaveLength(2);
    return names;
  }

  test('each has its own body, in order, after a restart, too', async () => {
    const spool = await openSpool(root, limits);
    const names = await keepAll(spool);
    const again = await openSpool(root, limits);
    expect(again.left.map(({ name }) => name)).toEqual(names);
    for (const one of [spool, again])
      expect((await Promise.all(names.map((name) => one.bodyOf(name)))).map(String)).toEqual(
        ids.map((id) => `body of ${id}`),
      );
    expect(again.bytes).toBe(spool.bytes);
  });

  test('one that is over does not come back with the others, and the last takes the file with it', async () => {
    const spool = await openSpool(root, limits);
    const [a = '', b = '', c = '', d = ''] = await keepAll(spool);
    for (const name of [b, d, a]) await spool.done(name, now);
    const again = await openSpool(root, limits);
    expect(again.left.map(({ id }) => id)).toEqual(['c']);
    await again.done(c, now);
    expect(await readdir(join(root, 'queue'))).toEqual([]);
    expect(again.size).toBe(0);
  });

  test('one that is laid aside is taken up again while its file is still there', async () => {
    const spool = await openSpool(root, limits);
    const [, b = ''] = await keepAll(spool);
    await spool.bury(b, 'no');
    await replayDead(root);
    const again = await openSpool(root, limits);
    expect(again.left.map(({ id }) => id)).toEqual(['a', 'c', 'd', 'b']);
    const last = again.left.at(-1)?.name ?? '';
    expect((await again.bodyOf(last)).toString()).toBe('body of b');
  });

  test('when the disk fails, none of them is kept, and each may come again', async () => {
    const spool = await openSpool(root, limits);
    await rm(join(root, 'queue'), { recursive: true });
    const outcomes = await Promise.allSettled(ids.map((id) => keep(spool, id)));
    expect(outcomes.map(({ status }) => status)).toEqual(ids.map(() => 'rejected'));
    await mkdir(join(root, 'queue'));
    await keepAll(spool);
  });
});

test('a folder that cannot be written is seen, and nothing of the try stays', async () => {
  const spool = await openSpool(root, limits);
  await spool.tryOut();
  expect([await readdir(join(root, 'tmp')), await readdir(join(root, 'queue'))]).toEqual([[], []]);
  await rm(join(root, 'queue'), { recursive: true });
  await expect(spool.tryOut()).rejects.toThrow('ENOENT');
});

describe('what is kept in memory has a bound', () => {
  test('of events that are over nothing is kept but their ids', async () => {
    const spool = await openSpool(root, limits);
    for (let round = 0; round < 20; round += 1) {
      const names = await Promise.all(Array.from({ length: 50 }, (_, at) => keep(spool, `${round}-${at}`)));
      for (const name of names) await spool.begin(name);
      for (const name of names) await spool.done(name, now);
    }
    expect([spool.size, spool.bytes]).toEqual([0, 0]);
    expect((await readFile(join(root, 'work.log'), 'utf8')).split('\n').length).toBeLessThan(20_100);
  });

  test('of ids as many as allowed, the newest of them, whatever the clock says', async () => {
    await mkdir(join(root, 'seen-of-test'));
    const seen = await openSeenIds(join(root, 'seen-of-test'), { maxIds: 100, maxHours: 3 });
    const hours = [0, 1, 500, -700, 2, 2, 2];
    for (let at = 0; at < 1_000; at += 1) {
      const hour = hours[at % hours.length] ?? 0;
      await seen.add(`id-${at}`, new Date(now.getTime() + hour * 3_600_000));
      expect(seen.size).toBeLessThanOrEqual(100);
      expect(seen.has(`id-${at}`)).toBe(true);
    }
    const again = await openSeenIds(join(root, 'seen-of-test'), { maxIds: 100, maxHours: 3 });
    expect([again.size, again.has('id-999'), again.has('id-930'), again.has('id-0')]).toEqual([
      seen.size,
      true,
      true,
      false,
    ]);
  });
});

test('what is laid aside can be taken up again', async () => {
  const spool = await openSpool(root, limits);
  const name = await keep(spool, 'a');
  await spool.begin(name);
  await spool.bury(name, 'GitLab refused it');
  expect([await spool.deadCount(), spool.bytes]).toEqual([1, 0]);
  const [reason = ''] = (await readdir(join(root, 'dead'))).filter((file) => file.endsWith('.txt'));
  expect(await readFile(join(root, 'dead', reason), 'utf8')).toBe('GitLab refused it\n');
  expect((await openSpool(root, limits)).left).toEqual([]);
  expect(await replayDead(root)).toBe(1);
  const again = await openSpool(root, limits);
  expect(again.left).toMatchObject([{ ...about('a'), failures: 0 }]);
  expect(await again.deadCount()).toBe(0);
});

test('an unfinished file was never accepted, and files of others are not touched', async () => {
  await openSpool(root, limits);
  await writeFile(join(root, 'tmp', 'half'), 'x');
  await writeFile(join(root, 'queue', 'notes.txt'), 'x');
  expect((await openSpool(root, limits)).left).toEqual([]);
  expect(await readdir(join(root, 'tmp'))).toEqual([]);
  expect(await readdir(join(root, 'queue'))).toEqual(['notes.txt']);
});

test('a first line that someone changed costs only what the receiver knew of the event', async () => {
  const spool = await openSpool(root, limits);
  const name = await keep(spool, 'a');
  await writeFile(join(root, 'queue', `${name}.json`), '{"id":\nbody');
  const again = await openSpool(root, limits);
  expect(again.left).toMatchObject([{ id: 'a', event: 'unknown', project: null }]);
  expect((await again.bodyOf(name)).toString()).toBe('body');
});

test('only its owner may read it', async () => {
  const spool = await openSpool(join(root, 'new'), limits);
  await keep(spool, 'a');
  await chmod(root, 0o755);
  const { mode } = await import('node:fs').then((fs) => fs.statSync(join(root, 'new', 'queue')));
  expect((mode & 0o777).toString(8)).toBe('700');
});

describe('two receivers on one spool', () => {
  test('the second is refused until the first has ended', async () => {
    const lock = await lockSpool(root);
    await expect(lockSpool(root)).rejects.toThrow(`another receiver uses the spool ${root}`);
    await lock.release();
    const next = await lockSpool(root);
    await next.release();
    expect((await readdir(root)).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  test('of ten that start at once one gets it', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => lockSpool(root)));
    const locks = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(locks).toHaveLength(1);
    await Promise.all(locks.map((lock) => lock.release()));
  });

  test('a folder whose path is too long for a socket has a lock, too', async () => {
    const deep = join(root, 'x'.repeat(120));
    await mkdir(deep);
    const lock = await lockSpool(deep);
    await expect(lockSpool(deep)).rejects.toThrow('another receiver');
    await lock.release();
  });
});
