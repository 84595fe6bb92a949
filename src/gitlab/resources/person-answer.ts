import * as z from 'zod';
import type { Person } from '../../model/person.ts';

/** A user as GitLab gives them inside other answers. Source: https://docs.gitlab.com/api/users/ */
export const personAnswer = z.lazy(() =>
  z
    .object({
      id: z.number().int(),
      username: z.string(),
      name: z.string().nullish(),
      state: z.string().nullish(),
    })
    .transform(
      ({ id, username, name, state }): Person => ({
        id,
        username,
        name: name ?? username,
        active: (state ?? 'active') === 'active',
      }),
    ),
);
