import * as z from 'zod';

const text = z.string().min(1).max(10_000);

/** A text of the set, which the project can replace. */
export function textSetting(standard: string): z.ZodDefault<typeof text> {
  return text.default(standard).meta({ description: 'The text, as Markdown with placeholders.' });
}

/** A text that the project can set. */
export function textOption(description: string): z.ZodOptional<typeof text> {
  return text.optional().meta({ description });
}

/** Accounts of access tokens and of the best-known bots. */
const bots = ['project_*_bot*', 'group_*_bot*', 'renovate*', 'dependabot*'];

const globs = z.array(z.string().min(1)).max(50);

/** Settings that all reminder sets share. */
export const reminderSettings = {
  how: z.enum(['comment', 'thread']).default('comment').meta({
    description: 'A comment or a thread; a thread blocks the merge where all threads must be resolved.',
  }),
  drafts: z.boolean().default(false).meta({ description: 'Whether authors of drafts are reminded too.' }),
  'exempt-authors': globs
    .default(bots)
    .meta({ description: 'People and bots that get no reminder, as globs.' }),
  'exempt-labels': globs.default([]).meta({ description: 'Labels that switch it off, as globs.' }),
};

interface Reminder {
  readonly how: 'comment' | 'thread';
  readonly drafts: boolean;
  readonly 'exempt-authors': readonly string[];
  readonly 'exempt-labels': readonly string[];
}

function none(key: string, values: readonly string[]): object {
  return values.length === 0 ? {} : { [key]: { none: values } };
}

/** The conditions of a reminder about open merge requests. */
export function reminderConditions(settings: Reminder): object {
  return {
    state: 'opened',
    ...(settings.drafts ? {} : { draft: false }),
    ...none('author', settings['exempt-authors']),
    ...none('labels', settings['exempt-labels']),
  };
}

/** Reminds, and takes the reminder back. */
export function reminderActions(
  { how }: Reminder,
  words: string,
): { readonly do: unknown; readonly otherwise: unknown } {
  return how === 'comment'
    ? { do: [{ comment: words }], otherwise: [{ 'remove-comment': true }] }
    : { do: [{ 'open-thread': words }], otherwise: [{ 'resolve-thread': true }] };
}

/** Everything that can make a reminder necessary or unnecessary. */
export const reminderEvents = [
  'merge_request.opened',
  'merge_request.reopened',
  'merge_request.ready',
  'merge_request.draft',
  'merge_request.retitled',
  'merge_request.edited',
  'merge_request.new-commits',
  'merge_request.labels',
];
