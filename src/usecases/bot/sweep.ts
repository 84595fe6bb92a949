import { GitLabRefusedError, UsageError } from '../../errors.ts';
import type { Project } from '../../gitlab/ports/repository.ts';
import type { BotWorld, Handled, SweepWorld } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { deskOf, whyNotServed } from './open-desk.ts';
import { sweepBranch } from './sweep-branch.ts';
import { sweepComments } from './sweep-comments.ts';
import { sweepReports } from './sweep-reports.ts';
import { sweepRules } from './sweep-rules.ts';
import { sweepSchedules } from './sweep-schedules.ts';

/** What a sweep found in one project. */
export interface Swept {
  readonly project: string;
  /** Why it was skipped; null when it was handled. */
  readonly problem: string | null;
  readonly handled: readonly Handled[];
}

const isPlain = (pattern: string): boolean => /^[^*?{}[\]()!+@]+$/.test(pattern);

async function namedProjects(
  paths: readonly string[],
  { gitlab, log }: BotWorld,
): Promise<readonly Project[]> {
  const found: Project[] = [];
  for (const path of paths)
    try {
      found.push(await gitlab.fetchProject(path));
    } catch (error) {
      if (!(error instanceof GitLabRefusedError)) throw error;
      log.warn(`${path} was skipped: ${error.message}`);
    }
  return found;
}

/** Projects that the bot serves and is a member of. */
async function servedProjects(world: BotWorld): Promise<readonly Project[]> {
  const { gitlab, scope } = world;
  const { projects: patterns, ownProject } = scope;
  const found =
    patterns.length === 0
      ? ownProject === null
        ? []
        : [await gitlab.fetchProject(ownProject)]
      : patterns.every(isPlain)
        ? await namedProjects(patterns, world)
        : await gitlab.fetchOwnProjects();
  return found.filter((project) => whyNotServed(project, scope) === null);
}

type Step = (desk: Desk, world: SweepWorld) => Promise<readonly Handled[]>;

const steps: readonly Step[] = [sweepComments, sweepReports, sweepBranch, sweepSchedules, sweepRules];

/** A refusal in one step is logged, and the other steps continue. */
async function take(step: Step, desk: Desk, world: SweepWorld): Promise<readonly Handled[]> {
  try {
    return await step(desk, world);
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    world.log.warn(`${desk.project.path}: ${error.message}`);
    return [];
  }
}

async function sweepProject(project: Project, world: SweepWorld): Promise<Swept> {
  const handled: Handled[] = [];
  try {
    const desk = await deskOf(project, world);
    for (const step of steps) handled.push(...(await take(step, desk, world)));
    return { project: project.path, problem: null, handled };
  } catch (error) {
    if (!(error instanceof GitLabRefusedError || error instanceof UsageError)) throw error;
    return { project: project.path, problem: error.message, handled };
  }
}

/**
 * Handles what no webhook reported, in every project that the bot serves: commands without an answer, pipelines without
 * a report, statuses left running, rules about time, the default branch and schedules. Doing it again does nothing
 * more. Throws `GitLabUnreachableError`.
 */
export async function sweep(world: SweepWorld): Promise<readonly Swept[]> {
  const swept: Swept[] = [];
  for (const project of await servedProjects(world)) swept.push(await sweepProject(project, world));
  return swept;
}
