import type { DeployLimits, Facts } from '../../model/facts.ts';
import type { Job } from '../../model/pipeline.ts';
import type { Decision } from './command.ts';
import { projectOfPipeline } from './project-of-pipeline.ts';

function limitsOf(
  { deployLimits, project, pipeline }: Facts,
  where: 'here' | 'pipeline',
): DeployLimits | null {
  const id = where === 'here' ? project.id : (pipeline?.pipeline.projectId ?? project.id);
  return deployLimits?.get(id) ?? null;
}

/**
 * Ends the sentence of a refusal. Unknown environments count as protected, because a rule can name the bot's own user.
 */
function unknownLimits(project: string): string {
  return `GitLab does not show me which environments of ${project} are protected, and a job that I start could deploy where you cannot. Start it in GitLab itself, or give me the role Maintainer in ${project}, so that I can see the rules`;
}

/** The project whose environments count. */
function placeOf(facts: Facts, where: 'here' | 'pipeline'): string {
  return (where === 'here' ? facts.project.path : projectOfPipeline(facts)) ?? 'the fork';
}

/**
 * A job can deploy where the user who starts it can deploy, and that user is the bot. GitLab does not say which job
 * deploys where. So the bot starts jobs only for people who can deploy everywhere that the bot can. Source: https://docs.gitlab.com/ci/environments/protected_environments/
 */
export function decideOnDeploying(decision: Decision, facts: Facts, where: 'here' | 'pipeline'): Decision {
  if (!decision.allowed) return decision;
  const limits = limitsOf(facts, where);
  const environments = limits?.environments ?? null;
  if (environments === null) return { allowed: false, missing: unknownLimits(placeOf(facts, where)) };
  const [first] = environments;
  if (first === undefined) return decision;
  return {
    allowed: false,
    missing: `the environment ${first} of ${placeOf(facts, where)} is protected: you cannot deploy to it, but a job that I start can. Start it in GitLab itself, or let a bot with the role Developer start it`,
  };
}

/**
 * Jobs that deployed where the actor cannot deploy, and jobs of which nobody knows: they never ran, or they start a
 * pipeline whose jobs can do anything.
 */
export function mayDeployClosed(facts: Facts): (job: Job) => boolean {
  const limits = limitsOf(facts, 'pipeline');
  if (limits === null) return () => true;
  const { environments, jobs } = limits;
  return ({ id, startedAt, trigger }) =>
    environments === null || environments.length > 0
      ? startedAt === null || trigger !== undefined || jobs.has(id)
      : false;
}

/** Why the bot does not start such jobs; follows their names. */
export function whyClosed(facts: Facts): string {
  return (limitsOf(facts, 'pipeline')?.environments ?? null) === null
    ? `might deploy, and GitLab does not show me which environments of ${placeOf(facts, 'pipeline')} are protected. Retry in GitLab, which checks your access, or give me the role Maintainer there.`
    : 'can deploy to a protected environment that you cannot deploy to. Retry in GitLab, which checks your access.';
}
