import * as fc from 'fast-check';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import {
  createPipelineTrigger,
  type PipelineTrigger,
  type TriggerAnswer,
} from '../../src/gitlab/trigger-pipeline.ts';
import { createQueue, type Queued } from '../../src/receiver/queue.ts';
import { bodyForTrigger, createForwarder, queueOf } from '../../src/serve/forward.ts';
import { createRequestGate } from '../../src/serve/request-gate.ts';
import type { Spool } from '../../src/serve/spool.ts';
import { createWorkLoop, type HandlingOutcome } from '../../src/serve/work-loop.ts';
import { aLog } from '../gitlab/connect-for-test.ts';
import { aClock } from './a-clock.ts';

const never = (): AbortSignal => new AbortController().signal;
const limits = { maxRequestsPerMinute: 600, maxInFlight: 10 };
const created: TriggerAnswer = { status: 201, waitMs: null, refusesQueue: false };

function refusal(status: number, waitMs: number | null = null): TriggerAnswer {
  return { status, waitMs, refusesQueue: false };
}

function event(name: string, object = name): Queued {
  const about = { event: 'push', project: 1, path: 'shop/till', meaning: null };
  return { id: name, name, object, ...about, arrivedAt: 0, failures: 0, wasBegun: false, notBefore: 0 };
}

/** Lets everything happen that waits for nothing but its turn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
}

interface Sent {
  readonly at: number;
  readonly body: string;
  readonly queue: string | null;
}

/** A forwarder with a GitLab that answers as told. */
function begin(answer: (sent: Sent) => TriggerAnswer, queues = 1) {
  const clock = aClock();
  const sent: Sent[] = [];
  const warnings: string[] = [];
  const trigger: PipelineTrigger = (body, queue) => {
    const one = { at: clock.now(), body: new TextDecoder().decode(body), queue };
    sent.push(one);
    return Promise.resolve(answer(one));
  };
  const forward = createForwarder({
    ...clock,
    trigger,
    gate: createRequestGate(limits, clock),
    queues,
    ownProject: 'shop/herald-bot',
    warn: (text) => void warnings.push(text),
  });
  const begun = (name: string, signal = never(), object = name): { outcome: HandlingOutcome | null } => {
    const work: { outcome: HandlingOutcome | null } = { outcome: null };
    void forward(event(name, object), Buffer.from(JSON.stringify({ name })), signal).then((outcome) => {
      work.outcome = outcome;
    });
    return work;
  };
  return { clock, sent, warnings, forward, begun };
}

describe('what is about the bot’s own project', () => {
  const handled = async (changes: Partial<Queued>): Promise<HandlingOutcome> => {
    const { forward } = begin(() => created);
    return forward({ ...event('one'), ...changes }, Buffer.from('{}'), never());
  };

  test('starts no pipeline, which would deliver events without end', async () => {
    expect(await handled({ path: 'shop/herald-bot' })).toMatchObject({ outcome: 'ignored' });
    expect(await handled({ path: null })).toMatchObject({ outcome: 'ignored' });
  });

  test('starts one for an alert, which comes from no pipeline', async () => {
    expect(await handled({ path: null, event: 'alert' })).toMatchObject({ outcome: 'handled' });
  });
});

