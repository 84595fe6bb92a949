import type { Noteable } from '../../model/noteable.ts';
import { projectPath } from '../transport/api.ts';

/** The path of a merge request or an issue below the API. */
export function noteablePath({ kind, project, iid }: Noteable): string {
  return `${projectPath(project)}/${kind === 'issue' ? 'issues' : 'merge_requests'}/${iid}`;
}
