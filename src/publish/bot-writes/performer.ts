import type { CiControl } from '../../gitlab/ports/ci-control.ts';
import type { Conversations } from '../../gitlab/ports/conversations.ts';
import type { HeadPipelines } from '../../gitlab/ports/head-pipelines.ts';
import type { Install } from '../../gitlab/ports/install.ts';
import type { People } from '../../gitlab/ports/people.ts';
import type { Pipelines, Statuses, Users } from '../../gitlab/ports/port.ts';
import type { Releases } from '../../gitlab/ports/releases.ts';
import type { Repository } from '../../gitlab/ports/repository.ts';
import type { Projects } from '../../gitlab/ports/setup.ts';
import type { WorkItems } from '../../gitlab/ports/work-items.ts';
import type { Clock, Log } from '../../io/port.ts';
import type { BotAction, Cause } from '../../model/bot-write.ts';
import type { Document } from '../../model/document.ts';
import type { Noteable } from '../../model/noteable.ts';

/** The outcome of one action. */
export interface Performed {
  /**
   * `there`: it is already done. `refused`: GitLab does not allow it, or its object has changed since;
   * `detail` says which.
   */
  readonly outcome: 'done' | 'there' | 'refused';
  /** Address of the result; null when there is nothing to see. */
  readonly url: string | null;
  /** Words for people; null when the outcome says it all. */
  readonly detail: string | null;
}

/** The ports and settings for performing an action. */
export interface PerformerWorld {
  readonly gitlab: Users &
    Conversations &
    WorkItems &
    CiControl &
    Pipelines &
    Pick<Statuses, 'setStatus'> &
    Pick<People, 'fetchMember'> &
    Pick<Releases, 'fetchReleaseText' | 'updateReleaseText' | 'createRelease'> &
    Pick<Repository, 'fetchFile'> &
    Pick<Install, 'commitFiles'> &
    Pick<Projects, 'fetchServerVersion'> &
    Pick<Repository, 'fetchProject'> &
    Pick<HeadPipelines, 'fetchParents' | 'fetchStandingStatuses'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly renderMarkdown: (document: Document) => string;
}

/**
 * Checks whether the action is still needed, and does it. Throws what the port throws; the caller reports refusals.
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

/** It is not done; the reason in words. */
export function refused(detail: string, url: string | null = null): Performed {
  return { outcome: 'refused', url, detail };
}

/** The answer when a merge request or issue no longer exists. */
export function gone({ kind, iid }: Noteable): Performed {
  return refused(
    kind === 'issue'
      ? `The issue #${iid} is gone, or the bot cannot see it.`
      : `The merge request !${iid} is gone, or the bot cannot see it.`,
  );
}

/** The web address of a comment; null when the object is gone. One request. */
export async function noteUrl(
  on: Noteable,
  noteId: number,
  gitlab: Pick<WorkItems, 'fetchIssueFacts' | 'fetchMergeRequestFacts'>,
): Promise<string | null> {
  const facts =
    on.kind === 'issue'
      ? await gitlab.fetchIssueFacts(on.project, on.iid)
      : await gitlab.fetchMergeRequestFacts(on.project, on.iid);
  return facts === null ? null : `${facts.url}#note_${noteId}`;
}
