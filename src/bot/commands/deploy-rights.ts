import type { DeployLimits, Facts } from '../../model/facts.ts';
import type { Job } from '../../model/pipeline.ts';
import type { Decision } from './command.ts';

function limitsOf(
  { deployLimits, project, pipeline }: Facts,
  where: 'here' | 'pipeline',
): DeployLimits | null {
  const id = where === 'here' ? project.id : (pipeline?.pipeline.projectId ?? project.id);
  return deployLimits?.get(id) ?? null;
}

/**
 * GitLab lets a job deploy where who starts it may, and that is the bot; which job deploys where, it does not tell. So the bot starts none
 * for somebody who may not deploy wherever it may itself.
 * Source: https://docs.gitlab.com/ci/environments/protected_environments/
 */
export function decideOnDeploying(decision: Decision, facts: Facts, where: 'here' | 'pipeline'): Decision {
  if (!decision.allowed) return decision;
  const limits = limitsOf(facts, where);
  if (limits === null) return { allowed: false, missing: 'GitLab does not say where you may deploy' };
  const [first] = limits.environments;
  if (first === undefined) return decision;
  return {
    allowed: false,
    missing: `the environment ${first} is protected: you may not deploy to it, and what I start may. It can be started in GitLab itself, or by a bot with the role Developer`,
  };
}

/** Jobs that deployed where the actor may not, and those that never ran, of which that is not known. */
export function mayDeployClosed(facts: Facts): (job: Job) => boolean {
  const limits = limitsOf(facts, 'pipeline');
  if (limits === null) return () => true;
  const { environments, jobs } = limits;
  return ({ id, startedAt }) => environments.length > 0 && (startedAt === null || jobs.has(id));
}
