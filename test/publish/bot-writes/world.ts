import { connectGitLab } from '../../../src/gitlab/rest.ts';
import type { BotAction, Cause } from '../../../src/model/bot-write.ts';
import { type Document, paragraph, text } from '../../../src/model/document.ts';
import type { Noteable } from '../../../src/model/noteable.ts';
import type { PerformerWorld } from '../../../src/publish/bot-writes/performer.ts';
import { type PerformedWrite, performBotWrites } from '../../../src/publish/perform-bot-writes.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { aClock, aLog, type TestLog } from '../../gitlab/connect-for-test.ts';
import { haltTimers } from '../../halted-timers.ts';
import { tokens } from '../../support/gitlab/ask.ts';
import type { EmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';

export const mr: Noteable = { kind: 'merge_request', project: 42, iid: 17 };
export const issue: Noteable = { kind: 'issue', project: 42, iid: 5 };
export const missing: Noteable = { kind: 'merge_request', project: 42, iid: 99 };

export const rule: Cause = {
  by: 'rule welcome',
  event: 'merge_request.opened',
  config: '4f2b9c1d',
  permission: null,
};
export const command: Cause = { by: 'command hold', event: 'note', config: null, permission: 'Developer' };

export interface TestWorld extends PerformerWorld {
  readonly log: TestLog;
}

/** The bot, or whoever holds the token, at an embedded GitLab. */
export function worldAt(gitlab: EmbeddedGitLab, token: string = tokens.bot): TestWorld {
  const clock = aClock();
  const log = aLog();
  const client = connectGitLab({
    apiUrl: gitlab.apiUrl,
    token: { kind: 'bot', value: token, variable: 'HERALD_TOKEN' },
    log,
    clock,
    audit: () => undefined,
    caFile: null,
    variables: {},
  });
  return { gitlab: client, clock, log, renderMarkdown };
}

export function saying(words: string): Document {
  return [paragraph(text(words))];
}

/** One action, through the registry. */
export async function perform(
  world: PerformerWorld,
  action: BotAction,
  cause: Cause = rule,
): Promise<PerformedWrite> {
  const [performed] = await performBotWrites(world, [{ action, cause }], { dryRun: false });
  if (performed === undefined) throw new Error('nothing came back');
  return performed;
}

/** Two runs, neither of which sees what the other writes before it writes itself, however busy the machine is. */
export function atOnce<T>(one: () => Promise<T>, other: () => Promise<T>): Promise<readonly [T, T]> {
  const time = haltTimers();
  // A request that has arrived has three timers: two limits of the client, and the time that the server takes.
  return time.during(
    () => Promise.all([one(), other()]),
    () => time.waiting() % 3 === 0,
  );
}

/** What was sent to change something, since `from` requests: `PUT /projects/42/issues/5`. */
export function changesSince({ requests }: EmbeddedGitLab, from = 0): readonly string[] {
  return requests
    .slice(from)
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path}`);
}
