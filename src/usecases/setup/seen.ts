import { GitLabRefusedError } from '../../errors.ts';
import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Unseen } from '../../setup/instruction-step.ts';

/** A GitLab that shows what the token can see, and a list of what it did not show. */
export interface SeenGitLab {
  readonly gitlab: GitLab;
  readonly unseen: ReadonlySet<Unseen>;
}

/**
 * The same GitLab for a token that cannot read all settings: settings that GitLab refuses to show count as absent and
 * are recorded; only the queue counts as right. Refusals that are not about settings are thrown as usual.
 */
export function asFarAsSeen(gitlab: GitLab, queue: string): SeenGitLab {
  const unseen = new Set<Unseen>();
  const orNothing = async <T>(answer: Promise<T>, nothing: T, about: Unseen): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof GitLabRefusedError)) throw error;
      unseen.add(about);
      return nothing;
    }
  };
  return {
    unseen,
    gitlab: {
      ...gitlab,
      fetchTriggers: (project) => orNothing(gitlab.fetchTriggers(project), [], 'trigger tokens'),
      fetchWebhooks: (project) => orNothing(gitlab.fetchWebhooks(project), [], 'webhooks'),
      fetchVariable: (...of) => orNothing(gitlab.fetchVariable(...of), null, 'variables'),
      fetchSchedules: (project) => orNothing(gitlab.fetchSchedules(project), [], 'schedules'),
      fetchResourceGroups: (project) =>
        orNothing(
          gitlab.fetchResourceGroups(project),
          [{ key: queue, processMode: 'oldest_first' }],
          'resource groups',
        ),
      fetchLabels: (...of) => orNothing(gitlab.fetchLabels(...of), [], 'labels'),
    },
  };
}
