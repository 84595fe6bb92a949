import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Performed } from './performer.ts';

/** It was done. */
export function done(url: string | null = null, detail: string | null = null): Performed {
  return { outcome: 'done', url, detail };
}

/** It was already done. */
export function there(url: string | null = null, detail: string | null = null): Performed {
  return { outcome: 'there', url, detail };
}

/** It is not done; the reason in words. */
export function refused(detail: string): Performed {
  return { outcome: 'refused', url: null, detail };
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
export async function noteUrl(on: Noteable, noteId: number, gitlab: GitLab): Promise<string | null> {
  const facts =
    on.kind === 'issue'
      ? await gitlab.fetchIssueFacts(on.project, on.iid)
      : await gitlab.fetchMergeRequestFacts(on.project, on.iid);
  return facts === null ? null : `${facts.url}#note_${noteId}`;
}
