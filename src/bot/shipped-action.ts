import type { BotAction, ShippedItem } from '../model/bot-write.ts';
import { link, paragraph, text } from '../model/document.ts';
import type { MilestoneFacts } from '../model/facts.ts';
import type { Noteable } from '../model/noteable.ts';
import type { Release } from '../model/release.ts';
import { mutedLabel } from './commands/mute.ts';

export interface ShippedWish {
  readonly project: { readonly id: number; readonly url: string };
  readonly labels: readonly string[];
  /** Set where there is none; null sets none. */
  readonly milestone: MilestoneFacts | null;
}

interface Item {
  readonly on: Noteable;
  readonly labels: readonly string[];
  readonly milestone: MilestoneFacts | null;
}

function itemOf({ on, labels, milestone }: Item, wish: ShippedWish): ShippedItem {
  return {
    on,
    addLabels: wish.labels.filter((label) => !labels.includes(label)),
    milestoneId: milestone === null ? (wish.milestone?.id ?? null) : null,
  };
}

/**
 * Says on each merge request and issue of a release that the release has it; null where the release has none, or has
 * no tag. Muted ones are ignored.
 */
export function shippedAction(release: Release, wish: ShippedWish): BotAction | null {
  const { tag } = release;
  const { id: project, url } = wish.project;
  if (tag === null) return null;
  const at = (kind: Noteable['kind'], iid: number): Noteable => ({ kind, project, iid });
  const items = [
    ...release.mergeRequests.map((one) => ({ ...one, on: at('merge_request', one.iid) })),
    ...release.issues.map((one) => ({ ...one, on: at('issue', one.iid) })),
  ]
    .filter(({ labels }) => !labels.includes(mutedLabel))
    .map((item) => itemOf(item, wish));
  if (items.length === 0) return null;
  const address = `${url}/-/tags/${encodeURIComponent(tag)}`;
  const document = [paragraph(text('Shipped in '), link(address, text(tag)), text('.'))];
  return { do: 'markShipped', project, tag, document, items };
}
