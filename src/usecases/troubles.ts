import {
  type ExitCode,
  exitCodes,
  GitLabAnswerError,
  GitLabError,
  GitLabRefusedError,
  type HeraldError,
} from '../errors.ts';
import type { GitLab } from '../gitlab/ports/port.ts';
import type { Log } from '../io/port.ts';
import type { MissingPart, PartName } from '../model/missing-part.ts';

/** What a run can do without: there, or missing with the reason. */
export type Part<T> =
  | { readonly kind: 'there'; readonly value: T }
  | { readonly kind: 'missing'; readonly error: GitLabError };

/** Collects refusals and failed requests, so that a run continues and reports them at the end. */
export interface Troubles {
  /** The result of `work`, or null when GitLab refused it or failed at it; anything else is thrown on. */
  attempt<T>(what: string, work: () => Promise<T>): Promise<T | null>;
  /**
   * The one way to read what a report can do without. What GitLab refuses or fails at is missing: it is logged, the
   * report says so, and the exit code does. Anything else is thrown on. `what` is the name for the log.
   */
  part<T>(part: PartName, work: () => Promise<T>, what?: string): Promise<Part<T>>;
  /** The same for what was read elsewhere. */
  lack(part: PartName, error: GitLabError, what?: string): void;
  /** The parts that are missing, each once, in an order that does not depend on which GitLab answered first. */
  missing(): readonly MissingPart[];
  /** What makes the exit code. */
  all(): readonly HeraldError[];
}

/** In the order in which a report says that they are missing. */
const names: Readonly<Record<PartName, string>> = {
  'merge-request': 'the merge request',
  jobs: 'the jobs of the pipeline',
  traces: 'the logs of failed jobs',
  'test-report': 'the test report of the pipeline',
  'job-reports': 'the reports of the jobs',
  baseline: 'the baseline',
  diff: 'the diff of the merge request',
  labels: 'the labels of the merge request',
  'flaky-marks': 'the tests marked as flaky',
  'code-owner-approval': 'the approvals of code owners',
  quarantine: 'the tests in quarantine',
  'touched-files': 'the open incidents',
  blame: 'the people who last changed the lines that failed',
};

const partsInOrder: readonly string[] = Object.keys(names);

function reasonOf(error: GitLabError): MissingPart['reason'] {
  if (error instanceof GitLabRefusedError) return 'refused';
  return error instanceof GitLabAnswerError ? 'unusable-answer' : 'unreachable';
}

/**
 * `gitlab` is who is asked. What GitLab refuses a job's own token to read is missing and no trouble: a project without
 * a bot token ends with 0.
 */
export function createTroubles(log: Log, gitlab: Pick<GitLab, 'tokenKind'> | null): Troubles {
  const errors: HeraldError[] = [];
  const missing = new Map<PartName, MissingPart>();
  const hints = new Set<string>();

  function tell(what: string, { message, hint }: GitLabError): void {
    log.warn(`${what}: ${message}`);
    if (hint === null || hints.has(hint)) return;
    hints.add(hint);
    log.warn(`  ${hint}`);
  }

  function lack(part: PartName, error: GitLabError, what = names[part]): void {
    tell(what, error);
    if (!missing.has(part)) missing.set(part, { part, reason: reasonOf(error) });
    const isExpected = gitlab?.tokenKind === 'job' && error instanceof GitLabRefusedError;
    if (!isExpected) errors.push(error);
  }

  return {
    async attempt(what, work) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof GitLabError)) throw error;
        errors.push(error);
        tell(what, error);
        return null;
      }
    },
    async part(part, work, what) {
      try {
        return { kind: 'there', value: await work() };
      } catch (error) {
        if (!(error instanceof GitLabError)) throw error;
        lack(part, error, what);
        return { kind: 'missing', error };
      }
    },
    lack,
    missing: () =>
      [...missing.values()].toSorted((a, b) => partsInOrder.indexOf(a.part) - partsInOrder.indexOf(b.part)),
    all: () => errors,
  };
}

/** The value of a part, null where it is missing. */
export function valueOf<T>(part: Part<T>): T | null {
  return part.kind === 'there' ? part.value : null;
}

/** 5 when GitLab could not be reached or understood, 4 when it refused, 0 when there was no trouble. */
export function exitCodeOfTroubles(errors: readonly HeraldError[]): ExitCode {
  if (errors.some((error) => error.exitCode === exitCodes.unreachable)) return exitCodes.unreachable;
  return errors[0]?.exitCode ?? exitCodes.done;
}
