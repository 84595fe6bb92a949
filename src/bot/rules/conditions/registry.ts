import { branch, sourceBranch, targetBranch } from './branches.ts';
import { changedPaths, commits, files, size } from './changes.ts';
import type { ConditionSpec } from './condition-spec.ts';
import { approvals, linkedIssue, review } from './links.ts';
import { actor, assignees, author, authorRole, firstContribution, reviewers } from './people.ts';
import { environment, failedJobs, status, tier } from './pipeline.ts';
import { description, descriptionLength, note, title } from './texts.ts';
import { age, inactive, ownComment } from './time.ts';
import {
  confidential,
  draft,
  fork,
  is,
  labels,
  labelsAdded,
  labelsRemoved,
  milestone,
  state,
  type,
} from './work.ts';

/** The keys of `when`, in the order of the docs. */
export const conditionSpecs = [
  is,
  state,
  draft,
  targetBranch,
  sourceBranch,
  branch,
  fork,
  author,
  authorRole,
  firstContribution,
  actor,
  title,
  description,
  descriptionLength,
  note,
  labels,
  labelsAdded,
  labelsRemoved,
  milestone,
  assignees,
  reviewers,
  confidential,
  type,
  age,
  inactive,
  changedPaths,
  files,
  size,
  commits,
  linkedIssue,
  approvals,
  review,
  status,
  failedJobs,
  environment,
  tier,
  ownComment,
] as const satisfies readonly ConditionSpec[];
