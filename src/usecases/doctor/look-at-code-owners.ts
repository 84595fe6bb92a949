import { allOwners, idleOwners, type PossibleOwners } from '../../code-owners/idle-owners.ts';
import { parseCodeOwners } from '../../code-owners/parse-code-owners.ts';
import type { Check } from '../../doctor/check.ts';
import { checkCodeOwners } from '../../doctor/check-code-owners.ts';
import type { OwnerGroups } from '../../gitlab/ports/owner-groups.ts';
import type { People } from '../../gitlab/ports/people.ts';
import type { Repository } from '../../gitlab/ports/repository.ts';
import { accessLevels } from '../../model/person.ts';
import type { ProjectSettings } from '../../model/setup.ts';
import { fetchCodeOwners } from '../report/fetch-code-owners.ts';
import { orUnknown } from './or-unknown.ts';

interface OwnersWorld {
  readonly gitlab: Pick<Repository, 'fetchFile'> & Pick<People, 'fetchMembers'> & OwnerGroups;
}

/** Projects whose file is looked for, with up to seven requests each: an organisation watches hundreds. */
export const maxOwnersLooks = 20;

/** Says that only so many files were looked for, where more projects are watched. */
export function ownersNotLookedAt(watched: number): readonly Check[] {
  if (watched <= maxOwnersLooks) return [];
  const words = `looked for in the first ${maxOwnersLooks} of ${watched} projects only`;
  const remedy = 'name another project with --watch to look for its file';
  return [{ project: null, about: 'CODEOWNERS', state: 'unknown', words, remedy }];
}

/** As many as the port gives: there may be more. */
const maxMembers = 500;

async function possibleOwners(
  { id, path }: ProjectSettings,
  { gitlab }: OwnersWorld,
): Promise<PossibleOwners> {
  const [own, above, members] = await Promise.all([
    gitlab.fetchGroupsOf(id),
    gitlab.fetchInvitedGroups(id),
    gitlab.fetchMembers(id, accessLevels.developer),
  ]);
  return {
    projectPath: path,
    invited: [...own, ...above],
    members: members.length < maxMembers ? members : null,
  };
}

/**
 * Checks whether the owners in a project's CODEOWNERS file can approve anything. A project without the file costs three
 * requests. A file that names more than the groups above the project costs at most four more.
 */
export async function lookAtCodeOwners(
  project: ProjectSettings,
  world: OwnersWorld,
): Promise<readonly Check[]> {
  const { id, path, defaultBranch: branch } = project;
  if (branch === null) return [];
  return orUnknown({ project: path, about: 'CODEOWNERS' }, async () => {
    const file = await fetchCodeOwners({ project: id, branch }, world.gitlab);
    if (file === null) return [];
    const owners = allOwners(parseCodeOwners(file.text));
    const isOpen = idleOwners(owners, { projectPath: path, invited: [], members: [] }).length > 0;
    const idle = isOpen ? idleOwners(owners, await possibleOwners(project, world)) : [];
    return [checkCodeOwners(path, { file: file.path, owners: owners.length, idle })];
  });
}
