import type { Artifacts } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { type JsonRequest, send } from '../transport/send-json.ts';

/** The part of the port about artifacts. Source: https://docs.gitlab.com/api/job_artifacts/ */
export function createArtifacts({ call }: Api): Artifacts {
  const fetchFile = async (
    question: Pick<JsonRequest, 'path' | 'query'>,
    maxBytes: number,
  ): Promise<Uint8Array | null> => {
    const answer = await nullIfGone(send({ method: 'GET', ...question }, { call, maxBytes }));
    return answer?.body ?? null;
  };
  return {
    fetchArtifactFile: ({ projectId, jobId }, path, maxBytes) => {
      const folder = pathByHand`/projects/${projectId}/jobs/${jobId}/artifacts/`;
      return fetchFile({ path: `${folder}${filePath(path)}` }, maxBytes);
    },

    fetchArtifactFileOfRef: ({ projectId, ref, jobName }, path, maxBytes) => {
      const folder = pathByHand`/projects/${projectId}/jobs/artifacts/${ref}/raw/`;
      return fetchFile({ path: `${folder}${filePath(path)}`, query: { job: jobName } }, maxBytes);
    },
  };
}

/** Each part encoded, the slashes between them kept: GitLab takes the rest of the path as the file's. */
function filePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
