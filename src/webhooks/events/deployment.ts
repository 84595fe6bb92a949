import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, optional, project, text, user } from '../fields.ts';

const deploymentSchema = z.lazy(() =>
  z
    .object({
      status: text,
      deployment_id: id,
      project: optional(project),
      user: optional(user),
      ref: text,
    })
    .transform((payload) => ({
      kind: 'deployment' as const,
      project: payload.project,
      user: payload.user,
      confidential: false,
      /** `running`, `success`, `failed`, `canceled`; any other word is kept. */
      status: payload.status,
      id: payload.deployment_id,
      /** Overwritten by the trigger API. */
      ref: payload.ref,
    })),
);

export type DeploymentEvent = z.output<typeof deploymentSchema>;

export const deployment = eventReader<DeploymentEvent>({
  kind: 'deployment',
  objectKinds: ['deployment'],
  eventNames: [],
  specification: webhookEvents('deployment-events'),
  schema: deploymentSchema,
});
