/** Fields that every event has. All of them are claims of the payload: facts come from the API. */
import type * as z from 'zod';
import type { EventProject, EventUser } from './fields.ts';

export interface EventBase {
  /** Null for events without a project: system hooks, groups. */
  readonly project: EventProject | null;
  /** The user who did it; null when the payload does not say. */
  readonly user: EventUser | null;
  /** True when its content must not leave the object it is about. */
  readonly confidential: boolean;
}

/** How one kind of payload is read. Adding a kind is one file in `events/` and one line in the registry. */
export interface EventReader<
  Event extends EventBase & { readonly kind: string } = EventBase & { readonly kind: string },
> {
  readonly kind: Event['kind'];
  /** Names of `object_kind`; empty where the payload has none. */
  readonly objectKinds: readonly string[];
  /** Names of `event_name`, for payloads without `object_kind`. */
  readonly eventNames: readonly string[];
  /** GitLab's page on it. */
  readonly specification: string;
  readonly schema: z.ZodType<Event>;
}

/** Keeps the event's type while the shape is checked. */
export function eventReader<Event extends EventBase & { readonly kind: string }>(
  reader: EventReader<Event>,
): EventReader<Event> {
  return reader;
}

const page = 'https://docs.gitlab.com/user/project/integrations/webhook_events/';

/** GitLab's page on webhook events at one of its headings. */
export function webhookEvents(heading: string): string {
  return `${page}#${heading}`;
}
