import { Jobs } from '@gitbeaker/rest';
import type { Traces } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { requestOf } from '../transport/send-json.ts';

const jobs = new Jobs(requestsOnly);

/**
 * The part of the port about logs. GitLab answers with the whole log whatever `Range` asks for, so it is read in
 * pieces, and no more of it than the reader wants.
 * Source: https://docs.gitlab.com/api/jobs/#get-a-log-file, `lib/api/ci/jobs.rb` of GitLab
 */
export function createTraces({ call, maxBytes }: Api): Traces {
  return {
    async readTrace({ projectId, jobId }, sink) {
      await call({ ...(await requestOf(jobs.showLog(projectId, jobId))), maxBytes, sink });
    },
  };
}
