import { describe, expect, test } from 'vitest';
import type { BotAction } from '../../../src/model/bot-write.ts';
import { startEmbedded } from '../../support/gitlab/ask.ts';
import type { EmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { atOnce, mr, perform, saying, worldAt } from './world.ts';

type OpenIssue = Extract<BotAction, { do: 'openIssue' }>;

function open(overrides: Partial<OpenIssue> = {}): OpenIssue {
  return {
    do: 'openIssue',
    project: 42,
    key: 'rule/red main',
    title: 'main is red',
    document: saying('Since 10:00.'),
    labels: [],
    assigneeIds: [],
    confidential: false,
    repeat: null,
    ...overrides,
  };
}

const close: BotAction = { do: 'closeIssue', project: 42, key: 'rule/red main', document: saying('Green.') };

/** The bot's issues: iid, state, last lines of the notes. */
function ownIssues({ state }: EmbeddedGitLab) {
  return state.issues
    .filter(({ author }) => author?.username === 'herald-bot')
    .map(({ iid, state: is, notes }) => [iid, is, notes.map(({ body }) => body.split('\n').at(-1))]);
}

describe('an issue', () => {
  test('that is open is told of what is new, each thing once', async () => {
    const gitlab = await startEmbedded();
    for (const words of ['Again at 11:00.', 'Again at 11:00.', 'Again at 12:00.'])
      await perform(worldAt(gitlab), open({ repeat: saying(words) }));
    // The first one opened it.
    expect(ownIssues(gitlab)).toEqual([[7, 'opened', ['Again at 11:00.', 'Again at 12:00.']]]);
  });

  test('that was closed is opened again and says why, each time', async () => {
    const gitlab = await startEmbedded();
    for (const action of [open(), close, open(), close]) await perform(worldAt(gitlab), action);
    expect(ownIssues(gitlab)).toEqual([[7, 'closed', ['Green.', 'Since 10:00.', 'Green.']]]);
  });

  test('that is open counts before an older one that was closed', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), open());
    const [first] = gitlab.state.issues.slice(-1);
    if (first !== undefined) gitlab.state.issues.push({ ...first, iid: 8, notes: [] });
    if (first !== undefined) first.state = 'closed';
    expect(await perform(worldAt(gitlab), open())).toMatchObject({ outcome: 'there' });
    expect(ownIssues(gitlab).map(([iid, is]) => [iid, is])).toEqual([
      [7, 'closed'],
      [8, 'opened'],
    ]);
  });

  test('of another key is another', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), open());
    await perform(worldAt(gitlab), open({ key: 'rule/red release' }));
    await perform(worldAt(gitlab), close);
    expect(ownIssues(gitlab).map(([iid, is]) => [iid, is])).toEqual([
      [7, 'closed'],
      [8, 'opened'],
    ]);
  });

  test('of two runs at once the younger is closed and points to the older', async () => {
    const gitlab = await startEmbedded({ latencyMilliseconds: 10 });
    const both = await atOnce(
      () => perform(worldAt(gitlab), open()),
      () => perform(worldAt(gitlab), open()),
    );
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['done', 'there']);
    expect(gitlab.state.issues.slice(2).map(({ state, description }) => [state, description])).toEqual([
      ['opened', expect.stringContaining('Since 10:00.')],
      ['closed', 'Duplicate of #7.'],
    ]);
    expect(new Set(both.map(({ url }) => url)).size).toBe(1);
  });

  test('closed by two runs at once says it once', async () => {
    const gitlab = await startEmbedded({ latencyMilliseconds: 10 });
    await perform(worldAt(gitlab), open());
    await atOnce(
      () => perform(worldAt(gitlab), close),
      () => perform(worldAt(gitlab), close),
    );
    expect(ownIssues(gitlab)).toEqual([[7, 'closed', ['Green.']]]);
  });

  test('whose marker somebody has changed is not found again', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), open({ key: 'rule/other' }));
    const own = gitlab.state.issues.at(-1);
    if (own !== undefined) own.description = own.description?.replace('rule/other', 'rule/red%20main') ?? '';
    expect((await perform(worldAt(gitlab), close)).outcome).toBe('there');
    expect(own?.state).toBe('opened');
  });

  test('is linked with issues only', async () => {
    const gitlab = await startEmbedded();
    const performed = await perform(worldAt(gitlab), {
      do: 'linkIssues',
      from: mr,
      to: { ...mr, kind: 'issue' },
    });
    expect(performed).toMatchObject({ outcome: 'refused' });
    expect(gitlab.requests).toEqual([]);
  });
});
