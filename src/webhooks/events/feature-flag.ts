import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { flag, optional, project, text, user } from '../fields.ts';

const featureFlagSchema = z.lazy(() =>
  z
    .object({
      user: optional(user),
      project: optional(project),
      object_attributes: z.object({ name: text, active: flag }),
    })
    .transform(({ object_attributes: featureFlag, ...payload }) => ({
      kind: 'feature_flag' as const,
      project: payload.project,
      user: payload.user,
      confidential: false,
      ...featureFlag,
    })),
);

export type FeatureFlagEvent = z.output<typeof featureFlagSchema>;

export const featureFlag = eventReader<FeatureFlagEvent>({
  kind: 'feature_flag',
  objectKinds: ['feature_flag'],
  eventNames: [],
  specification: webhookEvents('feature-flag-events'),
  schema: featureFlagSchema,
});
