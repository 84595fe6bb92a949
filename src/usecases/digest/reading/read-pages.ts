import { GitLabAnswerError, GitLabError, GitLabRefusedError } from '../../../errors.ts';
import type { HistoryPage, HistoryPages } from '../../../gitlab/ports/history.ts';
import { failedReading } from '../../../model/reading-gap.ts';
import type { Allowance } from './allowance.ts';

/** How the reading of a list ended; anything but `whole` leaves something out, with the reason in words. */
export type Ending = { readonly kind: 'whole' } | { readonly kind: 'cut' | 'failed'; readonly gap: string };

const whole: Ending = { kind: 'whole' };

/**
 * Why a part is missing, as a plain sentence without a full stop. Without a valid token there is nothing at all: 401 is
 * thrown on.
 */
function gapOf(error: GitLabError): string {
  if (error instanceof GitLabRefusedError) {
    if (error.status === 401) throw error;
    return failedReading.refused(error.status);
  }
  return error instanceof GitLabAnswerError ? failedReading.unusable : failedReading.unreachable;
}

/** What a question gives, or the gap that its failure leaves. Throws what is not from GitLab, and 401. */
export async function askOrGap<Value>(
  ask: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly gap: string }> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    return { gap: gapOf(error) };
  }
}

/**
 * Hands over page after page, until `onPage` has enough, the list ends, or no request is left. Throws what is not from
 * GitLab, and 401.
 */
export async function readPages<Row>(
  pages: HistoryPages<Row>,
  allowance: Allowance,
  onPage: (page: HistoryPage<Row>) => 'more' | 'enough',
): Promise<Ending> {
  const iterator = pages[Symbol.asyncIterator]();
  for (;;) {
    if (!allowance.take()) return { kind: 'cut', gap: failedReading.noRequestsLeft };
    const asked = await askOrGap(() => iterator.next());
    if ('gap' in asked) return { kind: 'failed', gap: asked.gap };
    const { value: next } = asked;
    if (next.done === true || onPage(next.value) === 'enough' || !next.value.hasMore) return whole;
  }
}
