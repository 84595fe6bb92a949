import { demoBot } from '../../../src/demo/scenario.ts';
import { createSignature } from '../../../src/gitlab/transport/signature.ts';
import { flakyIssue, flakyKey } from '../../../src/model/flaky-mark.ts';
import { withIssueMarker } from '../../../src/model/issue-marker.ts';
import { withBotMark } from '../../../src/publish/bot-marker.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';

const sign = createSignature('demo-bot-token');

/** The issue with the marks of one test of the demo's project, as the command makes it. */
export function markFlaky({ issues: all }: EmbeddedState, label: string): void {
  const on = { kind: 'issue', project: 42, iid: 3 } as const;
  const owner = { project: 42, authorId: demoBot.id };
  const mark = {
    kind: 'note',
    key: flakyKey(label),
    by: 'command flaky',
    event: 'note',
    config: null,
    permission: 'dev, developer',
  } as const;
  const at = '2026-03-04T10:15:00.000Z';
  const body = withBotMark(mark, { on, authorId: demoBot.id, sign }, 'It is flaky.');
  all.push({
    project_id: 42,
    iid: 3,
    title: 'Tests known as flaky',
    author: demoBot,
    state: 'opened',
    confidential: true,
    labels: [flakyIssue.label],
    description: withIssueMarker({ key: flakyIssue.key, body: 'Tests' }, owner, sign),
    notes: [{ id: 900, author: demoBot, body, system: false, created_at: at, updated_at: at }],
    created_at: at,
  });
}
