import * as z from 'zod';
import type { ResourceGroup } from '../../model/setup.ts';
import type { Queues } from '../ports/setup.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { readPages } from '../transport/read-pages.ts';
import { sendJson } from '../transport/send-json.ts';

const maxPages = 100;

const resourceGroupAnswer = z
  .object({ key: z.string(), process_mode: z.string() })
  .transform(({ key, process_mode: processMode }): ResourceGroup => ({ key, processMode }));

/** The part of the port about resource groups. Source: https://docs.gitlab.com/api/resource_groups/ */
export function createQueues(api: Api): Queues {
  return {
    fetchResourceGroups: (project) =>
      readPages(
        { query: {}, path: `${projectPath(project)}/resource_groups`, row: resourceGroupAnswer, maxPages },
        api,
      ),

    async setProcessMode(project, key, mode) {
      const path = `${projectPath(project)}/resource_groups/${encodeURIComponent(key)}`;
      await sendJson({ method: 'PUT', path, body: { process_mode: mode } }, api);
    },
  };
}
