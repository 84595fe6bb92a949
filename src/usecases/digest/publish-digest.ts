import { UsageError } from '../../errors.ts';
import type { Digest } from '../../model/digest.ts';
import { digestDocument } from '../../render/digest/digest-document.ts';
import type { DigestWords } from '../../render/words/english-digest.ts';
import {
  type DigestKeeper,
  type KeptDigest,
  keepDigestIssue,
  keepDigestNote,
  keepDigestPage,
} from './keep-digest.ts';

export interface PublishWish {
  readonly to: readonly ('file' | 'issue' | 'wiki' | 'note')[];
  /** Project of the issue, page or note; null = the one that the digest is about, else that of the job. */
  readonly into: number | string | null;
  readonly jobProject: number | string | null;
  readonly mergeRequest: number | null;
  readonly keepEach: boolean;
  readonly dryRun: boolean;
}

export interface PublishedDigest {
  readonly to: 'issue' | 'wiki' | 'note';
  readonly state: KeptDigest['state'] | 'would' | 'refused';
  readonly url: string | null;
}

function placeOf(digest: Digest, { into, jobProject }: PublishWish): number | string {
  const [only] = digest.scope.kind === 'project' ? digest.projects : [];
  const place = into ?? only?.id ?? jobProject;
  if (place === null)
    throw new UsageError('no project is named for the digest', {
      hint: 'give --into with its id or full path',
    });
  return place;
}

/**
 * Keeps the digest where it is wanted besides files. A digest about other projects than the one that it is kept in is
 * confidential there. Throws `UsageError` and GitLab's refusals.
 */
export async function publishDigest(
  digest: Digest,
  wish: PublishWish,
  world: DigestKeeper & { readonly words: DigestWords },
): Promise<readonly PublishedDigest[]> {
  const targets = wish.to.filter((to) => to !== 'file');
  if (targets.length === 0) return [];
  const named = placeOf(digest, wish);
  const [only] = digest.projects;
  const isOwn = digest.scope.kind === 'project' && only !== undefined && [only.id, only.path].includes(named);
  const project =
    typeof named === 'number' ? named : isOwn ? only.id : (await world.gitlab.fetchProject(named)).id;
  const { words } = world;
  const { keepEach, mergeRequest, dryRun } = wish;
  const name = digest.scope.name;
  const title = keepEach ? words.title(name, digest.period.label) : words.currentTitle(name);
  const wanted = { digest, document: digestDocument(digest, words), title };
  const place = { project, keepEach, confidential: !isOwn };
  const published: PublishedDigest[] = [];
  for (const to of targets) {
    if (dryRun) {
      published.push({ to, state: 'would', url: null });
      continue;
    }
    if (to === 'issue') published.push({ to, ...(await keepDigestIssue(wanted, place, world)) });
    else if (to === 'wiki') published.push({ to, ...(await keepDigestPage(wanted, place, world)) });
    else {
      if (mergeRequest === null)
        throw new UsageError('no merge request is named for the note', { hint: 'give --merge-request' });
      const url = await keepDigestNote(wanted, { project, iid: mergeRequest }, world);
      published.push({ to, state: url === null ? 'refused' : 'updated', url });
    }
  }
  return published;
}
