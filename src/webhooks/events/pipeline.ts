import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, optional, project, text, user } from '../fields.ts';

const attributes = z.lazy(() => z.object({ id: optional(id), sha: text, ref: text, status: text }));

/** Null for pipelines of branches and tags. */
const mergeRequest = z.lazy(() => z.object({ iid: id, target_project_id: optional(id) }));

const noAttributes = { id: null, sha: null, ref: null, status: null };

/**
 * Only a receiver gets them: GitLab starts no pipeline from pipeline events. Source: https://docs.gitlab.com/ci/triggers/#use-a-webhook
 */
const pipelineSchema = z.lazy(() =>
  z
    .object({
      user: optional(user),
      project: optional(project),
      object_attributes: optional(attributes),
      merge_request: optional(mergeRequest),
    })
    .transform(({ object_attributes: pipeline, merge_request: on, ...payload }) => {
      const about = pipeline ?? noAttributes;
      const runsIn = payload.project?.id ?? null;
      return {
        kind: 'pipeline' as const,
        project: payload.project,
        user: payload.user,
        confidential: false,
        id: about.id,
        sha: about.sha,
        ref: about.ref,
        /** `failed`, `success`, … */
        status: about.status,
        mergeRequestIid: on?.iid ?? null,
        /** The project that the pipeline runs in. */
        runsIn,
        /** The project that it is about: a fork's pipeline is about the project of its merge request. */
        projectId: on?.target_project_id ?? runsIn,
      };
    }),
);

export type PipelineEvent = z.output<typeof pipelineSchema>;

export const pipeline = eventReader<PipelineEvent>({
  kind: 'pipeline',
  objectKinds: ['pipeline'],
  eventNames: [],
  specification: webhookEvents('pipeline-events'),
  schema: pipelineSchema,
});
