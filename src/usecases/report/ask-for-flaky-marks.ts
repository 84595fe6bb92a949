import { possibleNews } from '../../compare/honour-flaky-marks.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { FlakyMarks } from '../../model/flaky-mark.ts';
import type { TestsReport } from '../../model/tests.ts';
import { fetchFlakyMarks } from '../../publish/flaky-marks.ts';
import { type Troubles, valueOf } from '../troubles.ts';
import type { World } from '../world.ts';

interface Compared {
  readonly tests: TestsReport | null;
  readonly compared: Comparison['tests'];
  readonly project: number | string;
  /** What was looked up ahead; null where that did not give the marks. */
  readonly ahead: () => Promise<FlakyMarks | null>;
}

/**
 * The tests that people marked as flaky, for the new failures; null where none can matter or they are not known. GitLab
 * is asked only when tests fail that did not fail before, and only with a bot's token: marks are proven by its own
 * user. A project without issues has no marks.
 */
export async function askForFlakyMarks(
  { tests, compared, project, ahead }: Compared,
  { gitlab, log }: World,
  troubles: Troubles,
): Promise<FlakyMarks | null> {
  if (tests === null || gitlab?.tokenKind !== 'bot') return null;
  if (possibleNews(compared, tests).length === 0) return null;
  const part = await troubles.part('flaky-marks', async () => {
    try {
      return (await ahead()) ?? (await fetchFlakyMarks(project, gitlab));
    } catch (error) {
      if (!(error instanceof GitLabRefusedError) || error.status === 401) throw error;
      log.debug(`no marks of flaky tests: ${error.message}`);
      return null;
    }
  });
  return valueOf(part);
}
