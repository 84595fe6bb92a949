import { GitLabRefusedError } from '../../errors.ts';

/** Null where GitLab answers 404: it is gone, or not to be seen. */
export async function nullIfGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitLabRefusedError && error.status === 404) return null;
    throw error;
  }
}
