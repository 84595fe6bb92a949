import { onTestFinished } from 'vitest';
import { type EmbeddedGitLab, type EmbeddedOptions, startEmbeddedGitLab } from './embedded-gitlab.ts';
import { type EmbeddedState, emptyState } from './state/state.ts';

/** Tokens of the state below, by who holds them; the bot has the one that follows when its token is replaced, too. */
export const tokens = {
  bot: 'bot-token',
  nextBot: 'next-bot-token',
  ada: 'ada-token',
  guest: 'guest-token',
  job: 'job-token',
} as const;
const ids = { bot: 7, ada: 11, guest: 12, project: 42, other: 43 } as const;
export const head = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';

/**
 * A project with a developer bot, a maintainer, a guest, a merge request !17 and an issue #5, both by the maintainer.
 */
export function talkState(): EmbeddedState {
  const state = emptyState();
  const bot = { id: ids.bot, username: 'herald-bot' };
  const ada = { id: ids.ada, username: 'ada', name: 'Ada' };
  state.users.push(bot, ada, { id: ids.guest, username: 'guest' });
  state.tokens.push(
    { value: tokens.bot, kind: 'personal', userId: ids.bot },
    { value: tokens.nextBot, kind: 'personal', userId: ids.bot },
    { value: tokens.ada, kind: 'personal', userId: ids.ada },
    { value: tokens.guest, kind: 'personal', userId: ids.guest },
    { value: tokens.job, kind: 'job', userId: ids.ada },
  );
  for (const [id, path] of [
    [ids.project, 'shop/till'],
    [ids.other, 'shop/stock'],
  ] as const)
    state.projects.push({ id, path_with_namespace: path, default_branch: 'main' });
  for (const [user_id, access_level] of [
    [ids.bot, 30],
    [ids.ada, 40],
    [ids.guest, 10],
  ] as const)
    state.ci.members.push({ project_id: ids.project, user_id, access_level });
  const work = { project_id: ids.project, author: ada, created_at: '2026-03-04T10:00:00.000Z' };
  state.mergeRequests.push({
    ...work,
    iid: 17,
    title: 'Take vouchers',
    description: 'Closes #5',
    state: 'opened',
    source_project_id: ids.project,
    source_branch: 'vouchers',
    target_branch: 'main',
    sha: head,
    labels: ['backend'],
    labelEvents: [],
    notes: [],
  });
  state.issues.push({ ...work, iid: 5, title: 'The till is slow', state: 'opened', labels: [], notes: [] });
  state.issues.push({ ...work, iid: 6, title: 'The stock is low', state: 'opened', labels: [], notes: [] });
  state.milestones.push({ id: 3, project_id: ids.project, title: '1.0', state: 'active' });
  return state;
}

export async function startEmbedded(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedGitLab> {
  const gitlab = await startEmbeddedGitLab({ state: talkState(), askedByHand: true, ...options });
  onTestFinished(() => gitlab.stop());
  return gitlab;
}

export interface Asked {
  readonly status: number;
  readonly json: unknown;
}

/** One request, below `/projects/42` unless the path says otherwise. */
export async function askEmbedded(
  gitlab: EmbeddedGitLab,
  request: string,
  { body = null, token = tokens.bot }: { readonly body?: object | null; readonly token?: string } = {},
): Promise<Asked> {
  const [method = 'GET', path = ''] = request.split(' ', 2);
  const response = await fetch(`${gitlab.apiUrl}${path.startsWith('/') ? path : `/projects/42/${path}`}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : (JSON.parse(text) as unknown) };
}
