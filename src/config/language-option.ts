import * as z from 'zod';

/** Language of what Herald writes for people. */
export const languageOption = z.enum(['en', 'de']).default('en').meta({
  description: 'Language of the comment, of the full report and of the digest.',
  input: true,
});
