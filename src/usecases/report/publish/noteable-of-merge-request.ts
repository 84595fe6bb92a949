import type { Repository } from '../../../gitlab/ports/repository.ts';
import type { MergeRequestAddress } from '../../../model/context.ts';
import type { Noteable } from '../../../model/noteable.ts';

/** A merge request as something to talk on; GitLab is asked for the project's id only where its path alone is known. */
export async function noteableOfMergeRequest(
  { project, iid }: MergeRequestAddress,
  gitlab: Pick<Repository, 'fetchProject'>,
): Promise<Noteable> {
  const id = typeof project === 'number' ? project : (await gitlab.fetchProject(project)).id;
  return { kind: 'merge_request', project: id, iid };
}
