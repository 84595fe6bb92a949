import { Branches, Commits, MergeRequests } from '@gitbeaker/rest';
import * as z from 'zod';
import type { CiControl } from '../ports/ci-control.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { askJson, send } from '../transport/send-json.ts';

const branches = new Branches(requestsOnly);
const commits = new Commits(requestsOnly);
const mergeRequests = new MergeRequests(requestsOnly);

const branchAnswer = z.lazy(() => z.object({ name: z.string() }));
const commitAnswer = z.lazy(() => z.object({ id: z.string() }).transform(({ id }) => ({ sha: id })));
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
  const fetchBranchExists: Backports['fetchBranchExists'] = async (project, name) =>
    (await nullIfGone(getJson(api, branches.show(project, name), branchAnswer))) !== null;

  const findMergeRequest: Backports['findMergeRequest'] = async (project, { source, target }) => {
    const question = mergeRequests.all({
      projectId: project,
      ...untyped({ state: 'all' }),
      sourceBranch: source,
      targetBranch: target,
      perPage: 1,
    });
    const [found = null] = await getJson(api, question, z.array(mergeRequestAnswer));
    return found;
  };

  return {
    fetchBranchExists,
    findMergeRequest,

    async createBranch(project, name, from) {
      const create = async (): Promise<boolean> => {
        await askJson(branches.create(project, name, from), branchAnswer, api);
        return true;
      };
      const findLanded = async (): Promise<boolean | null> =>
        (await fetchBranchExists(project, name)) ? true : null;
      await createOnce({ create, findLanded }, api.clock);
    },

    async removeBranch(project, name) {
      await nullIfGone(send(branches.remove(project, name), api));
    },

    cherryPick: (project, sha, branch) =>
      askJson(commits.cherryPick(project, sha, branch), commitAnswer, api),

    createMergeRequest(project, { sourceBranch, targetBranch, title, description }) {
      return createOnce(
        {
          create: () =>
            askJson(
              mergeRequests.create(project, sourceBranch, targetBranch, title, { description }),
              mergeRequestAnswer,
              api,
            ),
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
