import { Commits } from '@gitbeaker/rest';
import { GitLabRefusedError } from '../errors.ts';
import type { CommitStatus } from '../model/write.ts';
import { type Api, projectPath } from './api.ts';
import type { Statuses } from './port.ts';

const maxCharacters = 255;

/** The part of the port about commit statuses. Source: https://docs.gitlab.com/api/commits/#set-the-pipeline-status-of-a-commit */
export function createStatuses({ resources }: Api): Statuses {
  // `Commits.editStatus` does not know the state `skipped`.
  const { requester } = new Commits(resources);
  return {
    async setStatus(status) {
      const path = `${projectPath(status.projectId)}/statuses/${encodeURIComponent(status.sha)}`;
      try {
        await requester.post(path.slice(1), { body: statusBody(status) });
        return 'set';
      } catch (error) {
        if (isSameState(error)) return 'unchanged';
        throw error;
      }
    },
  };
}

/** Never with `ref`: that of a merge request's pipeline matches no branch, and GitLab would start another pipeline for it. */
function statusBody({
  state,
  name,
  description,
  targetUrl,
  pipelineId,
}: CommitStatus): Record<string, unknown> {
  const url = targetUrl === null ? null : shortUrl(targetUrl);
  return {
    state,
    name: cut(name),
    description: cut(description),
    ...(url === null ? {} : { target_url: url }),
    pipeline_id: pipelineId,
  };
}

function cut(text: string): string {
  if (text.length <= maxCharacters) return text;
  // Half of a surrogate pair at the cut is no character.
  return `${text.slice(0, maxCharacters - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** GitLab refuses longer addresses. Without its fragment one still leads to the page; cut anywhere else, it leads nowhere. */
function shortUrl(url: string): string | null {
  const page = url.length <= maxCharacters ? url : url.replace(/#.*$/s, '');
  return page.length <= maxCharacters ? page : null;
}

/** GitLab answers so to a status that is posted once more in the state that it has. */
function isSameState(error: unknown): boolean {
  return (
    error instanceof GitLabRefusedError &&
    error.status === 400 &&
    error.message.includes('Cannot transition status')
  );
}
