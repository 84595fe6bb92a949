import * as z from 'zod';

/** Two of them look the same. */
const named = z.string().nullable().default(null);

/**
 * Where an error tracker is, and with which token; `sentryTargetFrom` checks them where they are needed. All of them
 * are typed: a merge request, or the user who starts a job, must not send the token elsewhere.
 */
export const sentryOptions = {
  sentryServer: named.meta({
    description:
      'Address of the error tracker: Sentry, or a server with its API. Without one, nothing is sent. Never in `.herald.yml`, and in a job of GitLab only as a flag: it decides where the token goes.',
    example: 'https://sentry.example.com',
    typed: true,
    input: true,
  }),
  sentryOrg: named.meta({
    description: 'Short name of the organisation in the error tracker; given as the server is.',
    example: 'acme',
    typed: true,
    input: true,
  }),
  sentryProjects: z.array(z.string()).default([]).meta({
    description:
      'Short names of the projects in the error tracker, each for every project of GitLab, or as `group/project=name` for one of them; given as the server is.',
    example: 'web',
    typed: true,
    input: true,
  }),
  sentryTokenVariable: z.string().default('SENTRY_AUTH_TOKEN').meta({
    description: 'Name of the variable with the token of the error tracker; given as the server is.',
    typed: true,
    input: true,
  }),
};

type Given = { readonly [Key in keyof typeof sentryOptions]: z.output<(typeof sentryOptions)[Key]> };

/** Whether anything says where releases are reported: without it, nothing is sent. */
export function asksForSentry({ sentryServer, sentryOrg, sentryProjects }: Given): boolean {
  return sentryServer !== null || sentryOrg !== null || sentryProjects.length > 0;
}
