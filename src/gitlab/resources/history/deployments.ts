import { Deployments, Environments } from '@gitbeaker/rest';
import * as z from 'zod';
import { addressInProject } from '../../../model/project-address.ts';
import type {
  Changed,
  DeploymentWithoutTier,
  EnvironmentTier,
  History,
  HistoryPlace,
} from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { requestsOnly } from '../../transport/gitbeaker-requester.ts';
import { walkPages } from '../../transport/pager.ts';
import { instant, instantOrNull } from './instant.ts';
import { maxPages } from './max-pages.ts';

const deployments = new Deployments(requestsOnly);
const environments = new Environments(requestsOnly);

const answer = z.object({
  id: z.number().int(),
  ref: z.string().nullish(),
  sha: z.string(),
  status: z.string().nullish(),
  created_at: instant,
  updated_at: instantOrNull,
  environment: z.object({ name: z.string() }).nullish(),
  deployable: z.object({ id: z.number().int(), finished_at: instantOrNull }).nullish(),
});

/** In these states it has no end yet. Source: https://docs.gitlab.com/api/deployments/ */
const unfinished: ReadonlySet<string> = new Set(['created', 'running', 'blocked']);

/**
 * A deployment ends with its job; one that the API made, or whose job was deleted, with its last change. One that
 * waits or runs has no end, whatever the job says.
 */
function deploymentRow(of: HistoryPlace): z.ZodType<Changed<DeploymentWithoutTier>> {
  return answer.transform((row) => {
    const { id, sha, created_at: createdAt, updated_at: updatedAt, deployable } = row;
    const status = row.status ?? 'unknown';
    const endedAt = deployable?.finished_at ?? updatedAt;
    return {
      changedAt: updatedAt ?? createdAt,
      thing: {
        id,
        environment: row.environment?.name ?? '',
        status,
        sha,
        ref: row.ref ?? '',
        createdAt,
        finishedAt: unfinished.has(status) ? null : endedAt,
        url: deployable ? addressInProject(of.url, 'jobs', deployable.id) : null,
      },
    };
  });
}

const environmentRow = z
  .object({ name: z.string(), tier: z.string().nullish() })
  .transform(({ name, tier }): EnvironmentTier => ({ name, tier: tier ?? null }));

/** Sources: https://docs.gitlab.com/api/deployments/, https://docs.gitlab.com/api/environments/ */
export function createDeploymentHistory(
  api: Api,
): Pick<History, 'fetchDeploymentPages' | 'fetchEnvironmentPages'> {
  return {
    fetchDeploymentPages(of, changedSince) {
      // GitLab takes the filter only together with the order.
      const list = deployments.all(of.id, {
        updatedAfter: new Date(changedSince).toISOString(),
        orderBy: 'updated_at',
        sort: 'desc',
      });
      return walkPages({ list, row: deploymentRow(of), maxPages }, api);
    },

    fetchEnvironmentPages(of) {
      return walkPages({ list: environments.all(of.id), row: environmentRow, maxPages }, api);
    },
  };
}
