/** Webhooks of groups, each of which delivers the events of all projects below it: Premium, and for owners to see. */
import { GitLabRefusedError } from '../../errors.ts';
import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Webhook } from '../../model/setup.ts';
import type { GroupPlace, WantedWebhook } from '../../setup/change.ts';
import { isReceiverWebhook } from '../../setup/plan-receiver.ts';
import { wantedReceiverWebhook } from '../../setup/receiver-webhook.ts';

/** A group whose webhooks can be seen. */
export interface SeenGroup {
  readonly place: GroupPlace;
  readonly hooks: readonly Webhook[];
}

/** A group with a webhook to the receiver. */
export interface DeliveringGroup {
  readonly place: GroupPlace;
  readonly hook: Webhook;
}

/** The address of a group's webhook to a receiver, which is how it is found before GitLab 17.1. */
function urlFor(address: string, { id }: GroupPlace): string {
  const wishes = { address, owner: { group: id }, events: [], sslVerification: true, branches: '' };
  return wantedReceiverWebhook(wishes).url;
}

/** The webhook to the receiver that `herald setup` made in a group; null where there is none. */
function webhookToReceiver({ place, hooks }: SeenGroup, address: string): Webhook | null {
  const url = urlFor(address, place);
  const own = hooks.filter((hook) => isReceiverWebhook(hook, url, { group: place.id }));
  return own.find((hook) => hook.url === url) ?? own[0] ?? null;
}

/** Switches that are wanted, and that the webhook of a group has off. */
export function missingSwitches(wanted: WantedWebhook, { hook }: DeliveringGroup): readonly string[] {
  return Object.entries(wanted.switches).flatMap(([name, on]) =>
    on && hook.switches[name] === false ? [name] : [],
  );
}

/** Looks at webhooks of groups, at each group once. */
export interface GroupWebhooks {
  /** Null where the group is not there, is not Premium, or its webhooks are not for this token. */
  see(path: string): Promise<SeenGroup | null>;
  /** The topmost group above a project or group that delivers to the receiver; null where none is seen. */
  deliveringAbove(path: string): Promise<DeliveringGroup | null>;
  /** Those that `deliveringAbove` has found so far. */
  found(): readonly DeliveringGroup[];
}

async function look(path: string, gitlab: GitLab): Promise<SeenGroup | null> {
  const group = await gitlab.fetchGroup(path);
  if (group === null) return null;
  try {
    const hooks = await gitlab.fetchWebhooks({ group: group.id });
    return { place: { id: group.id, path: group.path, isGroup: true }, hooks };
  } catch (error) {
    // 404 below Premium; 403 for all but owners.
    if (error instanceof GitLabRefusedError && (error.status === 403 || error.status === 404)) return null;
    throw error;
  }
}

/** Makes what looks at the webhooks of groups to one receiver. */
export function createGroupWebhooks(address: string, gitlab: GitLab): GroupWebhooks {
  const seen = new Map<string, Promise<SeenGroup | null>>();
  const delivering = new Map<number, DeliveringGroup>();
  const see = (path: string): Promise<SeenGroup | null> => {
    const known = seen.get(path) ?? look(path, gitlab);
    seen.set(path, known);
    return known;
  };
  return {
    see,
    async deliveringAbove(path) {
      const parts = path.split('/').slice(0, -1);
      for (let count = 1; count <= parts.length; count += 1) {
        const group = await see(parts.slice(0, count).join('/'));
        const hook = group === null ? null : webhookToReceiver(group, address);
        if (group === null || hook === null) continue;
        const one = { place: group.place, hook };
        delivering.set(group.place.id, one);
        return one;
      }
      return null;
    },
    found: () => [...delivering.values()],
  };
}
