import { counted, type Gate, named } from '../gate.ts';

/** Gates about the run itself: its reports and its jobs. */
export const runGates = [
  {
    name: 'missing-report',
    meaning: 'Files that were expected and are missing or unreadable, or no report at all.',
    takes: ['number'],
    bare: true,
    example: 'missing-report',
    measure({ files, tests, coverage, findings, metrics }) {
      const unreadable = files.filter(({ error }) => error !== null).map(({ path }) => path);
      const nothing = [tests, coverage, findings, metrics].every((report) => report === null);
      const count = unreadable.length + (nothing ? 1 : 0);
      return {
        value: count,
        found:
          count === 0
            ? 'every report was read'
            : `${counted(count, 'report is', 'reports are')} missing or unreadable${named(unreadable)}`,
      };
    },
    unmeasured: '',
    remedy: 'see the warnings for the file and the reason',
  },
  {
    name: 'failed-jobs',
    meaning: 'Jobs of the pipeline that failed and may not.',
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
    unmeasured: 'GitLab did not give the jobs',
    remedy: 'mend the jobs',
  },
] as const satisfies readonly Gate[];
