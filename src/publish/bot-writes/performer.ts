import type { CiControl } from '../../gitlab/ports/ci-control.ts';
import type { Conversations } from '../../gitlab/ports/conversations.ts';
import type { GitLab } from '../../gitlab/ports/port.ts';
import type { WorkItems } from '../../gitlab/ports/work-items.ts';
import type { Clock, Log } from '../../io/port.ts';
import type { BotAction, Cause } from '../../model/bot-write.ts';
import type { Document } from '../../model/document.ts';
import type { Noteable } from '../../model/noteable.ts';

/** What became of one action. */
export interface Performed {
  /**
   * `there`: it is so already. `refused`: GitLab does not allow it, or what it was planned for has changed since;
   * `detail` says which.
   */
  readonly outcome: 'done' | 'there' | 'refused';
  /** What came out of it, for people to open; null when there is nothing to see. */
  readonly url: string | null;
  /** Words for people; null when the outcome says it all. */
  readonly detail: string | null;
}

/** What performing an action may touch. */
export interface PerformerWorld {
  readonly gitlab: GitLab & Conversations & WorkItems & CiControl;
  readonly clock: Clock;
  readonly log: Log;
  readonly renderMarkdown: (document: Document) => string;
}

/**
 * Looks whether it is still to be done, and does it. Throws what the port throws; a refusal is told by who calls it.
 */
export type Performer<Do extends BotAction['do']> = (
  action: Extract<BotAction, { readonly do: Do }>,
  cause: Cause,
  world: PerformerWorld,
) => Promise<Performed>;

/** It was done. */
export function done(url: string | null = null, detail: string | null = null): Performed {
  return { outcome: 'done', url, detail };
}

/** It was so already. */
export function there(url: string | null = null, detail: string | null = null): Performed {
  return { outcome: 'there', url, detail };
}

/** It is not done, and why, for people. */
export function refused(detail: string, url: string | null = null): Performed {
  return { outcome: 'refused', url, detail };
}

/** What a merge request or issue is called when it is not there any more. */
export function gone({ kind, iid }: Noteable): Performed {
  return refused(
    kind === 'issue'
      ? `The issue #${iid} is gone, or the bot cannot see it.`
      : `The merge request !${iid} is gone, or the bot cannot see it.`,
  );
}

/** The web address of a comment; null when the object is gone. One request. */
export async function noteUrl(on: Noteable, noteId: number, gitlab: GitLab): Promise<string | null> {
  const facts =
    on.kind === 'issue'
      ? await gitlab.fetchIssueFacts(on.project, on.iid)
      : await gitlab.fetchMergeRequestFacts(on.project, on.iid);
  return facts === null ? null : `${facts.url}#note_${noteId}`;
}