describe('what GitLab asks for', () => {
  test.each([
    [429, 90_000, 90_000],
    [503, 30_000, 30_000],
    // GitLab's limit on new pipelines counts by the minute.
    [429, null, 60_000],
    // Nobody means a day.
    [429, 86_400_000, 3_600_000],
  ])('after %i with a wait of %j nothing is sent for %i ms, of no event', async (status, waitMs, pause) => {
    let isBusy = true;
    const { clock, sent, begun } = begin(() => (isBusy ? refusal(status, waitMs) : created));
    const first = begun('first');
    await settled();
    isBusy = false;
    const second = begun('second');
    clock.moveTo(pause - 1);
    await settled();
    expect(sent.map(({ at }) => at)).toEqual([0]);
    clock.moveTo(pause);
    await settled();
    expect(sent.map(({ at, body }) => [at, body])).toEqual([
      [0, '{"name":"first"}'],
      [pause, '{"name":"first"}'],
      [pause, '{"name":"second"}'],
    ]);
    for (const { outcome } of [first, second])
      expect(outcome).toEqual({ outcome: 'handled', detail: 'a pipeline was started' });
  });

  test.each([500, 502, 503])('%i without a wait fails, and is tried again later', async (status) => {
    const { sent, begun } = begin(() => refusal(status));
    const work = begun('one');
    await settled();
    expect(work.outcome).toEqual({ outcome: 'failed', detail: `GitLab answered ${status}`, again: true });
    expect(sent).toHaveLength(1);
  });

  test('an event whose time is over while it waits is tried again later, and sends nothing', async () => {
    const { clock, sent, begun } = begin(() => refusal(429, 60_000));
    const controller = new AbortController();
    const work = begun('one', controller.signal);
    await settled();
    controller.abort();
    await settled();
    expect(work.outcome).toMatchObject({ outcome: 'failed', again: true });
    clock.moveTo(120_000);
    await settled();
    expect(sent).toHaveLength(1);
  });

  test('row 95: no more requests in a minute than the setting', async () => {
    const { clock, sent, begun } = begin(() => created);
    for (let count = 0; count < 650; count += 1) begun(`event ${count}`);
    await settled();
    for (let turn = 0; turn < 100; turn += 1) await settled();
    expect(sent).toHaveLength(600);
    clock.moveTo(61_000);
    for (let turn = 0; turn < 20; turn += 1) await settled();
    expect(sent).toHaveLength(650);
  });
});

describe('the queue of an event', () => {
  test('is the same for all events of one object, and all are used', () => {
    const objects = Array.from({ length: 2_000 }, (_, at) => `merge_request ${at % 300}!${at}`);
    const first = objects.map((object) => queueOf(object, 20));
    expect(objects.map((object) => queueOf(object, 20))).toEqual(first);
    const counts = new Map<string | null, number>();
    for (const queue of first) counts.set(queue, (counts.get(queue) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual(Array.from({ length: 20 }, (_, at) => `q${at}`).sort());
    // 100 each; a fair hash stays within five deviations.
    expect(Math.max(...counts.values())).toBeLessThan(150);
  });

  // Written down: receivers of different versions side by side must agree.
  test.each([
    ['merge_request 42!7', 20, 'q2'],
    ['issue 42#3', 20, 'q18'],
    ['issue 42#3', 1, null],
  ])('%s in %i queues is %j', (object, queues, queue) => {
    expect(queueOf(object, queues)).toBe(queue);
  });

  test('is left out where the bot’s project does not know it, and that is said once', async () => {
    const { sent, warnings, begun } = begin(
      ({ queue }) => (queue === null ? created : { status: 400, waitMs: null, refusesQueue: true }),
      20,
    );
    const first = begun('a');
    await settled();
    const second = begun('b');
    await settled();
    expect([first.outcome, second.outcome]).toEqual(
      [1, 2].map(() => ({ outcome: 'handled', detail: 'a pipeline was started' })),
    );
    expect(sent.map(({ queue }) => queue === null)).toEqual([false, true, true]);
    expect(warnings).toEqual([expect.stringContaining('declare the input "queue"')]);
  });

  test('stays where GitLab refuses the pipeline without it, too', async () => {
    const { sent, warnings, begun } = begin(() => ({ status: 400, waitMs: null, refusesQueue: true }), 20);
    begun('a');
    await settled();
    begun('b');
    await settled();
    expect(sent.map(({ queue }) => queue === null)).toEqual([false, true, false, true]);
    expect(warnings).toEqual([]);
  });
});

describe('many events while GitLab is busy', () => {
  /** Answers of GitLab, one after another: created where the list has ended. */
  const answers = fc.array(
    fc.oneof(
      fc.constant(created),
      fc.integer({ min: 1, max: 120_000 }).map((waitMs) => refusal(429, waitMs)),
      fc.constant(refusal(429)),
      fc.constant(refusal(502)),
      fc.integer({ min: 1, max: 60_000 }).map((waitMs) => refusal(503, waitMs)),
      fc.constant<TriggerAnswer>({ status: null, detail: 'reset' }),
    ),
    { maxLength: 12 },
  );

  test('none is lost or laid aside, and those of one object keep their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        answers,
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 }),
        async (given, objects) => {
          const left = [...given];
          const started: string[] = [];
          let pausedUntil = 0;
          const { clock, forward } = begin(({ at, body }) => {
            expect(at).toBeGreaterThanOrEqual(pausedUntil);
            const answer = left.shift() ?? created;
            if (answer.status === 201) started.push(nameIn(body));
            else if (answer.status === 429) pausedUntil = at + (answer.waitMs ?? 60_000);
            return answer;
          });
          const buried: string[] = [];
          const spool: Spool = {
            left: [],
            bytes: 0,
            size: 0,
            fail: () => Promise.resolve(),
            tryOut: () => Promise.resolve(),
            keep: () => Promise.resolve({ outcome: 'full' }),
            begin: () => Promise.resolve(1),
            bodyOf: (name) => Promise.resolve(Buffer.from(JSON.stringify({ name }))),
            done: () => Promise.resolve(),
            bury: (name) => Promise.resolve(void buried.push(name)),
            deadCount: () => Promise.resolve(0),
          };
          const loop = createWorkLoop({
            queue: createQueue(),
            spool,
            handle: forward,
            // One at a time, so that an answer cannot overtake the one that asked to wait.
            concurrency: 1,
            now: () => new Date(clock.now()),
            elapsed: () => clock.now(),
            callAfter: (milliseconds, callback) => clock.callAfter(milliseconds, callback),
            ended: () => undefined,
            broken: (error) => {
              throw error;
            },
          });
          const names = objects.map((object, at) => `${String(at).padStart(2, '0')}${object}`);
          for (const [at, object] of objects.entries()) loop.add(event(names[at] ?? '', object));
          for (let minutes = 0; minutes < 600; minutes += 1) {
            await settled();
            if (started.length >= names.length) break;
            clock.moveTo(clock.now() + 30_000);
          }
          expect(buried).toEqual([]);
          for (const object of ['a', 'b', 'c'])
            expect(started.filter((name) => name.endsWith(object))).toEqual(
              names.filter((name) => name.endsWith(object)),
            );
        },
      ),
      { numRuns: 40 },
    );
  });
});

