import { ResourceGroups } from '@gitbeaker/rest';
import * as z from 'zod';
import type { ResourceGroup } from '../../model/setup.ts';
import type { Queues } from '../ports/setup.ts';
import type { Api } from '../transport/api.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { readPages } from '../transport/read-pages.ts';
import { sendJson } from '../transport/send-json.ts';

const resourceGroups = new ResourceGroups(requestsOnly);

const maxPages = 100;

const resourceGroupAnswer = z.lazy(() =>
  z
    .object({ key: z.string(), process_mode: z.string() })
    .transform(({ key, process_mode: processMode }): ResourceGroup => ({ key, processMode })),
);

/** The part of the port about resource groups. Source: https://docs.gitlab.com/api/resource_groups/ */
export function createQueues(api: Api): Queues {
  return {
    fetchResourceGroups: (project) =>
      readPages({ list: resourceGroups.all(project), row: resourceGroupAnswer, maxPages }, api),

    async setProcessMode(project, key, mode) {
      await sendJson(resourceGroups.edit(project, key, { processMode: mode }), api);
    },
  };
}
