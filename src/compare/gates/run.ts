import { counted, type Gate, named, unexplainedIn, withUnexplained } from '../gate.ts';

/** Gates about the run itself: its reports and its jobs. */
export const runGates = [
  {
    name: 'missing-report',
    meaning:
      'Expected reports that are missing, unreadable or incomplete, reports that count more failures than they list, or no report at all.',
    takes: ['number'],
    bare: true,
    example: 'missing-report',
    measure(summary) {
      const { tests, coverage, findings, metrics } = summary;
      const isEmpty = [tests, coverage, findings, metrics].every((report) => report === null);
      const found = isEmpty ? 'no report was found' : 'every report was read';
      return withUnexplained({ value: isEmpty ? 1 : 0, found }, unexplainedIn(summary));
    },
    unmeasured: '',
    remedy: 'see the comment for the file and the reason',
  },
  {
    name: 'failed-jobs',
    meaning: 'Jobs of the pipeline that failed and are not allowed to fail.',
    takes: ['number'],
    bare: true,
    example: 'failed-jobs',
    measure({ pipeline }) {
      if (pipeline === null) return null;
      const failed = pipeline.jobs.filter(
        ({ status, retried, allowFailure }) => status === 'failed' && !retried && !allowFailure,
      );
      const names = named(failed.map(({ name }) => name));
      return { value: failed.length, found: `${counted(failed.length, 'job', 'jobs')} failed${names}` };
    },
    unmeasured: 'GitLab did not return the jobs',
    remedy: 'fix the jobs',
  },
] as const satisfies readonly Gate[];
