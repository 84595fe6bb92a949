import { Commits } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { CommitStatus } from '../../model/write.ts';
import type { OpenStatus, Statuses } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { fetchPages } from '../transport/pager.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { sendJson } from '../transport/send-json.ts';

const commits = new Commits(requestsOnly);

const maxCharacters = 255;
/** 500 jobs and statuses on one commit. */
const maxPages = 5;

/** `status` is the state; `pipeline_id` is not in the answers of older versions. */
const statusAnswer = z.lazy(() =>
  z.object({
    name: z.string(),
    status: z.string(),
    pipeline_id: z.number().int().nullish(),
  }),
);

/** The part of the port about commit statuses. Source: https://docs.gitlab.com/api/commits/#set-the-pipeline-status-of-a-commit */
export function createStatuses(api: Api): Statuses {
  return {
    async fetchOpenStatuses(projectId, sha) {
      const list = commits.allStatuses(projectId, sha);
      const open: OpenStatus[] = [];
      for await (const page of fetchPages({ list, row: statusAnswer, maxPages }, api)) {
        for (const { name, status: state, pipeline_id: pipelineId } of page)
          if (state === 'pending' || state === 'running')
            open.push({ name, state, pipelineId: pipelineId ?? null });
      }
      return open;
    },

    async setStatus(status) {
      const path = pathByHand`/projects/${status.projectId}/statuses/${status.sha}`;
      try {
        await sendJson({ method: 'POST', path, body: statusBody(status) }, api);
        return 'set';
      } catch (error) {
        if (isSameState(error)) return 'unchanged';
        throw error;
      }
    },
  };
}

/**
 * Never with `ref`: that of a merge request's pipeline matches no branch, and GitLab would start another pipeline for
 * it.
 */
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
  // Half of a surrogate pair at the cut is not a character.
  return `${text.slice(0, maxCharacters - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/**
 * GitLab refuses longer addresses. Without its fragment one still leads to the page; cut anywhere else, it leads
 * nowhere.
 */
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
