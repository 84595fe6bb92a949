import * as z from 'zod';

/** What the sticky note and the commit status are called. */
export const keyOption = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
    'a name of up to 64 letters, digits, dots, dashes and underscores',
  )
  .default('report')
  .meta({
    description:
      'Names the sticky note and the commit status `herald/<key>`; jobs with different keys keep notes of their own.',
    input: true,
    example: 'backend',
  });

/** Which part of the note is written. */
export const sectionOption = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
    'a name of up to 64 letters, digits, dots, dashes and underscores',
  )
  .nullable()
  .default(null)
  .meta({
    description:
      'Writes one section of the note instead of all of it: jobs with the same key and different sections share one note.',
    input: true,
    example: 'backend',
  });

/** How long the note can be. */
export const sizeOption = z.number().int().min(2_000).max(900_000);
export const sizeMeaning =
  'Size limit of the comment in characters; it counts what does not fit. GitLab accepts a million; about 20,000 are easy to read.';
