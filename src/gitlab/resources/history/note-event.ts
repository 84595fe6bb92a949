import type { MergeRequestEvent } from '../../../model/project-history.ts';

type EventKind = MergeRequestEvent['kind'];

/**
 * What GitLab notes itself. The texts are stored in English whatever the language of the user or instance: they are
 * plain texts in `app/services/system_notes/` of GitLab's source, and not translated. Drafts were called "work in
 * progress" before 13.2. `closed` and `reopened` are notes before GitLab 13.2 only; later versions keep them elsewhere.
 */
const systemNotes: readonly (readonly [RegExp, EventKind])[] = [
  [/^approved this merge request/, 'approved'],
  [/^(?:unapproved this merge request|removed approval)/, 'unapproved'],
  [/^(?:marked this merge request as \*\*ready\*\*|unmarked (?:this merge request )?as a )/i, 'ready'],
  [
    /^(?:marked this merge request as \*\*draft\*\*|marked as a \*\*(?:work in progress|draft)\*\*)/i,
    'draft',
  ],
  [/^added \d+ (?:new )?commits?\b/, 'push'],
  [/^(?:status changed to )?closed(?: via .*)?$/i, 'closed'],
  [/^(?:status changed to )?reopened(?: via .*)?$/i, 'reopened'],
];

/** What a note means for the course of a merge request; null for notes such as labels and mentions. */
export function kindOfNote({
  system,
  body,
}: {
  readonly system: boolean;
  readonly body: string;
}): EventKind | null {
  if (!system) return 'comment';
  const line = body.split('\n', 1)[0] ?? '';
  return systemNotes.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}
