import { honourFlakyMarks, possibleNews } from '../../compare/honour-flaky-marks.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import type { TestsReport } from '../../model/tests.ts';
import { fetchFlakyMarks } from '../../publish/flaky-marks.ts';
import { type Troubles, valueOf } from '../troubles.ts';
import type { World } from '../world.ts';

interface Compared {
  readonly comparison: Comparison;
  readonly tests: TestsReport | null;
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
}

/**
 * Takes tests that people marked as flaky from the new failures. GitLab is asked only when tests fail that did not fail
 * before, and only with a bot's token: marks are proven by its own user. A project without issues has no marks.
 */
export async function askForFlakyMarks(
  { comparison, tests, context, mergeRequest }: Compared,
  { gitlab, log }: World,
  troubles: Troubles,
): Promise<Comparison> {
  if (tests === null || gitlab?.tokenKind !== 'bot') return comparison;
  if (possibleNews(comparison, tests).length === 0) return comparison;
  const project = mergeRequest?.project ?? context.project.id;
  const part = await troubles.part('flaky-marks', async () => {
    try {
      return await fetchFlakyMarks(project, gitlab);
    } catch (error) {
      if (!(error instanceof GitLabRefusedError) || error.status === 401) throw error;
      log.debug(`no marks of flaky tests: ${error.message}`);
      return null;
    }
  });
  const marks = valueOf(part);
  return marks === null ? comparison : honourFlakyMarks(comparison, tests, marks);
}
