import { GitLabRefusedError } from '../../errors.ts';

/**
 * Null where GitLab answers 404, or 400: it does not even look for a path that cannot be that of a file
 * (`lib/api/validations/validators/file_path.rb` of GitLab).
 */
export async function nullIfNoFile<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitLabRefusedError && (error.status === 404 || error.status === 400)) return null;
    throw error;
  }
}
