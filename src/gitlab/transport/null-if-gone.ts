import { GitLabRefusedError } from '../../errors.ts';

/** Null where GitLab answers 404: it does not exist, or cannot be seen. */
export async function nullIfGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitLabRefusedError && error.status === 404) return null;
    throw error;
  }
}
