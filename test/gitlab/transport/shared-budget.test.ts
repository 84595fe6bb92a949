import { expect, test } from 'vitest';
import { createSharedBudget, type Grantor } from '../../../src/gitlab/transport/shared-budget.ts';

function aGrantor() {
  const sent: unknown[] = [];
  const alive: boolean[] = [];
  let listener: (message: unknown) => void = () => undefined;
  const grantor: Grantor = {
    send: (message) => void sent.push(message),
    onMessage: (given) => {
      listener = given;
    },
    keepAlive: (isNeeded) => void alive.push(isNeeded),
  };
  return {
    grantor,
    sent,
    alive,
    say: (message: unknown) => {
      listener(message);
    },
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

test('a request waits until it is granted, keeps the process alive for so long, and says when it is over', async () => {
  const { grantor, sent, alive, say } = aGrantor();
  const budget = createSharedBudget(grantor);
  let isSent = false;
  const request = budget.run(() => {
    isSent = true;
    budget.heard('17');
    return Promise.resolve('answer');
  });
  await settled();
  expect([isSent, alive, sent]).toEqual([false, [true], [{ kind: 'ask', request: 1 }]]);
  say({ kind: 'granted', request: 1 });
  expect(await request).toBe('answer');
  expect([alive, sent.at(-1)]).toEqual([[true, false], { kind: 'over', request: 1, remaining: 17 }]);
  expect([budget.count(), budget.remaining()]).toEqual([1, 17]);
});

test('one that fails is over, too', async () => {
  const { grantor, sent, say } = aGrantor();
  const request = createSharedBudget(grantor).run(() => Promise.reject(new Error('broken')));
  say({ kind: 'granted', request: 1 });
  await expect(request).rejects.toThrow('broken');
  expect(sent.at(-1)).toEqual({ kind: 'over', request: 1, remaining: null });
});

test.each([
  null,
  'granted',
  { kind: 'granted' },
  { kind: 'granted', request: 2 },
  { kind: 'other', request: 1 },
])('the message %j grants nothing', async (message) => {
  const { grantor, say } = aGrantor();
  let isSent = false;
  void createSharedBudget(grantor).run(() => {
    isSent = true;
    return Promise.resolve();
  });
  say(message);
  await settled();
  expect(isSent).toBe(false);
});
