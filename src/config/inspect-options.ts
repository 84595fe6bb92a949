import * as z from 'zod';
import { commonOptions } from './common-options.ts';
import { patternsOption, strictOption } from './reading-options.ts';
import { requestOptions } from './request-options.ts';

export const inspectOptions = z.strictObject({
  ...commonOptions.shape,
  files: z.array(z.string()).default([]).meta({
    description: 'Report files to read.',
    positional: true,
    notInFile: true,
  }),
  patterns: patternsOption,
  json: requestOptions.json,
  strict: strictOption,
});

export const convertOptions = z.strictObject({
  ...commonOptions.shape,
  files: inspectOptions.shape.files,
  to: z.enum(['junit', 'cobertura', 'codequality', 'sarif']).nullable().default(null).meta({
    description: 'The format to write, for the widget of GitLab that reads it.',
    example: 'codequality',
  }),
  out: z.string().nullable().default(null).meta({
    description: 'File to write, instead of the standard output.',
    example: 'gl-code-quality-report.json',
    notInFile: true,
  }),
  patterns: patternsOption,
  strict: strictOption,
});
