import * as z from 'zod';
import { commonOptions } from './common-options.ts';
import { requestOptions } from './request-options.ts';
import { scriptTarget } from './script-options.ts';
import { sentryOptions } from './sentry-options.ts';
import { setupChoices, setupTarget } from './setup-options.ts';

/** An option of `herald setup`, null if it is not given: then the setting in GitLab counts as right. */
function ifGiven<Inner extends z.ZodType>(option: z.ZodDefault<Inner>): z.ZodDefault<z.ZodNullable<Inner>> {
  return option
    .unwrap()
    .nullable()
    .default(null)
    .meta({ ...option.meta() });
}

const choices = {
  parts: ifGiven(setupChoices.parts),
  events: ifGiven(setupChoices.events),
  branches: ifGiven(setupChoices.branches),
  template: ifGiven(setupChoices.template),
  sslVerification: ifGiven(setupChoices.sslVerification),
  ref: setupChoices.ref,
  protectToken: ifGiven(setupChoices.protectToken),
  sweepCron: ifGiven(setupChoices.sweepCron),
  resourceGroup: ifGiven(setupChoices.resourceGroup),
  allowInsecure: setupChoices.allowInsecure,
} satisfies Record<keyof typeof setupChoices, z.ZodType>;

export const doctorOptions = z.strictObject({
  ...commonOptions.shape,
  server: scriptTarget.server,
  ...setupTarget,
  ...choices,
  notify: z.boolean().default(false).meta({
    description:
      'Keep one confidential issue in the bot’s project up to date: open while there is a problem, closed when all is well.',
  }),
  ...sentryOptions,
  spool: z.string().min(1).nullable().default(null).meta({
    description:
      'Folder of a receiver that keeps events from the moment they are accepted until they are handled; `herald doctor` looks there for those that were given up.',
    example: '/var/lib/herald',
  }),
  json: requestOptions.json,
  maxWait: requestOptions.maxWait,
});

export type DoctorOptions = z.infer<typeof doctorOptions>;
