import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Clock, Log } from '../../io/port.ts';
import type { BotAction } from '../../model/bot-write.ts';
import type { Digest } from '../../model/digest.ts';
import type { Document } from '../../model/document.ts';
import type { KeyedIssue } from '../../model/facts.ts';
import {
  fetchKeptIssues,
  type IssuePlace,
  keptDescription,
  renewKeptIssue,
} from '../../publish/kept-issue.ts';
import { performBotWrites } from '../../publish/perform-bot-writes.ts';
import { inertTitle } from '../../render/markdown/inert-title.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import { type DatedText, datedText, isNewer } from './dated-text.ts';

/** Where and how a digest is kept. */
export interface DigestPlace {
  /** Id of the project. */
  readonly project: number;
  /** One for each period, instead of one that is kept current. */
  readonly keepEach: boolean;
  /** Not for everybody who sees the project: the digest is about others. */
  readonly confidential: boolean;
}

export interface KeptDigest {
  readonly state: 'created' | 'updated' | 'current' | 'newer-there' | 'not-ours';
  readonly url: string | null;
}

export interface DigestKeeper {
  readonly gitlab: GitLab;
  readonly clock: Clock;
  readonly log: Log;
}

interface Wanted {
  readonly digest: Digest;
  readonly document: Document;
  readonly title: string;
}

/** The limit of GitLab's title columns. */
const maxTitle = 255;

const cause = { by: 'digest', event: 'digest', config: null, permission: null };

/** The same digest of another day is the same issue or page; another scope or, where wanted, period is another. */
function digestKey({ scope, period }: Digest, keepEach: boolean): string {
  const base = `digest/${scope.kind}/${scope.name}`;
  return keepEach ? `${base}/${period.label}` : base;
}

function dated({ digest, document }: Wanted): DatedText {
  return { until: digest.period.until, text: renderMarkdown(document) };
}

async function create(
  wanted: Wanted,
  place: IssuePlace & DigestPlace,
  world: DigestKeeper,
): Promise<string | null> {
  // The description is written again at once: it names the period for those who come later.
  const action: BotAction = {
    do: 'openIssue',
    project: place.project,
    key: place.key,
    // With the name of a group or of tags.
    title: inertTitle(wanted.title, maxTitle),
    document: wanted.document,
    labels: [],
    assigneeIds: [],
    confidential: place.confidential,
    repeat: null,
  };
  const [done] = await performBotWrites({ ...world, renderMarkdown }, [{ action, cause }], { dryRun: false });
  if (done?.outcome === 'refused')
    world.log.warn(`the issue was not written: ${done.detail ?? 'GitLab refused it'}`);
  return done === undefined || done.outcome === 'refused' ? null : done.url;
}

async function renew(
  issue: KeyedIssue,
  wanted: Wanted,
  { place, world }: { readonly place: IssuePlace; readonly world: DigestKeeper },
): Promise<KeptDigest> {
  const now = world.clock.now().getTime();
  if (isNewer(issue.description, dated(wanted), now)) return { state: 'newer-there', url: issue.url };
  const isWritten = await renewKeptIssue(issue, { place, body: datedText(dated(wanted)) }, world.gitlab);
  return { state: isWritten ? 'updated' : 'current', url: issue.url };
}

/** Keeps the digest in one issue. Never writes an older period over a newer one. Throws GitLab's refusals. */
export async function keepDigestIssue(
  wanted: Wanted,
  { project, keepEach, confidential }: DigestPlace,
  world: DigestKeeper,
): Promise<KeptDigest> {
  const place = { project, keepEach, confidential, key: digestKey(wanted.digest, keepEach) };
  // What not everybody may see is not written where everybody reads.
  const fitting = (issues: readonly KeyedIssue[]): KeyedIssue | undefined =>
    issues.find((issue) => issue.confidential || !confidential);
  const issue = fitting(await fetchKeptIssues(place, world.gitlab));
  if (issue !== undefined) return renew(issue, wanted, { place, world });
  const url = await create(wanted, place, world);
  const created = fitting(await fetchKeptIssues(place, world.gitlab));
  if (created !== undefined) await renew(created, wanted, { place, world });
  return { state: 'created', url };
}

/** Keeps the digest in one comment on a merge request; it is edited in place. Null where GitLab refused it. */
export async function keepDigestNote(
  { document }: Wanted,
  on: { readonly project: number; readonly iid: number },
  world: DigestKeeper,
): Promise<string | null> {
  const action: BotAction = { do: 'comment', on: { kind: 'merge_request', ...on }, key: 'digest', document };
  const [done] = await performBotWrites({ ...world, renderMarkdown }, [{ action, cause }], { dryRun: false });
  if (done?.outcome === 'refused')
    world.log.warn(`the note was not written: ${done.detail ?? 'GitLab refused it'}`);
  return done === undefined || done.outcome === 'refused' ? null : done.url;
}

/** A slug of letters that GitLab leaves as they are. */
function slugOf(key: string): string {
  const words = key
    .replace(/^digest\/\w+\//, '')
    .replaceAll(/[^A-Za-z0-9._]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return `herald-digest-${words}`.slice(0, 200);
}

/**
 * Keeps the digest in one wiki page. A page of that name that this token did not write is left alone. Throws GitLab's
 * refusals.
 */
export async function keepDigestPage(
  wanted: Wanted,
  { project, keepEach }: DigestPlace,
  { gitlab, clock }: DigestKeeper,
): Promise<KeptDigest> {
  const key = `wiki/${digestKey(wanted.digest, keepEach)}`;
  const slug = slugOf(digestKey(wanted.digest, keepEach));
  const content = await keptDescription(datedText(dated(wanted)), { project, key }, gitlab);
  const page = await gitlab.fetchWikiPage(project, slug);
  if (page === null) {
    await gitlab.createWikiPage(project, { title: slug, content });
    return { state: 'created', url: null };
  }
  if (page.content.trim() === content.trim()) return { state: 'current', url: null };
  const [marker = ''] = content.split('\n');
  if (page.content.split(/\r?\n/)[0] !== marker) return { state: 'not-ours', url: null };
  if (isNewer(page.content, dated(wanted), clock.now().getTime())) return { state: 'newer-there', url: null };
  await gitlab.updateWikiPage(project, { slug, content });
  return { state: 'updated', url: null };
}
