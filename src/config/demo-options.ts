import * as z from 'zod';
import { commonOptions } from './common-options.ts';

export const demoOptions = z.strictObject({
  ...commonOptions.shape,
  output: z.string().default('herald-demo').meta({ description: 'Folder that the demo writes to.' }),
  payloads: z.boolean().default(false).meta({
    description:
      'Write a sample payload of every webhook event that Herald understands, to try `herald bot --payload` with, and do nothing else.',
  }),
  digest: z.boolean().default(false).meta({
    description: 'Write the digest of the last year of a made-up project, and do nothing else.',
  }),
});

export type DemoOptions = z.infer<typeof demoOptions>;
