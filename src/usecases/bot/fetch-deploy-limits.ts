import type { CiControl } from '../../gitlab/ports/ci-control.ts';
import type { People } from '../../gitlab/ports/people.ts';
import type { DeployLimits, Facts } from '../../model/facts.ts';
import type { Member } from '../../model/person.ts';

interface Place {
  readonly project: number;
  /** The actor, as a member of it. */
  readonly member: Member | null;
  /** When the pipeline in question began, ISO 8601; null where there is none. */
  readonly since: string | null;
}

function placesOf({ project, actor, pipeline, pipelineActor }: Facts): readonly Place[] {
  const begun = pipeline?.pipeline ?? null;
  const since = begun?.createdAt ?? null;
  const isHere = begun === null || begun.projectId === project.id;
  const here = { project: project.id, member: actor, since };
  return isHere ? [here] : [here, { project: begun.projectId, member: pipelineActor, since }];
}

async function limitsAt(
  { project, member, since }: Place,
  botId: number,
  gitlab: Pick<People, 'fetchClosedEnvironments'> & Pick<CiControl, 'fetchDeployedJobs'>,
): Promise<DeployLimits> {
  const environments =
    member === null ? null : await gitlab.fetchClosedEnvironments(project, { member, botId });
  const jobs =
    since === null
      ? []
      : await Promise.all(
          (environments ?? [null]).map((environment) =>
            gitlab.fetchDeployedJobs(project, { environment, since }),
          ),
        );
  return { environments, jobs: new Set(jobs.flat()) };
}

/** One request for each project, where no environment is protected from the actor. */
export async function fetchDeployLimits(
  facts: Facts,
  gitlab: Pick<People, 'fetchClosedEnvironments'> & Pick<CiControl, 'fetchDeployedJobs'>,
): Promise<ReadonlyMap<number, DeployLimits>> {
  const limits = new Map<number, DeployLimits>();
  for (const place of placesOf(facts))
    limits.set(place.project, await limitsAt(place, facts.self.id, gitlab));
  return limits;
}
