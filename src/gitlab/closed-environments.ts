import * as z from 'zod';
import { GitLabRefusedError } from '../errors.ts';
import type { Member } from '../model/person.ts';
import { type Api, projectPath } from './api.ts';
import { type AccessLevelAnswer, accessLevelAnswer, allows } from './branch-rights.ts';
import { readPages } from './read-pages.ts';

const environmentAnswer = z.object({
  name: z.string(),
  deploy_access_levels: z.array(accessLevelAnswer).nullish(),
});

type ProtectedEnvironment = z.infer<typeof environmentAnswer>;

/** 500 protected environments. */
const maxPages = 5;

function mayDeploy({ deploy_access_levels: levels }: ProtectedEnvironment, member: Member): boolean {
  return member.active && (levels ?? []).some((level) => allows(level, member));
}

/** Who is in a group is not known: it might be the bot. */
function mightDeploy(environment: ProtectedEnvironment, bot: Member | null): boolean {
  const isOfGroup = ({ group_id: group }: AccessLevelAnswer): boolean => typeof group === 'number';
  const { deploy_access_levels: levels } = environment;
  return bot === null || (levels ?? []).some(isOfGroup) || mayDeploy(environment, bot);
}

/** Maintainers see them, from Premium on: https://docs.gitlab.com/api/protected_environments/ */
async function fetchAll(api: Api, project: number): Promise<readonly ProtectedEnvironment[]> {
  const path = `${projectPath(project)}/protected_environments`;
  try {
    return await readPages({ path, query: {}, row: environmentAnswer, maxPages }, api);
  } catch (error) {
    if (error instanceof GitLabRefusedError && (error.status === 403 || error.status === 404)) return [];
    throw error;
  }
}

/** Names of those that the bot may deploy to, or might, and the member may not. `fetchBot` is asked only where it matters. */
export async function fetchClosedEnvironments(
  api: Api,
  { project, member }: { readonly project: number; readonly member: Member },
  fetchBot: () => Promise<Member | null>,
): Promise<readonly string[]> {
  const closed = (await fetchAll(api, project)).filter((environment) => !mayDeploy(environment, member));
  if (closed.length === 0) return [];
  const bot = await fetchBot();
  return closed.filter((environment) => mightDeploy(environment, bot)).map(({ name }) => name);
}
