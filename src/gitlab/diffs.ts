import * as z from 'zod';
import { GitLabRefusedError, GitLabUnreachableError } from '../errors.ts';
import type { MergeRequestAddress } from '../model/context.ts';
import { type Api, projectPath } from './api.ts';
import { fetchPages } from './pager.ts';
import type { Diffs, FileDiff } from './port.ts';

const diffAnswer = z
  .object({
    old_path: z.string(),
    new_path: z.string(),
    new_file: z.boolean().nullish(),
    deleted_file: z.boolean().nullish(),
    renamed_file: z.boolean().nullish(),
    diff: z.string().nullish(),
    too_large: z.boolean().nullish(),
    collapsed: z.boolean().nullish(),
  })
  .transform(
    (answer): FileDiff => ({
      oldPath: answer.old_path,
      newPath: answer.new_path,
      newFile: answer.new_file ?? false,
      deletedFile: answer.deleted_file ?? false,
      renamedFile: answer.renamed_file ?? false,
      diff: answer.diff ?? '',
      leftOut: answer.too_large === true || answer.collapsed === true,
    }),
  );

/** GitLab shows at most 3,000 files of a merge request. */
const maxPages = 30;

function pathOf({ project, iid }: MergeRequestAddress): string {
  return `${projectPath(project)}/merge_requests/${iid}`;
}

/** The part of the port about what a merge request changes. Source: https://docs.gitlab.com/api/merge_requests/ */
export function createDiffs(api: Api): Diffs {
  return {
    async fetchRawDiff(mergeRequest, maxBytes) {
      const path = `${pathOf(mergeRequest)}/raw_diffs`;
      try {
        const { body } = await api.call({ method: 'GET', path, query: '', body: null, maxBytes });
        return body;
      } catch (error) {
        if (error instanceof GitLabRefusedError && error.status === 404) return null;
        if (error instanceof GitLabUnreachableError && error.message.includes('too large')) return null;
        throw error;
      }
    },

    fetchDiffPages: (mergeRequest) =>
      fetchPages({ path: `${pathOf(mergeRequest)}/diffs`, query: {}, row: diffAnswer, maxPages }, api),
  };
}
