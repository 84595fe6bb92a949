import type { WorkItems } from '../../gitlab/ports/work-items.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Performed } from './performer.ts';

/** It was done. */
export function done(url: string | null = null, detail: string | null = null): Performed {
  return { outcome: 'done', url, detail };
}

/** It was so already. */
export function there(url: string | null = null, detail: string | null = null): Performed {
  return { outcome: 'there', url, detail };
}

/** It is not done, and why, for people. */
export function refused(detail: string): Performed {
  return { outcome: 'refused', url: null, detail };
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
