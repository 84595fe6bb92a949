import type { GitLab } from '../../../gitlab/ports/port.ts';
import type { Project } from '../../../gitlab/ports/repository.ts';
import type { HistoryJob } from '../../../model/project-history.ts';
import { decidedByReason } from '../../../traces/failure-reasons.ts';
import { askOrGap } from './read-pages.ts';

/** What a digest may read of a log; the end of a longer one, which says why, is not reached. */
const maxBytesOfLog = 8 * 1024 * 1024;

export type Cause = NonNullable<HistoryJob['cause']>;

export interface LogReading {
  readonly gitlab: Pick<GitLab, 'readTrace'>;
  readonly of: Project;
  readonly mask: (text: string) => string;
}

/** The cause that the log of a job shows; null where it shows none, or could not be read to its end. */
export async function causeInLog({ gitlab, of, mask }: LogReading, job: HistoryJob): Promise<Cause | null> {
  // Few digests read a log.
  const [{ findCause }, { createTraceReader }] = await Promise.all([
    import('../../../traces/find-cause.ts'),
    import('../../../traces/read-trace.ts'),
  ]);
  let reader = createTraceReader();
  let bytes = 0;
  const asked = await askOrGap(() =>
    gitlab.readTrace(
      { projectId: of.id, jobId: job.id },
      {
        begin() {
          reader = createTraceReader();
          bytes = 0;
        },
        write(piece) {
          reader.write(piece);
          bytes += piece.byteLength;
          return bytes > maxBytesOfLog ? 'enough' : 'more';
        },
      },
    ),
  );
  const digest = reader.end();
  if ('gap' in asked || bytes > maxBytesOfLog || digest.bytes === 0) return null;
  const found = findCause(digest, mask);
  if (found === null) return null;
  const { kind, origin } = { ...found, ...decidedByReason(job) };
  if (origin === 'infrastructure') return 'infrastructure';
  if (kind === 'test') return 'test';
  return origin === 'change' ? 'code' : null;
}
