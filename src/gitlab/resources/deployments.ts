import { Commits, Deployments as DeploymentsResource } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Deployments } from '../ports/deployments.ts';
import type { Api } from '../transport/api.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { readPages } from '../transport/read-pages.ts';

const commits = new Commits(requestsOnly);
const deployments = new DeploymentsResource(requestsOnly);

const stepAnswer = z.lazy(() =>
  z
    .object({
      id: z.number().int(),
      sha: z.string(),
      updated_at: z.string().nullish(),
      deployable: z.object({ id: z.number().int(), finished_at: z.string().nullish() }).nullish(),
    })
    .transform(({ id, sha, updated_at: updated, deployable }) => ({
      id,
      sha,
      // What is approved or edited later changes the deployment, but not when its job ended.
      at: deployable?.finished_at ?? updated ?? null,
      job: deployable?.id ?? null,
    })),
);

const mergeRequestFields = () => ({
  iid: z.number().int(),
  project_id: z.number().int(),
  web_url: z.string(),
  labels: z.array(z.string()).nullish(),
});

interface Row {
  readonly iid: number;
  readonly project_id: number;
  readonly web_url: string;
  readonly labels?: readonly string[] | null | undefined;
}

function trackedOf({ iid, project_id: project, web_url: url, labels }: Row) {
  return { on: { kind: 'merge_request' as const, project, iid }, url, labels: labels ?? [] };
}

const shippedAnswer = z.lazy(() =>
  z
    .object({ ...mergeRequestFields(), merged_at: z.string().nullish() })
    .transform(({ merged_at: mergedAt, ...row }) => ({ ...trackedOf(row), mergedAt: mergedAt ?? null })),
);

const mergedAnswer = z.lazy(() =>
  z
    .object({
      ...mergeRequestFields(),
      state: z.string(),
      target_branch: z.string(),
      sha: z.string().nullish(),
      merge_commit_sha: z.string().nullish(),
      squash_commit_sha: z.string().nullish(),
    })
    .transform(({ state, target_branch: targetBranch, ...row }) => ({
      state,
      targetBranch,
      isFastForward: (row.merge_commit_sha ?? row.squash_commit_sha ?? null) === null,
      shas: [row.merge_commit_sha, row.squash_commit_sha, row.sha].flatMap((sha) => sha ?? []),
      ...trackedOf(row),
    })),
);

/** The part of the port about deployments and what they shipped. Source: https://docs.gitlab.com/api/deployments/ */
export function createDeployments(api: Api): Deployments {
  return {
    async fetchEnvironmentDeployments(project, environment) {
      const list = deployments.all(project, {
        environment,
        ...untyped({ status: 'success' }),
        orderBy: 'id',
        sort: 'desc',
      });
      return readPages({ list, row: stepAnswer, maxPages: 1 }, api, 100);
    },

    fetchShippedMergeRequests: (project, deploymentId, max) => {
      const list = deployments.allMergeRequests(project, deploymentId);
      return readPages({ list, row: shippedAnswer, maxPages: Math.max(1, Math.ceil(max / 100)) }, api, max);
    },

    async fetchMergedMergeRequestsOfCommit(project, sha) {
      const list = commits.allMergeRequests(project, sha, untyped({ state: 'merged' }));
      const all = await readPages({ list, row: mergedAnswer, maxPages: 1 }, api, 100);
      // Older versions know no `state` and list all.
      return all.filter(({ state }) => state === 'merged').map(({ state: _state, ...merged }) => merged);
    },
  };
}
