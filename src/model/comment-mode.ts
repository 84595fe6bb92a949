/** When a merge request gets its comment, with the meaning for the docs. */
export const commentModeWords = {
  always: 'after every pipeline',
  changes: 'after the first pipeline, then whenever the result is another one',
  failures: 'from the first pipeline on in which something fails, or something could not be read or measured',
  errors:
    'from the first pipeline on in which something could not be read or measured: a report is broken or missing, a test ends in an error, a job fails of something else than its tests',
  never: 'never',
} as const;

export type CommentMode = keyof typeof commentModeWords;

export const commentModes = ['always', 'changes', 'failures', 'errors', 'never'] as const;
