import type { ActionSpec } from './action-spec.ts';
import { commentSpec, openThreadSpec, removeCommentSpec, resolveThreadSpec } from './comments.ts';
import { trackDeploymentsSpec } from './deployments.ts';
import { trackFailingTestsSpec } from './failing-tests.ts';
import { closeIssueSpec, linkIssueSpec, openIssueSpec } from './issues.ts';
import { labelSpec, unlabelSpec } from './labels.ts';
import { assignSpec, requestReviewSpec, unassignSpec } from './people.ts';
import { retryJobsSpec, runPipelineSpec, setStatusSpec } from './pipelines.ts';
import { closeReferencedSpec } from './references.ts';
import { markShippedSpec, writeReleaseNotesSpec } from './releases.ts';
import { trackReleaseSpec } from './track-release.ts';
import {
  approveSpec,
  closeSpec,
  draftSpec,
  milestoneSpec,
  reactSpec,
  readySpec,
  reopenSpec,
  reportSpec,
  unreactSpec,
} from './work.ts';

/** The keys of `do` and `otherwise`, in the order of the docs. */
export const actionSpecs = [
  commentSpec,
  removeCommentSpec,
  openThreadSpec,
  resolveThreadSpec,
  reactSpec,
  unreactSpec,
  labelSpec,
  unlabelSpec,
  assignSpec,
  unassignSpec,
  requestReviewSpec,
  milestoneSpec,
  closeSpec,
  reopenSpec,
  draftSpec,
  readySpec,
  approveSpec,
  openIssueSpec,
  closeIssueSpec,
  closeReferencedSpec,
  linkIssueSpec,
  trackFailingTestsSpec,
  writeReleaseNotesSpec,
  markShippedSpec,
  trackDeploymentsSpec,
  retryJobsSpec,
  runPipelineSpec,
  setStatusSpec,
  trackReleaseSpec,
  reportSpec,
] as const satisfies readonly ActionSpec[];
