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

/** Something that GitLab refused or failed at. */
export interface Trouble {
  /** Its name for the log: "the comment". */
  readonly what: string;
  readonly error: HeraldError;
}

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
  /** What makes the exit code, in the order in which it happened. */
  all(): readonly Trouble[];
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
  const troubles: Trouble[] = [];
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
    if (!isExpected) troubles.push({ what, error });
  }

  return {
    async attempt(what, work) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof GitLabError)) throw error;
        troubles.push({ what, error });
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
    all: () => troubles,
  };
}

/** The value of a part, null where it is missing. */
export function valueOf<T>(part: Part<T>): T | null {
  return part.kind === 'there' ? part.value : null;
}

/** 5 when GitLab could not be reached or understood, 4 when it refused, 0 when there was no trouble. */
export function exitCodeOfTroubles(troubles: readonly Trouble[]): ExitCode {
  if (troubles.some(({ error }) => error.exitCode === exitCodes.unreachable)) return exitCodes.unreachable;
  return troubles[0]?.error.exitCode ?? exitCodes.done;
}

const maxNamed = 5;

/**
 * What GitLab refused or failed at, in one line and with the first remedy, for the end of a log whose reader sees no
 * more than that; empty without trouble. What was to be written comes last in a run and first here.
 */
export function endOfLog(troubles: readonly Trouble[]): readonly string[] {
  const failed = [...new Set(troubles.map(({ what }) => what).toReversed())];
  if (failed.length === 0) return [];
  const more = failed.length > maxNamed ? `, and ${failed.length - maxNamed} more` : '';
  const hint = troubles.find(({ error }) => error.hint !== null)?.error.hint ?? null;
  return [
    `GitLab refused or failed at: ${failed.slice(0, maxNamed).join(', ')}${more}. The report is in the artifacts.`,
    ...(hint === null ? [] : [`  ${hint}`]),
  ];
}
