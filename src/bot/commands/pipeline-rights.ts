import type { Facts } from '../../model/facts.ts';
import { decide, type RightId } from '../permissions.ts';
import type { Decision } from './command.ts';
import { projectOfPipeline, projectOfSource } from './project-of-pipeline.ts';

/**
 * A right on the merge request's pipeline. A fork's pipeline runs in the fork, where the actor may have another role;
 * on a protected branch, only people who can push to it or merge into it have this right. Source: https://docs.gitlab.com/ci/pipelines/#pipeline-security-on-protected-branches
 */
export function decideOnPipeline(right: RightId, facts: Facts): Decision {
  const { pipeline, project, pipelineActor, sourceBranch } = facts;
  const isElsewhere = pipeline !== null && pipeline.pipeline.projectId !== project.id;
  const path = projectOfPipeline(facts) ?? 'the fork';
  const decision = decide(
    right,
    isElsewhere ? { ...facts, actor: pipelineActor, project: { ...project, path } } : facts,
  );
  if (!decision.allowed) return decision;
  if (sourceBranch === null && facts.subject === null)
    return {
      allowed: false,
      missing:
        'I can check your rights only for the pipeline of a branch that exists, and GitLab shows me no such pipeline of this commit; do it in GitLab, which checks your access',
    };
  if (sourceBranch === null)
    return {
      allowed: false,
      missing: 'GitLab does not show me whether the source branch is protected from you',
    };
  const isClosed = sourceBranch.protected && !sourceBranch.mayPush && !sourceBranch.mayMerge;
  return isClosed
    ? {
        allowed: false,
        missing: `the branch ${sourceBranch.branch} of ${projectOfSource(facts)} is protected, and you can neither push to it nor merge into it`,
      }
    : decision;
}
