import type { Traces } from '../ports/port.ts';
import { type Api, projectPath } from '../transport/api.ts';

/**
 * The part of the port about logs. GitLab answers with the whole log whatever `Range` asks for, so it is read in
 * pieces, and no more of it than the reader wants. Not through gitbeaker, which keeps it whole.
 * Source: https://docs.gitlab.com/api/jobs/#get-a-log-file, `lib/api/ci/jobs.rb` of GitLab
 */
export function createTraces({ call, maxBytes }: Api): Traces {
  return {
    async readTrace({ projectId, jobId }, sink) {
      const path = `${projectPath(projectId)}/jobs/${jobId}/trace`;
      await call({ method: 'GET', path, query: '', body: null, maxBytes, sink });
    },
  };
}