function nameIn(body: string): string {
  const value: unknown = JSON.parse(body);
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : '';
}

test('nothing in a payload can set inputs or variables, or name another token', () => {
  const body = {
    object_kind: 'push',
    inputs: { queue: 'q1' },
    variables: { A: 'b' },
    token: 'x',
    ref: 'main',
  };
  const kept = new TextDecoder().decode(bodyForTrigger(Buffer.from(JSON.stringify(body))));
  expect(JSON.parse(kept)).toEqual({ object_kind: 'push', herald_ref: 'main' });
});

describe('the request that starts a pipeline', () => {
  const target = { apiUrl: 'https://gitlab.example.com/api/v4', project: 9, ref: 'main', token: 'trigger' };
  const now = new Date('2026-03-04T10:00:00.000Z');
  const trigger = createPipelineTrigger(target, { caFile: null, variables: {}, log: aLog(), now: () => now });
  const path = '/api/v4/projects/9/ref/main/trigger/pipeline';
  const body = Buffer.from('{}');

  test.each([
    ['q7', { token: 'trigger', 'inputs[queue]': 'q7' }],
    [null, { token: 'trigger' }],
  ])('names the queue %j in its address', async (queue, query) => {
    nock('https://gitlab.example.com').post(path).query(query).reply(201, {});
    expect(await trigger(body, queue)).toEqual(created);
  });

  test.each([
    [{ 'retry-after': '17' }, 17_000],
    [{ 'retry-after': 'Wed, 04 Mar 2026 10:01:00 GMT' }, 60_000],
    [{}, null],
  ])('reads the wait in %j', async (headers, waitMs) => {
    nock('https://gitlab.example.com').post(path).query(true).reply(429, 'Retry later', headers);
    expect(await trigger(body, null)).toEqual({ status: 429, waitMs, refusesQueue: false });
  });

  test.each([
    // lib/gitlab/ci/config/interpolation/inputs.rb and yaml/interpolator.rb
    ['q7', 'unknown input arguments: queue', true],
    ['q7', 'Given inputs not defined in the `spec` section of the included configuration file', true],
    ['q7', 'Reference not found', false],
    [null, 'Given inputs not defined in the `spec` section of the included configuration file', false],
  ])('with the queue %j, and told "%s", knows whether that is why', async (queue, text, refusesQueue) => {
    nock('https://gitlab.example.com')
      .post(path)
      .query(true)
      .reply(400, { message: { base: [text] } });
    expect(await trigger(body, queue)).toEqual({ status: 400, waitMs: null, refusesQueue });
  });
});
