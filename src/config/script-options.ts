import * as z from 'zod';

/** What a script writes to, where GitLab's variables do not say. */
export const scriptTarget = {
  server: z.url().nullable().default(null).meta({
    description:
      'Address of GitLab; by default that of the job. Never in `.herald.yml`, and in a job of GitLab only as a flag: it decides where the token goes.',
    example: 'https://gitlab.example.com',
    typed: true,
  }),
  project: z.string().nullable().default(null).meta({
    description: 'Project, by id or full path; by default that of the job.',
    example: 'group/project',
    notInFile: true,
  }),
  mergeRequest: z.number().int().positive().nullable().default(null).meta({
    description: 'Number of the merge request; by default that of the pipeline.',
    example: '17',
    notInFile: true,
  }),
  sha: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/i, 'a whole commit SHA')
    .nullable()
    .default(null)
    .meta({ description: 'Commit of the pipeline; by default that of the job.', notInFile: true }),
  pipeline: z.number().int().positive().nullable().default(null).meta({
    description: 'Id of the pipeline; by default that of the job.',
    notInFile: true,
  }),
};

/** A commit status of a script's own. */
export const ownStatus = {
  name: z.string().min(1).max(255).default('herald/report').meta({
    description: 'Name of the status.',
    notInFile: true,
  }),
  state: z
    .enum(['pending', 'running', 'success', 'failed', 'canceled', 'skipped'])
    .nullable()
    .default(null)
    .meta({ description: 'State of the status.', notInFile: true }),
  description: z.string().default('').meta({
    description: 'One line of text, cut at 255 characters.',
    notInFile: true,
  }),
  targetUrl: z.string().nullable().default(null).meta({
    description: 'Address that the status links to; by default the job.',
    notInFile: true,
  }),
};
