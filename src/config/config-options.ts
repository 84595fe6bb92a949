import * as z from 'zod';
import { commonOptions } from './common-options.ts';
import { requestOptions } from './request-options.ts';

/** What `herald config` does. */
export const configActions = ['check', 'print', 'schema'] as const;

export const configOptions = z.strictObject({
  ...commonOptions.shape,
  action: z.array(z.string()).default([]).meta({
    description:
      '`check` looks for everything that is wrong in `.herald.yml` and in the variables; `print` shows the effective options of a command, `report` unless another one is named, and where each came from; `schema` prints the JSON Schema of the file.',
    positional: true,
  }),
  json: requestOptions.json,
});
