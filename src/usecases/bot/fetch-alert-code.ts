import { GitLabRefusedError } from '../../errors.ts';
import type { Alert, AlertCode } from '../../model/alert.ts';
import { candidatesOf } from '../../trail/alerts/frame-candidates.ts';
import { ownersOfFiles } from '../../trail/suspect-files.ts';
import { fetchCodeOwners } from '../report/fetch-code-owners.ts';
import type { Desk } from './desk.ts';

/** Files to ask for: the frames nearest to the error say where to look. */
const maxAsked = 8;
const maxPlaces = 3;

/**
 * The commit that a release names, as `1.4.0`, `till@1.4.0` or a commit's SHA; null where it is none of the project.
 */
async function commitOfRelease({ release }: Alert, { world, project }: Desk): Promise<string | null> {
  const name = release?.slice(release.lastIndexOf('@') + 1) ?? '';
  if (/^[0-9a-f]{40}$/.test(name)) return name;
  if (!/^[\w.+-]{1,100}$/.test(name) || /^\.{1,2}$/.test(name)) return null;
  for (const tag of name.startsWith('v') ? [name] : [name, `v${name}`]) {
    const targets = await world.gitlab.fetchTagTargets(project.id, tag);
    // Of a tag with a message the last one is the commit.
    const commit = targets.at(-1);
    if (commit !== undefined) return commit;
  }
  return null;
}

/** False also where GitLab refuses the path. */
async function exists(path: string, ref: string, { world, project }: Desk): Promise<boolean> {
  try {
    return await world.gitlab.hasFile({ project: project.id, path, ref });
  } catch (error) {
    if (error instanceof GitLabRefusedError) return false;
    throw error;
  }
}

interface Found {
  readonly places: AlertCode['places'];
  /** False where GitLab has none of the files that were asked for. */
  readonly isAny: boolean;
}

async function placesAt(sha: string, { frames }: Alert, desk: Desk): Promise<Found> {
  const places: AlertCode['places'][number][] = [];
  let asked = 0;
  for (const frame of frames) {
    for (const path of candidatesOf(frame.path)) {
      if (asked === maxAsked || places.length === maxPlaces) return { places, isAny: places.length > 0 };
      asked += 1;
      if (!(await exists(path, sha, desk))) continue;
      places.push({ ...frame, path });
      break;
    }
  }
  return { places, isAny: places.length > 0 };
}

/**
 * Where an alert is in the project: its frames at the commit that it names, else at the newest one of the default
 * branch, and the owners of these files. Null where nothing of it is a file of the project. At most 8 requests for
 * files, without their content, 2 for the release, 1 for the branch and 3 for the owners.
 */
export async function fetchAlertCode(alert: Alert, desk: Desk): Promise<AlertCode | null> {
  const { world, project } = desk;
  const { defaultBranch: branch } = project;
  if (branch === null || alert.frames.every(({ path }) => candidatesOf(path).length === 0)) return null;
  try {
    const released = await commitOfRelease(alert, desk);
    const sha = released ?? (await world.gitlab.fetchBranchHead(project.id, branch));
    if (sha === null) return null;
    const { places, isAny } = await placesAt(sha, alert, desk);
    if (!isAny) return null;
    const codeOwners = await fetchCodeOwners({ project: project.id, branch }, world.gitlab);
    const paths = places.map(({ path }) => path);
    const owners = codeOwners === null ? [] : ownersOfFiles(codeOwners.text, paths);
    return { sha, isRelease: released !== null, places, owners: owners.slice(0, 20) };
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    world.log.warn(`GitLab does not show the code of the alert: ${error.message}`);
    return null;
  }
}
