import * as z from 'zod';

/** The number in a global id of GraphQL, such as `gid://gitlab/Ci::Build/501`. Source: https://docs.gitlab.com/api/graphql/#global-ids */
export const numberOfGlobalId = z.lazy(() =>
  z
    .string()
    .regex(/\/\d{1,15}$/)
    .transform((id) => Number(id.slice(id.lastIndexOf('/') + 1))),
);
