import { expect, test } from 'vitest';
import { revertedBy } from '../../src/trail/reverts.ts';

const sha = 'c1'.repeat(20);

test.each<readonly [message: string, found: readonly unknown[]]>([
  ['Revert "Take vouchers"\n\nThis reverts merge request !7', [{ kind: 'merge_request', iid: 7 }]],
  [`Revert "Take vouchers"\n\nThis reverts commit ${sha}.`, [{ kind: 'commit', sha }]],
  [`Revert "Take vouchers"\n\nThis reverts commit ${sha}`, [{ kind: 'commit', sha }]],
  ['This reverts merge request !7\nThis reverts merge request !7', [{ kind: 'merge_request', iid: 7 }]],
  ['We say: This reverts merge request !7', []],
  ['This reverts merge request shop/other!7', []],
  ['This reverts merge request !0', []],
  ['This reverts commit abc1234', []],
  ['> This reverts merge request !7', []],
  ['', []],
])('row 73: what %j undoes', (message, found) => {
  expect(revertedBy([message])).toEqual(found);
});

test('row 73: not more than ten', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `This reverts merge request !${index + 1}`);
  expect(revertedBy(lines)).toHaveLength(10);
});
