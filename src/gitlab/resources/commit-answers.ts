import * as z from 'zod';
import type { CommitFacts } from '../../model/facts.ts';

/** A commit in lists of the API. Source: https://docs.gitlab.com/api/commits/ */
export const commitFactsAnswer = z.lazy(() =>
  z
    .object({
      id: z.string(),
      title: z.string().nullish(),
      message: z.string().nullish(),
      author_name: z.string().nullish(),
      author_email: z.string().nullish(),
      committed_date: z.string().nullish(),
      parent_ids: z.array(z.string()).nullish(),
    })
    .transform(
      ({
        id: sha,
        title,
        message,
        author_name: authorName,
        author_email: email,
        committed_date: committedAt,
        parent_ids: parents,
      }): CommitFacts => ({
        sha,
        title: title ?? '',
        message: message ?? title ?? '',
        authorName: authorName ?? '',
        ...(typeof email === 'string' ? { authorEmail: email } : {}),
        ...(typeof committedAt === 'string' ? { committedAt } : {}),
        ...(Array.isArray(parents) ? { parents } : {}),
      }),
    ),
);
