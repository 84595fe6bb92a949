import { expect, test } from 'vitest';
import type { HookDelivery } from '../../../src/model/setup.ts';
import { failedForGood } from '../../../src/usecases/setup/deliveries.ts';

function delivery(id: number, status: number | null, idempotencyKey: string | null): HookDelivery {
  return { id, event: 'note_hooks', status, answer: '', at: null, seconds: 0, idempotencyKey };
}

test.each<[string, readonly HookDelivery[], readonly number[]]>([
  [
    'each event once, by its newest attempt, the oldest event first',
    [delivery(4, 500, 'b'), delivery(3, 500, 'a'), delivery(2, 500, 'a'), delivery(1, 200, 'c')],
    [3, 4],
  ],
  ['none that arrived later', [delivery(2, 200, 'a'), delivery(1, 500, 'a')], []],
  ['none that had arrived before', [delivery(2, 500, 'a'), delivery(1, 200, 'a')], []],
  [
    'each one before 17.4, where attempts have no key',
    [delivery(2, 500, null), delivery(1, null, null)],
    [1, 2],
  ],
])('row 118: failed deliveries to send again: %s', (_name, deliveries, ids) => {
  expect(failedForGood(deliveries).map(({ id }) => id)).toEqual(ids);
});
