import type { Artifacts } from '../ports/port.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';

/**
 * The part of the port about artifacts. Not through gitbeaker, which reads the whole file however large, and gives it
 * as an object or a text by its content type. Source: https://docs.gitlab.com/api/job_artifacts/
 */
export function createArtifacts({ call }: Api): Artifacts {
  const fetchFile = async (path: string, query: string, maxBytes: number): Promise<Uint8Array | null> => {
    const answer = await nullIfGone(call({ method: 'GET', path, query, body: null, maxBytes }));
    return answer?.body ?? null;
  };
  return {
    fetchArtifactFile: ({ projectId, jobId }, path, maxBytes) =>
      fetchFile(`${projectPath(projectId)}/jobs/${jobId}/artifacts/${filePath(path)}`, '', maxBytes),

    fetchArtifactFileOfRef: ({ projectId, ref, jobName }, path, maxBytes) => {
      const folder = `${projectPath(projectId)}/jobs/artifacts/${encodeURIComponent(ref)}`;
      const query = new URLSearchParams({ job: jobName }).toString();
      return fetchFile(`${folder}/raw/${filePath(path)}`, query, maxBytes);
    },
  };
}

/** Each part encoded, the slashes between them kept: GitLab takes the rest of the path as the file's. */
function filePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
