import type { Claim, PipelineClaim } from '../../bot/claim.ts';
import { isRecent } from '../../bot/confirmed-names.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { CiControl } from '../../gitlab/ports/ci-control.ts';
import type { Conversations } from '../../gitlab/ports/conversations.ts';
import type { Evidence } from '../../gitlab/ports/evidence.ts';
import type { DeploymentFacts } from '../../model/facts.ts';

interface Place {
  readonly project: number;
  readonly now: Date;
  readonly gitlab: Evidence & Pick<CiControl, 'fetchDeployment'> & Pick<Conversations, 'fetchReactions'>;
}

type Deployed = Extract<Claim, { readonly kind: 'deployment' }>;
/** Either all of these are true, or none. */
type WholeClaim = Exclude<Claim, Deployed | PipelineClaim>;
type Of<Kind extends WholeClaim['kind']> = Extract<WholeClaim, { readonly kind: Kind }>;
type Confirm<Kind extends WholeClaim['kind']> = (claim: Of<Kind>, place: Place) => Promise<boolean>;

/** As part of an address, these would lead to another endpoint. */
function isName(text: string | null): text is string {
  return text !== null && text !== '' && text !== '.' && text !== '..';
}

/** Somebody may have pushed again: then the branch still contains the commit of the event. */
async function isAt(claim: Of<'push'>, ref: string, { project, gitlab }: Place): Promise<boolean> {
  const { type, sha, commit } = claim;
  if (type === 'tag') {
    const targets = await gitlab.fetchTagTargets(project, ref);
    return [sha, commit].some((id) => id !== null && targets.includes(id));
  }
  const head = await gitlab.fetchBranchHead(project, ref);
  if (head === null || commit === null) return false;
  return head === commit || (await gitlab.fetchRefsWith(project, commit, type)).includes(ref);
}

async function isDeleted({ type }: Of<'push'>, ref: string, place: Place): Promise<boolean> {
  const { project, gitlab, now } = place;
  const since = new Date(now.getTime() - 24 * 3_600_000);
  if (!(await gitlab.fetchDeletedRefs(project, type, since)).includes(ref)) return false;
  return type === 'tag'
    ? (await gitlab.fetchTagTargets(project, ref)).length === 0
    : (await gitlab.fetchBranchHead(project, ref)) === null;
}

const confirmPush: Confirm<'push'> = async (claim, place) => {
  const { ref, change, commit, type } = claim;
  const { project, gitlab } = place;
  if (ref === null)
    return (
      change !== 'deleted' &&
      commit !== null &&
      (await gitlab.fetchRefsWith(project, commit, type)).length > 0
    );
  if (!isName(ref)) return false;
  return change === 'deleted' ? isDeleted(claim, ref, place) : isAt(claim, ref, place);
};

/** GitLab does not show whether there was one before. */
const confirmRelease: Confirm<'release'> = async ({ tag, action }, { project, gitlab, now }) => {
  if (!isName(tag) || action === 'delete') return false;
  const release = await gitlab.fetchRelease(project, tag);
  if (release === null) return false;
  return action !== 'create' || release.createdAt === null || isRecent(release.createdAt, now);
};

const confirmMilestone: Confirm<'milestone'> = async ({ id, action }, { project, gitlab }) => {
  const state = await gitlab.fetchMilestoneState(project, id);
  return state !== null && (action === 'close') === (state === 'closed');
};

const confirmWikiPage: Confirm<'wiki_page'> = async ({ slug, action }, { project, gitlab }) =>
  isName(slug) && action !== 'delete' && gitlab.fetchWikiPageExists(project, slug);

const confirmEmoji: Confirm<'emoji'> = async ({ on, noteId, id, action }, { gitlab }) =>
  on !== null &&
  action === 'award' &&
  (await gitlab.fetchReactions(on, noteId)).some((reaction) => reaction.id === id);

const confirmFlag: Confirm<'feature_flag'> = async ({ name, active }, { project, gitlab }) =>
  isName(name) && (await gitlab.fetchFlagState(project, name)) === active;

const confirmToken: Confirm<'access_token'> = async ({ id, expiresOn }, { project, gitlab }) =>
  expiresOn !== null && (await gitlab.fetchTokenExpiry(project, id)) === expiresOn;

const confirmVulnerability: Confirm<'vulnerability'> = async ({ id, state }, { project, gitlab }) => {
  const found = id === null ? null : await gitlab.fetchVulnerability(id);
  return found?.project === project && found.state === state;
};

const confirmers: { readonly [Kind in WholeClaim['kind']]: Confirm<Kind> } = {
  push: confirmPush,
  release: confirmRelease,
  milestone: confirmMilestone,
  wiki_page: confirmWikiPage,
  emoji: confirmEmoji,
  feature_flag: confirmFlag,
  access_token: confirmToken,
  vulnerability: confirmVulnerability,
};

function isConfirmed<Kind extends WholeClaim['kind']>(claim: Of<Kind>, place: Place): Promise<boolean> {
  const confirm: Confirm<Kind> = confirmers[claim.kind];
  return confirm(claim, place);
}

export interface ConfirmedClaim {
  /** The confirmed names of the event. */
  readonly names: readonly string[];
  /** The value from GitLab; null where it was not requested. */
  readonly deployment: DeploymentFacts | null;
}

async function confirmDeployment(
  { id }: Deployed,
  names: readonly string[],
  { project, gitlab, now }: Place,
): Promise<ConfirmedClaim> {
  const deployment = await gitlab.fetchDeployment(project, id);
  if (deployment === null) return { names: [], deployment };
  const { status, approvals, updatedAt } = deployment;
  const isSo = new Set(['deployment', ...[status, ...approvals].map((word) => `deployment.${word}`)]);
  const isChanged = updatedAt === null || isRecent(updatedAt, now);
  return { names: isChanged ? names.filter((name) => isSo.has(name)) : [], deployment };
}

/**
 * The names of an event that GitLab confirms: all or none; for a deployment those that fit its status. If GitLab
 * refuses to answer, nothing is confirmed. Throws `GitLabUnreachableError`.
 */
export async function confirmClaim(
  claim: Claim,
  names: readonly string[],
  { warn, ...place }: Place & { readonly warn: (words: string) => void },
): Promise<ConfirmedClaim> {
  // The pipeline is a fact of its own, which `confirm-pipeline-event.ts` fetches: nothing confirms it here.
  if (claim.kind === 'pipeline') return { names: [], deployment: null };
  try {
    if (claim.kind === 'deployment') return await confirmDeployment(claim, names, place);
    return { names: (await isConfirmed(claim, place)) ? names : [], deployment: null };
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    warn(`GitLab does not confirm whether the ${claim.kind} event is true: ${error.message}`);
    return { names: [], deployment: null };
  }
}
