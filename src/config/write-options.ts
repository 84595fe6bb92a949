import * as z from 'zod';
import { commonOptions } from './common-options.ts';
import { keyOption, sectionOption, sizeMeaning, sizeOption } from './note-names.ts';
import { requestOptions } from './request-options.ts';
import { ownStatus, scriptTarget } from './script-options.ts';

const scriptOptions = z.strictObject({
  ...commonOptions.shape,
  ...scriptTarget,
  maxWait: requestOptions.maxWait,
  dryRun: requestOptions.dryRun,
});

export const commentCommandOptions = z.strictObject({
  ...scriptOptions.shape,
  text: z.array(z.string()).default([]).meta({
    description: 'File with the text, as Markdown; without one, the standard input.',
    positional: true,
    notInFile: true,
  }),
  key: keyOption,
  section: sectionOption,
  maxCharacters: sizeOption.default(65_536).meta({ description: sizeMeaning }),
});

export const statusOptions = z.strictObject({ ...scriptOptions.shape, ...ownStatus });

export const labelOptions = z.strictObject({
  ...scriptOptions.shape,
  add: z.array(z.string()).default([]).meta({ description: 'Labels to add.', notInFile: true }),
  remove: z.array(z.string()).default([]).meta({
    description: 'Labels to remove.',
    notInFile: true,
  }),
});

export type ScriptOptions = z.infer<typeof scriptOptions>;
