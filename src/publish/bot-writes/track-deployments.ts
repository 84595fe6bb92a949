import type { DeploymentTrail } from '../../model/deployment-trail.ts';
import { shortMarkerText } from '../../model/marker-text.ts';
import { emptyTrail, joinTrails } from '../../trail/deployments/join-trails.ts';
import { decodeTrail, encodeTrail } from '../../trail/deployments/trail-data.ts';
import { trailDocument } from '../../trail/deployments/trail-document.ts';
import { type BotMark, type MarkOwner, textBelowMark, withBotMark } from '../bot-marker.ts';
import { fetchOwnBotNotes, markOwner, type OwnBotNote } from '../own-bot-notes.ts';
import { done, type Performed, type Performer, type PerformerWorld, refused, there } from './performer.ts';

type Action = Parameters<Performer<'trackDeployments'>>[0];

interface Run {
  readonly action: Action;
  readonly mark: BotMark;
  readonly owner: MarkOwner;
  readonly world: PerformerWorld;
}

/** Runs that write at the same moment; a third look has never been needed. */
const maxTries = 4;

/**
 * The second line of the comment: what it says, as data, with a proof by the token that wrote it. A line of another
 * token is from before the token was replaced: then it counts that GitLab says that the own user wrote the comment. The
 * longest trail with the longest names fits.
 */
const line =
  /^<!-- herald:deployments v=1 data=([A-Za-z0-9_-]{1,150000}) token=([A-Za-z0-9_-]{8}) proof=([A-Za-z0-9_-]{22}) -->(?=\n|$)/;

function sealOf(
  data: string,
  { on, authorId, sign }: MarkOwner,
): { readonly token: string; readonly proof: string } {
  const place = [on.kind, on.project, on.iid];
  return {
    token: sign('herald:token').slice(0, 8),
    proof: sign(JSON.stringify(['herald:deployments', ...place, authorId, data])),
  };
}

/** What a comment says; nothing where its line is not as it was written. */
function trailOf({ note }: OwnBotNote, owner: MarkOwner): DeploymentTrail {
  const [, data = '', token, proof] = line.exec(textBelowMark(note.body)) ?? [];
  const own = sealOf(data, owner);
  if (token === own.token && proof !== own.proof) return emptyTrail;
  return decodeTrail(data) ?? emptyTrail;
}

function textOf(trail: DeploymentTrail, { action, owner, world }: Run): string {
  const data = encodeTrail(trail);
  const { token, proof } = sealOf(data, owner);
  const words = world.renderMarkdown(trailDocument(trail, action.projectUrl));
  return `<!-- herald:deployments v=1 data=${data} token=${token} proof=${proof} -->\n\n${words}`;
}

function bodyOf(trail: DeploymentTrail, run: Run): string {
  return withBotMark(run.mark, run.owner, textOf(trail, run));
}

function listOwn({ world, owner, mark }: Run): Promise<readonly OwnBotNote[]> {
  return fetchOwnBotNotes(world.gitlab, owner, mark);
}

/** True where the comment says all of that, in the words of today. */
function says(own: OwnBotNote, trail: DeploymentTrail, run: Run): boolean {
  return textBelowMark(own.note.body) === textOf(trail, run).trim();
}

/** One look and at most one write; `wrote` is false where the comment was complete already. */
async function step(run: Run): Promise<{ readonly noteId: number; readonly wrote: boolean }> {
  const { action, owner, world } = run;
  const own = await listOwn(run);
  const known = own.reduce((sum, one) => joinTrails(sum, trailOf(one, owner)), emptyTrail);
  const trail = joinTrails(known, action.trail);
  const [first, ...others] = own;
  if (first === undefined) {
    const created = await world.gitlab.addNoteTo(action.on, bodyOf(trail, run));
    return { noteId: created.id, wrote: true };
  }
  const isSaid = says(first, trail, run);
  if (!isSaid) await world.gitlab.editNoteOf(action.on, first.note.id, bodyOf(trail, run));
  // Of runs that wrote the first comment at the same moment, the older comment stays, with what all of them say.
  for (const { note } of others) await world.gitlab.removeNoteOf(action.on, note.id);
  return { noteId: first.note.id, wrote: !isSaid || others.length > 0 };
}

/**
 * Joins what is known with what the comment says, so that an older event never overwrites a newer one, and looks again
 * after each write, because another run may have written meanwhile.
 */
export const performTrackDeployments: Performer<'trackDeployments'> = async (
  action,
  cause,
  world,
): Promise<Performed> => {
  const owner = await markOwner(world.gitlab, action.on);
  const mark = { ...cause, kind: 'note', key: shortMarkerText(action.key) } as const;
  const run: Run = { action, mark, owner, world };
  for (let tries = 0; tries < maxTries; tries += 1) {
    const { noteId, wrote } = await step(run);
    if (wrote) continue;
    const url = `${action.url}#note_${noteId}`;
    return tries === 0 ? there(url) : done(url);
  }
  return refused('Other runs keep changing the comment; the next event adds what is missing.');
};
