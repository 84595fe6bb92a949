import * as z from 'zod';
import { commonOptions } from './common-options.ts';
import { requestOptions } from './request-options.ts';
import { scriptTarget } from './script-options.ts';
import { setupTarget } from './setup-options.ts';

export const doctorOptions = z.strictObject({
  ...commonOptions.shape,
  server: scriptTarget.server,
  ...setupTarget,
  notify: z.boolean().default(false).meta({
    description:
      'Keep one confidential issue in the bot’s project up to date: open while there is a problem, closed when all is well.',
  }),
  json: requestOptions.json,
  maxWait: requestOptions.maxWait,
});

export type DoctorOptions = z.infer<typeof doctorOptions>;
