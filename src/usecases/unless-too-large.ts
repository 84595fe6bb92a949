import { AnswerTooLargeError, UsageError } from '../errors.ts';

/** What of a configuration in a repository is read. Throws `UsageError` for a file that is larger than `maxBytes`. */
export async function unlessTooLarge<T>(
  asking: Promise<T>,
  { where, maxBytes: max }: { readonly where: string; readonly maxBytes: number },
): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (!(error instanceof AnswerTooLargeError)) throw error;
    throw new UsageError(`${where} is larger than ${max / 1024} KiB`, {
      hint: 'Shorten it: Herald reads no more of a configuration.',
      cause: error,
    });
  }
}
