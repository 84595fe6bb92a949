import type { LogFields } from '../../io/port.ts';
import { actionOfEvent } from '../../model/event-parts.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Desk } from './desk.ts';
import { logAbout } from './log-about.ts';

interface About {
  readonly event: string;
  readonly project: number | string;
  readonly object: Noteable | null;
}

/**
 * Fields of log lines about an event, as in the receiver’s log: its name and action, the project by path or id, and
 * `!7` or `#3`; null where there is none.
 */
export function fieldsAbout({ event, project, object }: About): LogFields {
  const name = object === null ? null : `${object.kind === 'issue' ? '#' : '!'}${object.iid}`;
  return { event, action: actionOfEvent(event), project, object: name };
}

/** The same desk; its log lines say what they are about. */
export function deskAbout(desk: Desk, { event, object }: Omit<About, 'project'>): Desk {
  const about = fieldsAbout({ event, project: desk.project.path, object });
  return { ...desk, world: { ...desk.world, log: logAbout(desk.world.log, about) } };
}
