import * as z from 'zod';
import type { CiControl } from '../ports/ci-control.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { askJson, send } from '../transport/send-json.ts';

const branchAnswer = z.object({ name: z.string() });
const commitAnswer = z.object({ id: z.string() }).transform(({ id }) => ({ sha: id }));
const mergeRequestAnswer = z
  .object({ iid: z.number().int(), web_url: z.string(), state: z.string().nullish() })
  .transform(({ iid, web_url: url, state }) => ({ iid, url, isOpen: (state ?? 'opened') === 'opened' }));

type Backports = Pick<
  CiControl,
  | 'createBranch'
  | 'removeBranch'
  | 'fetchBranchExists'
  | 'cherryPick'
  | 'createMergeRequest'
  | 'findMergeRequest'
>;

/**
 * The part of the port about branches, picked commits and new merge requests. Sources: https://docs.gitlab.com/api/branches/,
 * https://docs.gitlab.com/api/commits/#cherry-pick-a-commit, https://docs.gitlab.com/api/merge_requests/#create-a-merge-request
 */
export function createBackports(api: Api): Backports {
  const branchesPath = (project: number): string => `${projectPath(project)}/repository/branches`;
  const pickPath = (project: number, sha: string): string =>
    `${projectPath(project)}/repository/commits/${encodeURIComponent(sha)}/cherry_pick`;
  const mergeRequestsPath = (project: number): string => `${projectPath(project)}/merge_requests`;

  const fetchBranchExists: Backports['fetchBranchExists'] = async (project, name) => {
    const path = `${branchesPath(project)}/${encodeURIComponent(name)}`;
    return (await nullIfGone(getJson(api, { path }, branchAnswer))) !== null;
  };

  const findMergeRequest: Backports['findMergeRequest'] = async (project, { source, target }) => {
    const query = { state: 'all', source_branch: source, target_branch: target, per_page: '1' };
    const question = { path: mergeRequestsPath(project), query };
    const [found = null] = await getJson(api, question, z.array(mergeRequestAnswer));
    return found;
  };

  return {
    fetchBranchExists,
    findMergeRequest,

    async createBranch(project, name, from) {
      const create = async (): Promise<boolean> => {
        const body = { branch: name, ref: from };
        await askJson({ method: 'POST', path: branchesPath(project), body }, branchAnswer, api);
        return true;
      };
      const findLanded = async (): Promise<boolean | null> =>
        (await fetchBranchExists(project, name)) ? true : null;
      await createOnce({ create, findLanded }, api.clock);
    },

    async removeBranch(project, name) {
      const path = `${branchesPath(project)}/${encodeURIComponent(name)}`;
      await nullIfGone(send({ method: 'DELETE', path }, api));
    },

    cherryPick: (project, sha, branch) =>
      askJson({ method: 'POST', path: pickPath(project, sha), body: { branch } }, commitAnswer, api),

    createMergeRequest(project, { sourceBranch, targetBranch, title, description }) {
      const body = { source_branch: sourceBranch, target_branch: targetBranch, title, description };
      return createOnce(
        {
          create: () =>
            askJson({ method: 'POST', path: mergeRequestsPath(project), body }, mergeRequestAnswer, api),
          findLanded: async () => {
            const found = await findMergeRequest(project, { source: sourceBranch, target: targetBranch });
            return found?.isOpen === true ? found : null;
          },
        },
        api.clock,
      );
    },
  };
}
