import { GitLabRefusedError } from '../../../errors.ts';
import type { Users } from '../../../gitlab/ports/port.ts';
import type { WorkItems } from '../../../gitlab/ports/work-items.ts';
import type { Log } from '../../../io/port.ts';
import { code, paragraph, text } from '../../../model/document.ts';
import { failsJob } from '../../../model/gate.ts';
import type { Noteable } from '../../../model/noteable.ts';
import { renderMarkdown } from '../../../render/markdown/render-markdown.ts';
import type { ToPublish } from './to-publish.ts';

export type OwnReviewer = Users & Pick<WorkItems, 'fetchReviews' | 'editWorkItem'>;

interface World {
  readonly gitlab: OwnReviewer;
  readonly log: Log;
}

/** A right that is missing here costs nothing else. */
async function unlessRefused(work: () => Promise<void>, log: Log): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    log.warn(`the bot stays a reviewer: ${error.message}`);
  }
}

/** Takes the bot off the reviewers, where it is one. One request, and one more where it is. */
export async function leaveReviewers(on: Noteable, { gitlab, log }: World): Promise<void> {
  await unlessRefused(async () => {
    const { id } = await gitlab.fetchCurrentUser();
    const all = (await gitlab.fetchReviews(on.project, on.iid)).map(({ reviewer }) => reviewer.id);
    const others = all.filter((one) => one !== id);
    if (others.length === all.length) return;
    await gitlab.editWorkItem(on, { reviewerIds: others });
    log.info('GitLab made the bot a reviewer; it took itself off again');
  }, log);
}

/** Before 19.2 GitLab ignores what a review asks for. */
export async function warnUnlessAsked(on: Noteable, { gitlab, log }: World): Promise<void> {
  await unlessRefused(async () => {
    const { id } = await gitlab.fetchCurrentUser();
    const own = (await gitlab.fetchReviews(on.project, on.iid)).find(({ reviewer }) => reviewer.id === id);
    if (own?.state !== 'requested_changes')
      log.warn('GitLab did not take the request for changes of the review: it needs GitLab 19.2 or later');
  }, log);
}

/** The words of a review that asks for changes; null where none should. */
export function changesAsked({ options, summary }: ToPublish): string | null {
  const failed = summary.gates.filter(failsJob);
  if (options.inlineReview !== 'request-changes' || failed.length === 0) return null;
  return renderMarkdown(
    failed.map(({ condition, message }) => paragraph(code(condition), text(` failed: ${message}`))),
  );
}
