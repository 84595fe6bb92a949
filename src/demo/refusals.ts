import type { EmbeddedAnswer } from './http.ts';

/** One answer by which GitLab refuses a request. */
export interface Refusal {
  readonly when: string;
  readonly status: number;
  /** As GitLab writes it; details such as the name of a missing field are put in. */
  readonly body: object | ((...details: readonly string[]) => object);
  /** A page of GitLab's documentation, or a path in its source. */
  readonly source: string;
}

/** The answer of a refusal with its details. */
export function refused({ status, body }: Refusal, ...details: readonly string[]): EmbeddedAnswer {
  return { status, body: typeof body === 'function' ? body(...details) : body };
}

/** What the demo's server refuses; the embedded GitLab of the tests adds to it. */
export const serverRefusals = {
  unknownToken: {
    when: 'a request comes with no token, or with one that does not exist',
    status: 401,
    body: { message: '401 Unauthorized' },
    source: 'lib/api/helpers.rb (authenticate!)',
  },
  unknownPath: {
    when: 'the API has no such path, as raw_diffs on an old GitLab',
    status: 404,
    body: { error: '404 Not Found' },
    source: 'lib/api/api.rb',
  },
  noMergeRequest: {
    when: 'a merge request is not there',
    status: 404,
    body: { message: '404 Merge Request Not Found' },
    source: 'lib/api/helpers/notes_helpers.rb (find_noteable)',
  },
  noNote: {
    when: 'a note is not there',
    status: 404,
    body: { message: '404 Note Not Found' },
    source: 'lib/api/helpers/notes_helpers.rb (get_note)',
  },
  noPipeline: {
    when: 'a pipeline is not there',
    status: 404,
    body: { message: '404 Pipeline Not Found' },
    source: 'https://docs.gitlab.com/api/pipelines/',
  },
  noJob: {
    when: 'a job is not there',
    status: 404,
    body: { message: '404 Not found' },
    source: 'lib/api/ci/jobs.rb (find_job!)',
  },
  noArtifact: {
    when: 'a job, its archive or the file in it is not there',
    status: 404,
    body: { message: '404 Not Found' },
    source: 'https://docs.gitlab.com/api/job_artifacts/',
  },
} satisfies Record<string, Refusal>;
