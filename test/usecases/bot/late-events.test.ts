import { describe, expect, test } from 'vitest';
import { issueEvent, mergeRequestEvent } from './events.ts';
import { aStage, issue, mr, type Payload } from './stage.ts';

const config = `
bot:
  rules:
    - { name: shut, on: [merge_request.closed, issue.closed], do: [{ label: shut }] }
    - { name: back, on: [merge_request.reopened, issue.reopened], do: [{ unlabel: shut }] }
    - { name: in, on: merge_request.merged, do: [{ label: shipped }] }
    - { name: wip, on: merge_request.draft, do: [{ label: wip }] }
    - { name: go, on: merge_request.ready, do: [{ label: go }] }
`;

const changed = (previous: boolean): Payload => ({ changes: { draft: { previous, current: !previous } } });

describe('an event that GitLab contradicts', () => {
  test.each<[string, object, Payload]>([
    ['merged, and it is open', {}, mergeRequestEvent('merge')],
    ['closed, and it is open', {}, mergeRequestEvent('close')],
    ['opened again, and it is closed', { state: 'closed', labels: ['shut'] }, mergeRequestEvent('reopen')],
    ['a draft, and it is none', {}, mergeRequestEvent('update', changed(false))],
    [
      'ready, and it is a draft',
      { title: 'Draft: Take vouchers' },
      mergeRequestEvent('update', changed(true)),
    ],
  ])('does nothing: %s', async (_name, is, event) => {
    const stage = await aStage(config);
    Object.assign(stage.item(mr), is);
    expect((await stage.handle(event)).reason).toMatch(/it has changed since/);
    expect(stage.deeds()).toEqual([]);
  });

  test.each<[string, object, Payload]>([
    ['merged', { state: 'merged' }, mergeRequestEvent('merge')],
    ['closed', { state: 'closed' }, mergeRequestEvent('close')],
    ['opened again', { labels: ['shut'] }, mergeRequestEvent('reopen')],
    ['a draft', { title: 'Draft: Take vouchers' }, mergeRequestEvent('update', changed(false))],
    ['ready', {}, mergeRequestEvent('update', changed(true))],
  ])('and one that it confirms does: %s', async (_name, is, event) => {
    const stage = await aStage(config);
    Object.assign(stage.item(mr), is);
    await stage.handle(event);
    expect(stage.deeds()).toEqual(['PUT /projects/42/merge_requests/7']);
  });

  test('of an issue that was closed and opened again, the events end the same in both orders', async () => {
    const ends = await Promise.all(
      [['close', 'reopen'] as const, ['reopen', 'close'] as const].map(async (order) => {
        const stage = await aStage(config);
        for (const action of order) await stage.handle(issueEvent(action, 3));
        return stage.item(issue).labels;
      }),
    );
    expect(ends).toEqual([[], []]);
  });
});
