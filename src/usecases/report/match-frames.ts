import { GitLabError } from '../../errors.ts';
import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Log } from '../../io/port.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import { type FailedAt, isFailing, type TestCase, type TestsReport } from '../../model/tests.ts';
import { candidateFiles, foldersOfReport } from '../../trail/frames/candidate-files.ts';
import { innermostFirst } from '../../trail/frames/stack-places.ts';

/** Questions in a run, one for each file. */
const maxProbes = 8;
/** Failing tests whose stacks are read: the questions are used up long before. */
const maxTests = 200;
/** Frames of one test, the nearest to what went wrong. */
const maxFrames = 3;

/** Tests of a pipeline whose checkout is not here, and where they failed as far as GitLab has that file. */
export interface MatchedTests {
  readonly tests: TestsReport | null;
  /** The files that GitLab has. */
  readonly confirmedFiles: ReadonlySet<string>;
}

interface Asked {
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
}

/** Where a test may have failed, the likeliest first. */
function possiblePlaces({ failedAt, failure, report }: TestCase, projectPath: string): readonly FailedAt[] {
  if (failedAt !== null) return [failedAt];
  const frames = innermostFirst(`${failure?.message ?? ''}\n${failure?.details ?? ''}`).slice(0, maxFrames);
  const origin = { projectPath, folders: foldersOfReport(report) };
  return frames.flatMap((frame) =>
    candidateFiles(frame, origin).map((path): FailedAt => ({ path, line: frame.line })),
  );
}

interface Probed {
  readonly test: TestCase;
  readonly places: readonly FailedAt[];
}

/** The paths to ask for: the likeliest of each test before the second likeliest of any. */
function pathsToAsk(probed: readonly Probed[]): readonly string[] {
  const ranked = probed.flatMap(({ test, places }) =>
    [...places.map(({ path }) => path), ...(test.file === null ? [] : [test.file])].map((path, rank) => ({
      path,
      rank,
    })),
  );
  const paths = ranked.sort((a, b) => a.rank - b.rank).map(({ path }) => path);
  return [...new Set(paths)].slice(0, maxProbes);
}

/** Those of the paths that are files at the commit; none where GitLab does not say. */
async function existing(
  paths: readonly string[],
  at: { readonly project: number | string; readonly ref: string },
  { gitlab, log }: { readonly gitlab: GitLab; readonly log: Log },
): Promise<ReadonlySet<string>> {
  try {
    const found = await Promise.all(
      paths.map(async (path) => ((await gitlab.hasFile({ ...at, path })) ? [path] : [])),
    );
    return new Set(found.flat());
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    log.info(`places in the code have no links: ${error.message}`);
    return new Set();
  }
}

function matched({ test, places }: Probed, files: ReadonlySet<string>): TestCase {
  const found = places.find(({ path }) => files.has(path));
  return found === undefined ? test : { ...test, failedAt: found };
}

/**
 * Finds the frames of failing tests among the files of the repository where a report comes from outside and there is no
 * checkout to look into: asks GitLab for up to eight files, without their content, at the commit that links lead to.
 * A path without such a file stays text. Asks the project of the merge request, which has the commits of forks, too.
 */
export async function matchFrames(
  tests: TestsReport | null,
  { context, mergeRequest }: Asked,
  how: { readonly gitlab: GitLab; readonly log: Log },
): Promise<MatchedTests> {
  const failing = (tests?.cases ?? []).filter(({ outcome }) => isFailing(outcome));
  if (tests === null || failing.length === 0) return { tests, confirmedFiles: new Set() };
  const probed = failing
    .slice(0, maxTests)
    .map((test) => ({ test, places: possiblePlaces(test, context.project.path) }));
  const at = {
    project: mergeRequest?.project ?? context.project.id,
    ref: mergeRequest?.headSha ?? context.commit.sha,
  };
  const files = await existing(pathsToAsk(probed), at, how);
  const changed = new Map(probed.map((one) => [one.test, matched(one, files)]));
  const cases = tests.cases.map((test) => changed.get(test) ?? test);
  return { tests: { ...tests, cases }, confirmedFiles: files };
}
