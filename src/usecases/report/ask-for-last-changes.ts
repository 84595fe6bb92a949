import type { LastChange } from '../../model/blame.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import type { Summary } from '../../model/summary.ts';
import { isFailing, type TestCase, type TestId, type TestsReport } from '../../model/tests.ts';
import { createLastChanges } from '../last-changes.ts';
import { type Troubles, valueOf } from '../troubles.ts';
import type { World } from '../world.ts';

interface Asked {
  readonly tests: TestsReport | null;
  readonly compared: Comparison['tests'];
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
  /** Tests to ask for, as the option `blame` says. */
  readonly max: number;
  /** Files that are there; missing where the checkout shows it. */
  readonly confirmedFiles?: ReadonlySet<string>;
}

/** A failing test of which it is certain where. */
type Placed = TestCase & { readonly failedAt: NonNullable<TestCase['failedAt']> };

function isPlaced(test: TestCase): test is Placed {
  return test.failedAt !== null;
}

/** New failures first, as the comment shows them. */
function placedTests({ tests, compared, max, confirmedFiles }: Asked): readonly Placed[] {
  const failing = (tests?.cases ?? []).filter(({ outcome }) => isFailing(outcome));
  const fresh = new Set((compared?.newFailures ?? []).map(({ id }) => id));
  const sorted = [
    ...failing.filter(({ id }) => fresh.has(id)),
    ...failing.filter(({ id }) => !fresh.has(id)),
  ];
  return sorted
    .filter(isPlaced)
    .filter(({ failedAt }) => confirmedFiles?.has(failedAt.path) !== false)
    .slice(0, max);
}

/**
 * The last changes of the lines at which tests failed, for as many tests as the option `blame` says: one request for
 * each line and one for each commit. Nothing is asked by default, and nothing with a job's own token, which GitLab
 * refuses. Line numbers are those of the commit that the pipeline ran; the project of the merge request has the commits
 * of forks.
 */
export async function askForLastChanges(
  asked: Asked,
  { gitlab }: Pick<World, 'gitlab'>,
  troubles: Troubles,
): Promise<Pick<Summary, 'lastChanges'>> {
  const { context, mergeRequest, max } = asked;
  if (max === 0 || gitlab?.tokenKind !== 'bot') return {};
  const placed = placedTests(asked);
  if (placed.length === 0) return {};
  const project = mergeRequest?.project ?? context.project.id;
  const changes = createLastChanges({ project, sha: context.commit.sha }, gitlab);
  const askOne = async ({ id, failedAt }: Placed): Promise<readonly (readonly [TestId, LastChange])[]> => {
    const commit = await changes.blame(failedAt);
    return commit === null ? [] : [[id, await changes.withMergeRequest(commit)]];
  };
  const part = await troubles.part('blame', async () => (await Promise.all(placed.map(askOne))).flat());
  const found = valueOf(part);
  return found === null ? {} : { lastChanges: new Map(found) };
}
