import * as z from 'zod';

/** All projects of a group. */
export const groupOptions = {
  group: z.string().nullable().default(null).meta({
    description: 'All projects of a group, by its full path; archived ones are left out.',
    example: 'group',
  }),
  subgroups: z.boolean().default(true).meta({
    description: 'Whether the projects of its subgroups are meant, too (`--no-subgroups`).',
  }),
};
