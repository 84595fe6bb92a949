import { unexplainedSigns } from '../../src/compare/evidence.ts';
import { judgeGates } from '../../src/compare/judge-gates.ts';
import { parseCondition } from '../../src/compare/parse-condition.ts';
import type { Files, Log } from '../../src/io/port.ts';
import { failsJob } from '../../src/model/gate.ts';
import type { Summary } from '../../src/model/summary.ts';
import { type Verdict, verdictOf } from '../../src/render/comment/verdict.ts';
import { englishGates } from '../../src/render/words/english-gates.ts';
import { formats } from '../../src/reports/registry.ts';
import { collectReports } from '../../src/usecases/report/collect-reports.ts';
import { aSummary } from '../builders.ts';
import { mask } from '../mask.ts';

const silent = (): undefined => undefined;
const log: Log = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  section: (_title, work) => work(),
};

function inMemory(files: Readonly<Record<string, string>>): Files {
  return {
    find: (patterns) =>
      Promise.resolve({
        // The search for sources finds nothing.
        files: patterns.some((pattern) => pattern.includes('java,'))
          ? []
          : Object.entries(files).map(([path, text]) => ({ path, sizeBytes: Buffer.byteLength(text) })),
        warnings: [],
        misses: [],
      }),
    async *read(path) {
      await Promise.resolve();
      yield new Uint8Array(Buffer.from(files[path] ?? ''));
    },
    readText: () => Promise.resolve(null),
    write: () => Promise.reject(new Error('nothing is written')),
  };
}

/** What a run over these files comes to: the verdict of its headline, and whether its gates about failures fail. */
export async function verdictOfFiles(files: Readonly<Record<string, string>>): Promise<{
  readonly verdict: Verdict;
  /** By condition, true where it fails the job. */
  readonly fails: Readonly<Record<'errors' | 'failures' | 'missing-report', boolean>>;
  readonly summary: Summary;
}> {
  const wanted = { patterns: ['**/*'], projectDirectory: '/builds/shop', formats, reruns: 'marked' as const };
  const { gaps, ...collected } = await collectReports(wanted, { files: inMemory(files), log, mask });
  const base = aSummary(collected);
  const summary = { ...base, unexplained: unexplainedSigns({ ...base, gaps }) };
  const judged = (name: string): boolean =>
    judgeGates([parseCondition(name, 'fail')], summary, englishGates).some((verdict) => failsJob(verdict));
  return {
    verdict: verdictOf(summary),
    fails: {
      errors: judged('errors'),
      failures: judged('failures'),
      'missing-report': judged('missing-report'),
    },
    summary,
  };
}
