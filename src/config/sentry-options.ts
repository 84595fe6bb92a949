import * as z from 'zod';

const entry = z
  .string()
  .regex(
    /^(?:[^\s=]{1,255}=)?[a-z0-9][a-z0-9_-]{0,99}$/i,
    'the short name of a project of the error tracker, or group/project=name',
  );

/**
 * Where an error tracker is, and with which token. All of them are typed: a merge request, or the user who starts a
 * job, must not send the token elsewhere.
 */
export const sentryOptions = {
  sentryServer: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .meta({
      description:
        'Address of the error tracker: Sentry, or a server with its API. Without one, nothing is sent. Never in `.herald.yml`, and in a job of GitLab only as a flag: it decides where the token goes.',
      example: 'https://sentry.example.com',
      typed: true,
      input: true,
    }),
  sentryOrg: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,99}$/i, 'the short name of an organisation of the error tracker')
    .nullable()
    .default(null)
    .meta({
      description: 'Short name of the organisation in the error tracker; given as the server is.',
      example: 'acme',
      typed: true,
      input: true,
    }),
  sentryProjects: z.array(entry).default([]).meta({
    description:
      'Short names of the projects in the error tracker, each for every project of GitLab, or as `group/project=name` for one of them; given as the server is.',
    example: 'web',
    typed: true,
    input: true,
  }),
  sentryTokenVariable: z
    .string()
    .regex(/^[A-Za-z_]\w{0,254}$/, 'the name of a variable')
    .default('SENTRY_AUTH_TOKEN')
    .meta({
      description: 'Name of the variable with the token of the error tracker; given as the server is.',
      typed: true,
      input: true,
    }),
};
