import type { UnexplainedSign } from '../../model/evidence.ts';
import type { GateWords } from '../../model/gate-words.ts';
import { isFailed } from '../../model/pipeline.ts';
import { type Gate, named, unexplainedIn, withUnexplained } from '../gate.ts';

/** Jobs that GitLab did not give, and that can have failed. */
const unseen: ReadonlySet<UnexplainedSign['kind']> = new Set(['triggers']);

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
      const found = (words: GateWords): string => (isEmpty ? words.noReport : words.everyReport);
      return withUnexplained({ value: isEmpty ? 1 : 0, found }, unexplainedIn(summary));
    },
    unmeasured: null,
    remedy: 'see-comment',
  },
  {
    name: 'failed-jobs',
    meaning: 'Jobs and trigger jobs of the pipeline that failed and are not allowed to fail.',
    takes: ['number'],
    bare: true,
    example: 'failed-jobs',
    measure(summary) {
      const { pipeline } = summary;
      if (pipeline === null) return null;
      const failed = pipeline.jobs.filter(isFailed);
      const names = failed.map(({ name }) => name);
      const measured = {
        value: failed.length,
        found: (words: GateWords) => `${words.failedJobs(failed.length)}${named(words, names)}`,
      };
      return withUnexplained(measured, unexplainedIn(summary, unseen));
    },
    unmeasured: 'no-jobs',
    remedy: 'fix-jobs',
  },
] as const satisfies readonly Gate[];
