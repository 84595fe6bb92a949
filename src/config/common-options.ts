import * as z from 'zod';

/** What every command takes. */
export const commonOptions = z.strictObject({
  config: z.string().default('.herald.yml').meta({
    description: 'Configuration file, relative to the project directory.',
    input: true,
  }),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').meta({
    description: 'The lowest level of log lines on stderr.',
    input: true,
  }),
  logFormat: z.enum(['text', 'json']).default('text').meta({ description: 'Form of the log lines.' }),
  color: z.boolean().nullable().default(null).meta({
    description:
      'Colours on or off (`--no-color`); by default on where the output is a terminal or a job log.',
  }),
});

export type CommonOptions = z.infer<typeof commonOptions>;
