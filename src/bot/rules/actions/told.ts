import type { Facts, KeyedIssue, PipelineFacts } from '../../../model/facts.ts';

/** When the last job of a pipeline ended; of one without such jobs, when it was made. */
export function endOf({ pipeline, jobs }: PipelineFacts): string | null {
  const ends = jobs.flatMap(({ finishedAt }) => finishedAt ?? []);
  return ends.reduce(
    (last, one) => (last === null || Date.parse(one) > Date.parse(last) ? one : last),
    pipeline.createdAt,
  );
}

/** When what the rule is about happened, as far as GitLab says. */
function momentOf({ pipeline, deployment, subject, now }: Facts): number {
  const moment =
    subject?.updatedAt ?? (pipeline === null ? (deployment?.updatedAt ?? null) : endOf(pipeline));
  const at = Date.parse(moment ?? '');
  return Number.isNaN(at) ? now.getTime() : at;
}

/** The issue already has it: the issue changed after it happened. */
export function isTold(issue: KeyedIssue, facts: Facts): boolean {
  return Date.parse(issue.updatedAt) > momentOf(facts);
}
