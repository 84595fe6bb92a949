import { UsageError } from '../../errors.ts';
import type { Digest } from '../../model/digest.ts';
import type { Document } from '../../model/document.ts';
import { digestDocument } from '../../render/digest/digest-document.ts';
import type { DigestWords } from '../../render/words/english-digest.ts';
import {
  type DigestKeeper,
  type DigestPlace,
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

interface Kept {
  readonly wanted: { readonly digest: Digest; readonly document: Document; readonly title: string };
  readonly place: DigestPlace;
  readonly mergeRequest: number | null;
}

async function keep(
  to: PublishedDigest['to'],
  { wanted, place, mergeRequest }: Kept,
  world: DigestKeeper,
): Promise<PublishedDigest> {
  if (to === 'issue') return { to, ...(await keepDigestIssue(wanted, place, world)) };
  if (to === 'wiki') return { to, ...(await keepDigestPage(wanted, place, world)) };
  if (mergeRequest === null)
    throw new UsageError('no merge request is named for the note', { hint: 'give --merge-request' });
  const url = await keepDigestNote(wanted, { project: place.project, iid: mergeRequest }, world);
  return { to, state: url === null ? 'refused' : 'updated', url };
}

/** The project that the digest is kept in, and whether the digest is about that project and no other. */
async function projectOf(
  digest: Digest,
  wish: PublishWish,
  { gitlab }: DigestKeeper,
): Promise<{ readonly id: number; readonly isOwn: boolean }> {
  const named = placeOf(digest, wish);
  const [only] = digest.scope.kind === 'project' ? digest.projects : [];
  if (only !== undefined && (named === only.id || named === only.path)) return { id: only.id, isOwn: true };
  return { id: typeof named === 'number' ? named : (await gitlab.fetchProject(named)).id, isOwn: false };
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
  const { id: project, isOwn } = await projectOf(digest, wish, world);
  const { words } = world;
  const { keepEach, mergeRequest, dryRun } = wish;
  const { name } = digest.scope;
  const title = keepEach ? words.title(name, digest.period.label) : words.currentTitle(name);
  const wanted = { digest, document: digestDocument(digest, words), title };
  const kept = { wanted, place: { project, keepEach, confidential: !isOwn }, mergeRequest };
  const published: PublishedDigest[] = [];
  for (const to of targets)
    published.push(dryRun ? { to, state: 'would', url: null } : await keep(to, kept, world));
  return published;
}
