import type { UnexplainedSign } from '../../../model/evidence.ts';
import type { PipelineWithJobs } from '../../../model/pipeline.ts';
import type { ReadReport, Warning } from '../../../model/report.ts';
import type { ListedFormat } from '../../../reports/listed-formats.ts';
import type { ReadSource } from '../read-source.ts';
import { bounds, createBudget } from './budget.ts';
import { childPipelines } from './child-pipelines.ts';
import { expiredArtifacts } from './expired.ts';
import { type Asking, gapOf, type Handed, handedIn } from './handed.ts';
import { readByName } from './read-by-name.ts';
import { readByType } from './read-by-type.ts';
import { createReportReader } from './report-reader.ts';

/** What the jobs of pipelines handed over. */
export interface JobReports {
  /** Reports that jobs call so. */
  readonly promised: readonly ReadReport[];
  /** Files of archives that have the name of a report. */
  readonly named: readonly ReadReport[];
  /** Reports that a job handed over and that could not be read. */
  readonly gaps: readonly UnexplainedSign[];
  /** The same for test reports that only GitLab can read: they are gaps where it is not asked for its reading. */
  readonly testGaps: readonly UnexplainedSign[];
  readonly warnings: readonly Warning[];
}

export interface Asked {
  readonly pipeline: PipelineWithJobs;
  readonly formats: readonly ListedFormat[];
  readonly read: ReadSource;
  /** SHA-256 of the files that are read already: a report that is one of them does not count twice. */
  readonly known: ReadonlySet<string>;
}

/** GitLab reads the test reports of a pipeline itself, without those of its child pipelines. */
function testGapsOf(left: readonly Handed[]): Pick<JobReports, 'gaps' | 'testGaps'> {
  const gap = (one: Handed): UnexplainedSign =>
    gapOf(one, 'unreadable', 'GitLab before 19.4 does not give it');
  const tests = left.filter(({ type }) => type === 'junit');
  return {
    gaps: tests.filter(({ isOwn }) => !isOwn).map(gap),
    testGaps: tests.filter(({ isOwn }) => isOwn).map(gap),
  };
}

/**
 * Reads the reports that the jobs of a pipeline and of its child pipelines handed over, as GitLab lists them with each
 * job: one request a report, two a child pipeline. GitLab before 19.4 does not give them by type: then one request
 * finds that out, and for each job with reports its archive is looked through, one request for its list (18.8 and
 * later) and one a file. Nothing is asked where no job handed over anything. What could not be read is a gap; within
 * the bounds of `budget.ts`.
 */
export async function collectJobReports(asked: Asked, asking: Asking): Promise<JobReports> {
  const children = await childPipelines(asked.pipeline, asking);
  const all = [
    ...handedIn(asked.pipeline, true),
    ...children.pipelines.flatMap((child) => handedIn(child, false)),
  ];
  const handed = all.slice(0, bounds.maxReports);
  const budget = createBudget();
  const reader = createReportReader(asked, budget);
  const byType = await readByType(handed, { ...asking, reader, budget });
  const byName = await readByName(byType.left, { ...asking, formats: asked.formats, reader, budget });
  const overLimit = all
    .slice(bounds.maxReports)
    .map((one) => gapOf(one, 'unreadable', `Herald reads at most ${bounds.maxReports} reports by API`));
  const { gaps, testGaps } = testGapsOf(byType.left);
  return {
    promised: byType.reads,
    named: byName.reads,
    gaps: [...children.gaps, ...byType.gaps, ...byName.gaps, ...gaps, ...overLimit],
    testGaps,
    warnings: expiredArtifacts([asked.pipeline, ...children.pipelines], asking.clock.now()),
  };
}
