import { GitLabError } from '../../../errors.ts';
import type { UnexplainedSign } from '../../../model/evidence.ts';
import type { Job } from '../../../model/pipeline.ts';
import type { ReadReport } from '../../../model/report.ts';
import { createWellKnownCheck } from '../../../reports/discovery.ts';
import { formatNamesOf, usualNamesOf } from '../../../reports/gitlab-report-types.ts';
import type { ListedFormat } from '../../../reports/listed-formats.ts';
import { type Budget, bounds } from './budget.ts';
import { type Asking, addressOf, gapOf, type Handed, reasonOf } from './handed.ts';
import { isForAll } from './read-by-type.ts';
import type { ReportReader } from './report-reader.ts';

interface ByNameOptions extends Asking {
  readonly formats: readonly ListedFormat[];
  readonly reader: ReportReader;
  readonly budget: Budget;
}

interface ByName {
  readonly reads: readonly ReadReport[];
  readonly gaps: readonly UnexplainedSign[];
}

const notInArchive =
  'GitLab before 19.4 gives only what is in "artifacts:paths", too: name the report there as well';

/** The reports of one job. */
interface OfJob {
  readonly job: Job;
  readonly projectId: number;
  readonly handed: readonly Handed[];
}

function byJob(handed: readonly Handed[]): readonly OfJob[] {
  const jobs = new Map<number, OfJob>();
  for (const one of handed) {
    const { job, projectId } = one;
    const before = jobs.get(job.id)?.handed ?? [];
    jobs.set(job.id, { job, projectId, handed: [...before, one] });
  }
  return [...jobs.values()];
}

/** Which files of a job's archive to read: those of its list that reports are called like, else the usual names. */
async function pathsIn(
  { job, projectId, handed }: OfJob,
  options: ByNameOptions,
): Promise<readonly string[]> {
  if (job.hasArtifacts === false) return [];
  const { gitlab, formats } = options;
  const listed = await gitlab.fetchArchiveFiles(addressOf({ projectId, job }), bounds.maxListedFiles);
  if (listed === null) return [...new Set(handed.flatMap(({ type }) => usualNamesOf(type, formats)))];
  const names = new Set(handed.flatMap(({ type }) => formatNamesOf(type)));
  const isWellKnown = createWellKnownCheck(formats.filter(({ format }) => names.has(format)));
  return listed.map(({ path }) => path).filter((path) => isWellKnown(path));
}

/** One file of an archive; nothing where it is not there. */
async function readFile(of: OfJob, path: string, options: ByNameOptions): Promise<readonly ReadReport[]> {
  const { gitlab, reader, budget } = options;
  const room = budget.room();
  const bytes = await gitlab.fetchArtifactFile(addressOf(of), path, room);
  if (bytes === null) return [];
  budget.spend(bytes.byteLength);
  return reader.read({ handed: of, path, bytes });
}

/** A report that none of the files is. */
function unread({ handed }: OfJob, reads: readonly ReadReport[]): readonly Handed[] {
  const found = new Set(reads.flatMap(({ format, error }) => (error === null ? [format] : [])));
  return handed.filter(({ type }) => !formatNamesOf(type).some((name) => found.has(name)));
}

interface JobRead {
  readonly reads: readonly ReadReport[];
  /** Why the rest could not be had; null where the archive does not have it. */
  readonly error: GitLabError | null;
  /** True where more files are there than may be read. */
  readonly isCut: boolean;
}

async function readJob(of: OfJob, options: ByNameOptions): Promise<JobRead> {
  const reads: ReadReport[] = [];
  try {
    const paths = await pathsIn(of, options);
    for (const [index, path] of paths.entries()) {
      if (index === bounds.maxReadFiles || options.budget.room() === 0)
        return { reads, error: null, isCut: true };
      reads.push(...(await readFile(of, path, options)));
    }
    return { reads, error: null, isCut: false };
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    return { reads, error, isCut: false };
  }
}

/** Why reports of a job are unread; null where they are not in its archive. */
function reasonFor({ error, isCut }: JobRead): string | null {
  if (error !== null) return reasonOf(error);
  return isCut ? `Herald reads at most ${bounds.maxReadFiles} files of an archive by API` : null;
}

/**
 * The reports of an older GitLab, as far as the archives of the jobs have them: one request for the list of an archive
 * and one a file, or, before 18.8, one for each usual name of the reports that the job handed over. What is not there
 * is a gap. Test reports are left: only GitLab's own reading of them is sure to have all, whatever their names.
 */
export async function readByName(handed: readonly Handed[], options: ByNameOptions): Promise<ByName> {
  const reads: ReadReport[] = [];
  const gaps: UnexplainedSign[] = [];
  let stopped: string | null = null;
  for (const of of byJob(handed.filter(({ type }) => type !== 'junit'))) {
    if (stopped !== null) {
      const reason: string = stopped;
      gaps.push(...of.handed.map((one) => gapOf(one, 'unreadable', reason)));
      continue;
    }
    const ofJob = await readJob(of, options);
    const { error, isCut } = ofJob;
    if (error !== null) options.troubles.lack('job-reports', error, `the reports of the job ${of.job.name}`);
    if (error !== null && isForAll(error)) stopped = reasonOf(error);
    reads.push(...ofJob.reads);
    const left = isCut ? of.handed : unread(of, ofJob.reads);
    gaps.push(...left.map((one) => gapOf(one, 'unreadable', reasonFor(ofJob) ?? notInArchive)));
  }
  return { reads, gaps };
}
