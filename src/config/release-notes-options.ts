import * as z from 'zod';
import { commentOptions } from './comment-options.ts';
import { commonOptions } from './common-options.ts';
import { requestOptions } from './request-options.ts';
import { scriptTarget } from './script-options.ts';

/** Where release notes go besides the standard output. */
const notesTargets = ['file', 'release'] as const;

export const releaseNotesOptions = z.strictObject({
  ...commonOptions.shape,
  tag: z.array(z.string()).default([]).meta({
    description:
      'Tag of the release; by default that of the job, else what the default branch has since the newest release.',
    positional: true,
  }),
  server: scriptTarget.server,
  project: scriptTarget.project,
  after: z.string().nullable().default(null).meta({
    description:
      'Tag, branch or commit that the notes begin after; by default the release before, by the order of versions.',
    example: 'v1.3.0',
  }),
  to: z.array(z.enum(notesTargets)).default([]).meta({
    description:
      'Where the notes go instead of the standard output: `file` (`herald-release-notes.md`) or `release`, the description of the tag’s release, between marks, so that what people wrote stays.',
  }),
  create: z.boolean().default(false).meta({
    description:
      'Make the release with the notes where the tag has none, named like the tag; a release that is there gets them as with `--to release`. The tag must exist.',
  }),
  markShipped: z.boolean().default(false).meta({
    description:
      'Say "Shipped in v1.4" on each merge request and issue of the release, once; a run that was stopped goes on where it stopped.',
  }),
  shippedLabels: z
    .array(z.string().regex(/^[^,\p{Cc}]{1,255}$/u, 'a label, without commas'))
    .default([])
    .meta({ description: 'Labels to add to them.', example: 'shipped' }),
  shippedMilestone: z.string().nullable().default(null).meta({
    description: 'Title of an active milestone to set on those that have none.',
    example: '1.4',
  }),
  trail: commentOptions.shape.trail,
  output: z.string().default('.').meta({
    description: 'Folder for the file, relative to the project directory.',
  }),
  dryRun: requestOptions.dryRun,
  maxWait: requestOptions.maxWait,
});

/** What `.herald.yml` says about release notes. */
export const releaseNotesFileOptions = z.strictObject({
  config: commonOptions.shape.config,
  trail: commentOptions.shape.trail,
});

export type ReleaseNotesOptions = z.infer<typeof releaseNotesOptions>;
