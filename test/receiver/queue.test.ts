import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createQueue, type Queue, type Queued } from '../../src/receiver/queue.ts';

let made = 0;

function one(object: string, overrides: Partial<Queued> = {}): Queued {
  made += 1;
  const name = String(made).padStart(6, '0');
  const base = {
    id: name,
    event: 'push',
    project: 1,
    path: null,
    meaning: null,
    failures: 0,
    wasBegun: false,
    notBefore: 0,
  };
  return { ...base, name, object, arrivedAt: made, ...overrides };
}

function takeAll(queue: Queue, now = 0): readonly string[] {
  return queue.take(now, 100).map(({ name }) => name);
}

test('events of one object wait for one another, those of others do not', () => {
  const queue = createQueue();
  const [first, second, other] = [one('a'), one('a'), one('b')];
  for (const event of [first, second, other]) queue.add(event);
  expect(takeAll(queue)).toEqual([first.name, other.name]);
  expect([queue.waiting, queue.running]).toEqual([1, 2]);
  queue.finish(other);
  expect(takeAll(queue)).toEqual([]);
  queue.finish(first);
  expect(takeAll(queue)).toEqual([second.name]);
});

test('no more begin than there is room for, the longest waiting first', () => {
  const queue = createQueue();
  const events = ['a', 'b', 'c'].map((object) => one(object));
  for (const event of events.toReversed()) queue.add(event);
  expect(queue.take(0, 2).map(({ object }) => object)).toEqual(['a', 'b']);
  expect(queue.take(0, -1)).toEqual([]);
});

describe('row 120: a newer event that says the same makes the older needless', () => {
  test('of twenty pushes to one merge request one is handled', () => {
    const queue = createQueue();
    const pushes = Array.from({ length: 20 }, () => one('mr', { meaning: 'updated' }));
    const needless = pushes.flatMap((push) => queue.add(push));
    expect(needless).toEqual(pushes.slice(0, -1));
    expect(takeAll(queue)).toEqual([pushes.at(-1)?.name]);
  });

  test('not where it says something else, nothing comparable, or was begun', () => {
    const queue = createQueue();
    const kept = [
      one('mr', { meaning: 'opened' }),
      one('mr', { meaning: null }),
      one('mr', { meaning: 'updated', wasBegun: true }),
    ];
    for (const event of [...kept, one('mr', { meaning: 'updated' })]) expect(queue.add(event)).toEqual([]);
    expect(queue.waiting).toBe(4);
  });

  test('one that runs is not taken back', () => {
    const queue = createQueue();
    queue.add(one('mr', { meaning: 'updated' }));
    expect(takeAll(queue)).toHaveLength(1);
    expect(queue.add(one('mr', { meaning: 'updated' }))).toEqual([]);
  });
});

test('what failed is tried again after its wait, before what came later of its object', () => {
  const queue = createQueue();
  const [first, second] = [one('a'), one('a')];
  queue.add(first);
  queue.add(second);
  const [taken = first] = queue.take(0, 1);
  queue.retry(taken, 1_000);
  expect(queue.nextMoment(0)).toBe(1_000);
  expect(takeAll(queue, 999)).toEqual([]);
  const [again] = queue.take(1_000, 5);
  expect([again?.name, again?.failures, queue.nextMoment(1_000)]).toEqual([first.name, 1, null]);
  queue.finish(again ?? first);
  expect(takeAll(queue, 1_000)).toEqual([second.name]);
});

test('it says since when the oldest waits', () => {
  const queue = createQueue();
  expect(queue.oldestArrival()).toBeNull();
  queue.add(one('a', { arrivedAt: 70 }));
  queue.add(one('b', { arrivedAt: 50 }));
  expect(queue.oldestArrival()).toBe(50);
});

type Step =
  | { readonly do: 'add'; readonly object: string; readonly meaning: string | null }
  | { readonly do: 'take'; readonly free: number }
  | { readonly do: 'finish' | 'retry'; readonly which: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    object: fc.constantFrom('a', 'b', 'c'),
    meaning: fc.constantFrom(null, 'x', 'y'),
  }),
  fc.record({ do: fc.constant('take' as const), free: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constantFrom('finish' as const, 'retry' as const), which: fc.nat(5) }),
);

/** The same rules on one plain list, the slow way: what runs, and what waits in order of arrival. */
class PlainQueue {
  waiting: Queued[] = [];
  runs: Queued[] = [];

  add(event: Queued): readonly Queued[] {
    const gone = this.waiting.filter(
      ({ object, meaning, wasBegun }) =>
        object === event.object && meaning !== null && meaning === event.meaning && !wasBegun,
    );
    this.waiting = [...this.waiting.filter((other) => !gone.includes(other)), event];
    return gone;
  }

  take(free: number): readonly Queued[] {
    const taken: Queued[] = [];
    for (const event of this.waiting.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
      const isBusy = [...this.runs, ...taken].some(({ object }) => object === event.object);
      if (!isBusy && taken.length < free) taken.push(event);
    }
    this.waiting = this.waiting.filter((event) => !taken.includes(event));
    this.runs = [...this.runs, ...taken];
    return taken;
  }

  end(event: Queued, again: boolean): void {
    this.runs = this.runs.filter(({ name }) => name !== event.name);
    if (again) this.waiting = [{ ...event, failures: event.failures + 1, wasBegun: true }, ...this.waiting];
  }
}

test('it does what a plain list does, whatever comes in whatever order', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 60 }), (script) => {
      const queue = createQueue();
      const plain = new PlainQueue();
      for (const step of script) {
        if (step.do === 'add') {
          const event = one(step.object, { meaning: step.meaning });
          expect(queue.add(event)).toEqual(plain.add(event));
        } else if (step.do === 'take') {
          expect(queue.take(0, step.free)).toEqual(plain.take(step.free));
        } else {
          const event = plain.runs[step.which % Math.max(1, plain.runs.length)];
          if (event === undefined) continue;
          if (step.do === 'finish') queue.finish(event);
          else queue.retry(event, 0);
          plain.end(event, step.do === 'retry');
        }
        expect([queue.waiting, queue.running]).toEqual([plain.waiting.length, plain.runs.length]);
      }
    }),
    { numRuns: 500 },
  );
});
