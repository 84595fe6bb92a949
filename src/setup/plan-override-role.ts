import type { ProjectSettings } from '../model/setup.ts';
import type { SetupPlan } from './change.ts';
import { exemptsPayload } from './gitlab-version.ts';

/** The value of GitLab's API with which no pipeline takes variables from outside. */
export const nobody = 'no_one_allowed';

/** What everything weaker means, for readers of a plan or a diagnosis. */
export const weakerMeans =
  'everybody who knows the trigger URL can set any variable of the pipelines of the bot, and so run code beside its token';

/**
 * Nobody may set variables of the bot's pipelines: a trigger acts as the user who made its token, so that every role is
 * as weak as the trigger URL. A GitLab that treats the payload as such a variable must stay as it is. Null where
 * GitLab does not say who can set them. Source: https://docs.gitlab.com/ci/variables/#restrict-pipeline-variables
 */
export function planOverrideRole(bot: ProjectSettings, version: string | null): SetupPlan {
  const { path, minimumOverrideRole: from } = bot;
  const isExempt = exemptsPayload(version);
  if (from === nobody && !isExempt)
    return {
      changes: [],
      advice: [
        `nobody can set pipeline variables in ${path}, which is right; but GitLab before 18.6 then also refuses payloads: run herald setup --test to see whether this one does, and if so, update GitLab`,
      ],
    };
  if (from === null || from === nobody) return { changes: [], advice: [] };
  if (isExempt) return { changes: [{ do: 'set-override-role', in: bot, from, to: nobody }], advice: [] };
  return {
    changes: [],
    advice: [
      `${weakerMeans}: GitLab before 18.6 cannot prevent that without refusing payloads, so keep the trigger URL as secret as the token and update GitLab`,
    ],
  };
}
