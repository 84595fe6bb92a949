/** What people talk on in GitLab and the bot acts on, by the project's id and the object's iid. */
export interface Noteable {
  readonly kind: 'merge_request' | 'issue';
  readonly project: number;
  readonly iid: number;
}

/** `merge_request 12!7`, a text that is unique for each of them. */
export function noteableName({ kind, project, iid }: Noteable): string {
  return `${kind} ${project}${kind === 'issue' ? '#' : '!'}${iid}`;
}

/** A commit, by its full id: people can comment on it, but it has no labels, no state and no reactions. */
export interface CommitPlace {
  readonly kind: 'commit';
  readonly project: number;
  readonly sha: string;
}

/** Where people can write commands. */
export type TalkPlace = Noteable | CommitPlace;
