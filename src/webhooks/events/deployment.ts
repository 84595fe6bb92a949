import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, instant, optional, project, text, user } from '../fields.ts';

const deploymentSchema = z
  .object({
    status: text,
    status_changed_at: instant,
    deployment_id: id,
    deployable_id: optional(id),
    deployable_url: text,
    environment: text,
    environment_tier: text,
    environment_slug: text,
    environment_external_url: text,
    project: optional(project),
    short_sha: text,
    user: optional(user),
    user_url: text,
    commit_url: text,
    commit_title: text,
    ref: text,
  })
  .transform((payload) => ({
    kind: 'deployment' as const,
    project: payload.project,
    user: payload.user,
    confidential: false,
    /** `running`, `success`, `failed`, `canceled`; any other word is kept. */
    status: payload.status,
    changedAt: payload.status_changed_at,
    id: payload.deployment_id,
    jobId: payload.deployable_id,
    jobUrl: payload.deployable_url,
    environment: payload.environment,
    tier: payload.environment_tier,
    slug: payload.environment_slug,
    externalUrl: payload.environment_external_url,
    shortSha: payload.short_sha,
    userUrl: payload.user_url,
    commitUrl: payload.commit_url,
    commitTitle: payload.commit_title,
    /** Overwritten by the trigger API. */
    ref: payload.ref,
  }));

export type DeploymentEvent = z.output<typeof deploymentSchema>;

export const deployment = eventReader<DeploymentEvent>({
  kind: 'deployment',
  objectKinds: ['deployment'],
  eventNames: [],
  specification: webhookEvents('deployment-events'),
  schema: deploymentSchema,
});
