import { ProjectProtectedEnvironments } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { Member } from '../../model/person.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { readPages } from '../transport/read-pages.ts';
import { type AccessLevelAnswer, accessLevelAnswer, allows } from './branch-rights.ts';

const protectedEnvironments = new ProjectProtectedEnvironments(requestsOnly);

const environmentAnswer = z.lazy(() =>
  z.object({
    name: z.string(),
    deploy_access_levels: z.array(accessLevelAnswer).nullish(),
  }),
);

type ProtectedEnvironment = z.infer<typeof environmentAnswer>;

/** 500 protected environments. */
const maxPages = 5;

function mayDeploy({ deploy_access_levels: levels }: ProtectedEnvironment, member: Member): boolean {
  return member.active && (levels ?? []).some((level) => allows(level, member));
}

/** The members of a group are not known: the bot might be one. */
function mightDeploy(environment: ProtectedEnvironment, bot: Member | null): boolean {
  const isOfGroup = ({ group_id: group }: AccessLevelAnswer): boolean => typeof group === 'number';
  const { deploy_access_levels: levels } = environment;
  return bot === null || (levels ?? []).some(isOfGroup) || mayDeploy(environment, bot);
}

const editionAnswer = z.lazy(() => z.object({ enterprise: z.boolean().nullish() }));

/** The Community Edition has no protected environments, and 404 for their address. Source: https://docs.gitlab.com/api/version/ */
async function isCommunityEdition(api: Api): Promise<boolean> {
  try {
    return (await getJson(api, { path: pathByHand`/version` }, editionAnswer)).enterprise === false;
  } catch (error) {
    if (error instanceof GitLabRefusedError) return false;
    throw error;
  }
}

/**
 * Maintainers see them. Null where GitLab refuses to say: a rule can name the bot's own user, whatever its role.
 * Source: https://docs.gitlab.com/api/protected_environments/
 */
async function fetchAll(api: Api, project: number): Promise<readonly ProtectedEnvironment[] | null> {
  try {
    return await readPages(
      { list: protectedEnvironments.all(project), row: environmentAnswer, maxPages },
      api,
    );
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    return error.status === 404 && (await isCommunityEdition(api)) ? [] : null;
  }
}

/**
 * Names of those that the bot can deploy to, or perhaps can, and the member cannot; null where GitLab does not say.
 * `fetchBot` is asked only where it matters.
 */
export async function fetchClosedEnvironments(
  api: Api,
  { project, member }: { readonly project: number; readonly member: Member },
  fetchBot: () => Promise<Member | null>,
): Promise<readonly string[] | null> {
  const all = await fetchAll(api, project);
  if (all === null) return null;
  const closed = all.filter((environment) => !mayDeploy(environment, member));
  if (closed.length === 0) return [];
  const bot = await fetchBot();
  return closed.filter((environment) => mightDeploy(environment, bot)).map(({ name }) => name);
}
