import type { Trigger, Webhook } from '../../src/model/setup.ts';
import type { SetupChange, WantedWebhook } from '../../src/setup/change.ts';
import { hookDescription, triggerDescription } from '../../src/setup/markers.ts';
import { wantedWebhook } from '../../src/setup/wanted-webhook.ts';
import { bot } from './bot-project-state.ts';

export const watched = { id: 100, path: 'shop/checkout' } as const;

export const wanted: WantedWebhook = wantedWebhook({
  apiUrl: 'https://gitlab.example.com/api/v4',
  botProject: bot.id,
  ref: 'main',
  events: ['note_events', 'merge_requests_events'],
  template: '{}',
  sslVerification: true,
  branches: '',
});

/** A token of the watched project's webhook, as an earlier run made it. */
export function aTrigger(id: number, overrides: Partial<Trigger> = {}): Trigger {
  return {
    id,
    description: triggerDescription(watched.id, new Date(id)),
    owner: { id: 70, username: 'maria', active: true },
    expiresAt: null,
    ...overrides,
  };
}

/** A webhook that an earlier run made with a token. */
export function aWebhook(id: number, trigger: number, overrides: Partial<Webhook> = {}): Webhook {
  return {
    id,
    ...wanted,
    description: hookDescription(bot.id, trigger),
    urlVariables: ['herald_token'],
    state: 'working',
    pausedUntil: null,
    hasToken: null,
    isSigned: null,
    ...overrides,
  };
}

/** Changes in few words: `delete-webhook 3`, `make-webhook for 3`, `change-webhook 3 name,url`. */
export function inShort(changes: readonly SetupChange[]): readonly string[] {
  return changes.map((change) => {
    const parts: (string | number)[] = [change.do];
    if ('replaces' in change && change.replaces !== null) parts.push('for', change.replaces);
    if ('before' in change) parts.push(change.before.id);
    if ('id' in change) parts.push(change.id);
    if ('key' in change) parts.push(change.key);
    if ('differences' in change) parts.push(change.differences.map(({ name }) => name).join(','));
    return parts.join(' ');
  });
}
