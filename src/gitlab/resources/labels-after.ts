import * as z from 'zod';

/** The labels that a merge request or issue has after a request that changed them; null where GitLab does not say. */
export const labelsAfter = z.lazy(() =>
  z
    .object({ labels: z.array(z.unknown()).nullish() })
    .transform(({ labels }): readonly string[] | null =>
      labels ? labels.filter((label) => typeof label === 'string') : null,
    ),
);
