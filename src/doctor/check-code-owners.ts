import { counted } from '../model/plural.ts';
import { type Check, fine, warning } from './check.ts';

const maxNamed = 20;

/** Says which owners of a CODEOWNERS file count for nothing. */
export function checkCodeOwners(
  project: string,
  {
    file,
    owners,
    idle,
  }: { readonly file: string; readonly owners: number; readonly idle: readonly string[] },
): Check {
  const all = counted(owners, { one: 'owner', other: 'owners' });
  if (idle.length === 0) return fine(project, file, `${all}: GitLab can ask each of them`);
  const named = idle.slice(0, maxNamed).join(', ');
  const more = idle.length > maxNamed ? ` and ${idle.length - maxNamed} more` : '';
  return warning(
    { project, about: file },
    `of ${all}, GitLab passes over ${named}${more}, as far as this token sees: not a Developer of the project, and not a group that is above it or invited`,
    'invite the group to the project, or make the user a member, as Developer; or correct the name: https://docs.gitlab.com/user/project/codeowners/reference/#group-eligibility',
  );
}
