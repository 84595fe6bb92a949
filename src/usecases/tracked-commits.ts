import type { CommitFacts } from '../model/facts.ts';
import type { TrackedCommit } from '../model/tracked-release.ts';

/** An error tracker replaces the commits of a release by those of one request, so all are in one. */
export const maxTrackedCommits = 1_000;

/** In `Co-authored-by`, `Signed-off-by` and the like. */
const address = /[ \t]?<[^<>\s@]{1,64}@[^<>\s@]{1,254}>/g;

export interface TrackedCommitsHow {
  /** Whether the e-mail addresses of people are sent. */
  readonly authorEmails: boolean;
  /** Takes secrets out of a text. */
  readonly mask: (text: string) => string;
}

/** Whether a commit asks Sentry to skip it: Sentry would not count it. Source: https://docs.sentry.io/product/releases/associate-commits/ */
function isLeftOut({ message }: CommitFacts): boolean {
  return message.includes('#skipsentry');
}

/** Commits as an error tracker gets them, the newest thousand. */
export function trackedCommits(
  newestFirst: readonly CommitFacts[],
  { authorEmails, mask }: TrackedCommitsHow,
): readonly TrackedCommit[] {
  return newestFirst
    .filter((commit) => !isLeftOut(commit))
    .slice(0, maxTrackedCommits)
    .map(({ sha, message, authorName, authorEmail, committedAt = null }) => ({
      sha,
      message: mask(authorEmails ? message : message.replace(address, '')),
      authorName: mask(authorName),
      authorEmail: authorEmails ? (authorEmail ?? null) : null,
      committedAt,
    }));
}
