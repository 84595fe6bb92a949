import * as z from 'zod';
import type { NewToken } from '../ports/accounts.ts';

/** GitLab's answer to a request that makes a token. Source: https://docs.gitlab.com/api/personal_access_tokens/ */
export const newTokenAnswer = z.lazy(() =>
  z
    .object({ id: z.number().int(), token: z.string().min(1), expires_at: z.string().nullish() })
    .transform(
      ({ id, token, expires_at: expiresAt }): NewToken => ({ id, token, expiresAt: expiresAt ?? null }),
    ),
);
