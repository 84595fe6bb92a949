import type { CommentMode } from '../../../model/comment-mode.ts';
import { failsJob } from '../../../model/gate.ts';
import type { Summary } from '../../../model/summary.ts';
import {
  crossedThresholds,
  failedJobs,
  failingTests,
  hiddenFailures,
  openParts,
} from '../../../render/comment/verdict.ts';

/** Jobs that failed of something else than tests, as far as their logs say. */
function hasBrokenJob(summary: Summary): boolean {
  const ofTests = new Set(
    summary.causes.flatMap(({ kind, jobs }) => (kind === 'test' ? jobs.map(({ id }) => id) : [])),
  );
  const others = failedJobs(summary).filter(({ id }) => !ofTests.has(id));
  // Without its log a job that failed beside failing tests has probably failed of them.
  const isKnown = summary.causes.length > 0 || failingTests(summary) === 0;
  return (isKnown && others.length > 0) || hiddenFailures(summary).length > 0;
}

/** Something could not be measured: a report, a test, a job, or what GitLab did not give. */
function hasError(summary: Summary): boolean {
  const { unexplained, files, tests, gates } = summary;
  return (
    unexplained.length > 0 ||
    openParts(summary).length > 0 ||
    files.some(({ error, isForeign }) => error !== null && !isForeign) ||
    (tests?.totals.errored ?? 0) > 0 ||
    gates.some(({ outcome }) => outcome === 'unknown') ||
    hasBrokenJob(summary)
  );
}

/** Something to act on: what failed, and what could not be measured. */
function hasFailure(summary: Summary): boolean {
  return (
    failingTests(summary) > 0 ||
    failedJobs(summary).length > 0 ||
    crossedThresholds(summary).length > 0 ||
    summary.gates.some(failsJob) ||
    hasError(summary)
  );
}

/** True when a merge request that has no comment yet needs one. From then on it is kept current in every mode. */
export function needsFirst(mode: CommentMode, summary: Summary): boolean {
  switch (mode) {
    case 'always':
    case 'changes':
      return true;
    case 'failures':
      return hasFailure(summary);
    case 'errors':
      return hasError(summary);
    case 'never':
      return false;
  }
}
