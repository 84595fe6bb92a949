import type { Repository } from '../../gitlab/ports/repository.ts';
import type { CodeOwnersFacts } from '../../model/facts.ts';

/** Where GitLab looks for them, in its order: https://docs.gitlab.com/user/project/codeowners/#codeowners-file */
const paths = ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];
const maxBytes = 1_000_000;

interface BranchOfProject {
  /** Id, or full path where only that is known. */
  readonly project: number | string;
  readonly branch: string;
}

/** The CODEOWNERS file of a branch; null where there is none that the token can see. At most three requests. */
export async function fetchCodeOwners(
  { project, branch }: BranchOfProject,
  gitlab: Pick<Repository, 'fetchFile'>,
): Promise<CodeOwnersFacts | null> {
  // By its full name: a tag that is called like the branch would come first, and more people can make one.
  const ref = `refs/heads/${branch}`;
  for (const path of paths) {
    const bytes = await gitlab.fetchFile({ project, path, ref }, maxBytes);
    if (bytes !== null) return { path, text: new TextDecoder().decode(bytes) };
  }
  return null;
}
