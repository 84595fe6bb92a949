import * as z from 'zod';

/** All projects of a group. */
export const groupOptions = {
  group: z.string().nullable().default(null).meta({
    description: 'All projects of a group, by its full path, except archived ones.',
    example: 'group',
  }),
  subgroups: z.boolean().default(true).meta({
    description: 'Whether to include the projects of its subgroups (`--no-subgroups` does not).',
  }),
};
