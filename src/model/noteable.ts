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
