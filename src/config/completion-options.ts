import * as z from 'zod';
import { commonOptions } from './common-options.ts';

/** The shells that `herald completion` knows. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

export const completionOptions = z.strictObject({
  ...commonOptions.shape,
  shell: z.array(z.string()).default([]).meta({
    description: 'The shell to print a script for: `bash`, `zsh` or `fish`.',
    positional: true,
  }),
});
