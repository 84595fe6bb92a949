import type { CommandCall } from '../../bot/commands/command.ts';
import { digest, digestPeriodOf } from '../../bot/commands/digest.ts';
import { factsOfLimits, limitsOf } from '../../bot/commands/limits.ts';
import { usernamesIn } from '../../bot/commands/people.ts';
import { releaseNameOf, releaseNotes } from '../../bot/commands/release-notes.ts';
import { type CallResult, replyDocument } from '../../bot/commands/reply.ts';
import { type CallState, hashOf, withReplyMarker } from '../../bot/commands/reply-marker.ts';
import { commandOf } from '../../bot/commands/run-command.ts';
import { link, paragraph, text } from '../../model/document.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import { counted } from '../../model/plural.ts';
import { needsClaim } from '../../publish/bot-writes/needs-claim.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import { type DoneWrite, type Handled, ignored } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { factsToExplain } from './facts-for-rules.ts';
import { factsWith, fetchSubject, gatherFacts } from './gather-facts.ts';
import type { Known } from './known-facts.ts';
import type { NoteToAnswer } from './note-to-answer.ts';
import { perform } from './perform.ts';
import { asksRules, type Grounds, groundsAfter, type Planned, planCalls, replanned } from './plan-calls.ts';
import { settleThread, standsAlone } from './settle-thread.ts';
import { showOutcome, showSeen, wasAnswered } from './show-outcome.ts';
import { wordingOf } from './wording-of.ts';
import { writeReply } from './write-reply.ts';

function factNames(todo: NoteToAnswer, { settings }: Desk): readonly FactName[] {
  const asked = todo.pending.flatMap((call) => {
    const command = commandOf(call, settings.commands.disabled);
    return command === null
      ? []
      : [...command.needs, ...factsOfLimits(limitsOf(command.name, settings.commands.limits))];
  });
  return [...new Set<FactName>(['actor', ...asked])];
}

/** The groups whose members the commands are for. */
function groupsIn({ pending }: NoteToAnswer, { settings }: Desk): readonly string[] {
  const groups = pending.flatMap(({ name }) => limitsOf(name, settings.commands.limits).groups);
  return [...new Set(groups)];
}

/** The periods of the digests that the comment asks for. */
function digestPeriods({ pending }: NoteToAnswer): readonly string[] {
  return pending.flatMap(({ name, args }) => (name === digest.name ? (digestPeriodOf(args) ?? []) : []));
}

/** The releases that the comment asks for. */
function releaseNames({ pending }: NoteToAnswer): readonly string[] {
  return pending.flatMap(({ name, args }) => (name === releaseNotes.name ? (releaseNameOf(args) ?? []) : []));
}

const maxNamed = 10;

/** The users that commands about people name. */
function namesIn({ pending }: NoteToAnswer, { settings }: Desk): readonly string[] {
  const aboutPeople = pending.filter(
    (call) => commandOf(call, settings.commands.disabled)?.needs.includes('namedUsers') === true,
  );
  return [...new Set(aboutPeople.flatMap(({ args }) => usernamesIn(args, null)))].slice(0, maxNamed);
}

async function factsFor(todo: NoteToAnswer, actorId: number, desk: Desk): Promise<Facts> {
  const { on } = todo;
  const { world, self, project } = desk;
  const { gitlab, clock } = world;
  const now = clock.now();
  const known: Known = {
    now,
    self,
    project,
    trackers: desk.settings.trackers,
    subject: on.kind === 'commit' ? null : await fetchSubject(on, gitlab),
    commit: on.kind === 'commit' ? on.sha : null,
    actorId,
    deploymentId: null,
    deployment: null,
    usernames: namesIn(todo, desk),
    groups: groupsIn(todo, desk),
    pipeline: null,
    ownProject: world.scope.ownProject,
    digestPeriods: digestPeriods(todo),
    releaseNames: releaseNames(todo),
    releaseNotes: desk.settings.releaseNotes,
  };
  const facts = await gatherFacts(factsWith(known), factNames(todo, desk), { ...world, known });
  const { rules } = desk.settings;
  return on.kind !== 'commit' && asksRules(todo.pending, desk)
    ? factsToExplain({ rules, facts, known }, world)
    : facts;
}

/**
 * Calls that are still in the comment and changed nothing: the answer is rewritten, and shows their reasons again.
 */
function toldAgain({ calls, pending, earlier }: NoteToAnswer): readonly CommandCall[] {
  const changedNothing: ReadonlySet<CallState | undefined> = new Set(['refused', 'cannot']);
  const open = new Set(pending.map(hashOf));
  return calls.filter(
    (call) => !open.has(hashOf(call)) && changedNothing.has(earlier?.marker.calls.get(hashOf(call))),
  );
}

/** The same answers as before. If the author has gained the right since, they must ask again. */
function sameAsBefore({ earlier }: NoteToAnswer, planned: readonly Planned[]): readonly CallResult[] {
  return planned.flatMap(({ result }) =>
    earlier?.marker.calls.get(hashOf(result.call)) === result.state ? [result] : [],
  );
}

async function groundsOf(todo: NoteToAnswer, desk: Desk): Promise<Grounds> {
  const factsOf = (actorId: number): Promise<Facts> => factsFor(todo, actorId, desk);
  const wording = await wordingOf(todo, factsOf, desk);
  return { facts: await factsOf(todo.note.authorId), wording };
}

interface Plan {
  readonly todo: NoteToAnswer;
  readonly grounds: Grounds;
  readonly planned: readonly Planned[];
}

/** What other writes assume of a write that GitLab refused did not come true. */
function isAsPlanned(done: readonly DoneWrite[]): boolean {
  return done.every(({ outcome }) => outcome !== 'refused');
}

/**
 * Runs the commands one after the other. Each is planned on what those before it will do; once GitLab has refused a
 * write, the following ones are planned once more on what was done.
 */
async function performPlanned(
  { todo, grounds, planned }: Plan,
  desk: Desk,
): Promise<{ readonly results: readonly CallResult[]; readonly done: readonly DoneWrite[] }> {
  const results: CallResult[] = [];
  const done: DoneWrite[] = [];
  let now = grounds;
  for (const first of planned) {
    const one = isAsPlanned(done) ? first : replanned(first, todo, { grounds: now, desk });
    const performed = await perform(one.writes, desk.world);
    const real = performed.filter(({ outcome }) => outcome !== 'refused');
    now = groundsAfter(
      now,
      real.map(({ write }) => write.action),
    );
    done.push(...performed);
    results.push(resultAfter(one, performed));
  }
  return { results, done };
}

/** Adds refusals and addresses of results to the command's answer. */
function resultAfter({ result }: Planned, done: readonly DoneWrite[]): CallResult {
  const refused = done.filter(({ outcome }) => outcome === 'refused');
  const links = done.flatMap(({ url, detail }) =>
    url === null ? [] : [paragraph(link(url, text(detail ?? url)))],
  );
  if (refused.length === 0) return { ...result, answer: [...result.answer, ...links] };
  const words = refused.map(({ detail }) => paragraph(text(detail ?? 'GitLab refused it.')));
  return { ...result, state: 'failed', answer: [...words, ...links] };
}

/** The outcome of all commands in the comment, including those of earlier versions of it. */
function statesNow(todo: NoteToAnswer, results: readonly CallResult[]): readonly CallState[] {
  const now = new Map(results.map(({ call, state }) => [hashOf(call), state]));
  return todo.calls.flatMap(
    (call) => now.get(hashOf(call)) ?? todo.earlier?.marker.calls.get(hashOf(call)) ?? [],
  );
}

function bodyOf(todo: NoteToAnswer, results: readonly CallResult[], desk: Desk): string {
  const before = todo.earlier?.marker.calls ?? new Map<string, CallState>();
  const now = new Map(results.map(({ call, state }) => [hashOf(call), state]));
  const earlier = todo.calls.flatMap((call) => {
    const state = before.get(hashOf(call));
    return state === undefined || now.has(hashOf(call)) ? [] : [{ text: call.text, state }];
  });
  const { note, tooMany } = todo;
  const marker = {
    noteId: note.id,
    calls: new Map([...before, ...now]),
    config: desk.settings.commit,
    madeThread: todo.earlier?.marker.madeThread ?? standsAlone(todo),
  };
  return withReplyMarker(marker, renderMarkdown(replyDocument({ results, earlier, tooMany })));
}

function explained(planned: readonly Planned[]): readonly string[] {
  return planned.map(({ result, writes }) => {
    const what = writes.map(({ action }) => action.do).join(', ');
    return `command "${result.call.text}": ${result.state}${what === '' ? '' : ` (${what})`}`;
  });
}

/** Acknowledges, decides, runs and answers the pending commands of one comment. */
export async function answerNote(todo: NoteToAnswer, desk: Desk): Promise<Handled> {
  const { world } = desk;
  const { dryRun } = world;
  const { on, note } = todo;
  // The author sees at once that the bot has read the comment.
  if (!dryRun) await showSeen(todo, world);
  if (todo.earlier === null && (await wasAnswered(todo, desk)))
    return ignored('it was answered, and somebody deleted the answer');
  const again = toldAgain(todo);
  const asked = { ...todo, pending: [...todo.pending, ...again] };
  const grounds = await groundsOf(asked, desk);
  const all = planCalls(asked, grounds, desk);
  const planned = all.slice(0, todo.pending.length);
  const told = sameAsBefore(todo, all.slice(todo.pending.length));
  const explanation = explained(planned);
  const writes = planned.flatMap((one) => one.writes);
  const reason = `${counted(planned.length, { one: 'command', other: 'commands' })} of comment ${note.id}`;
  if (dryRun) return { outcome: 'handled', reason, writes: await perform(writes, world), explanation };

  let replyId = todo.earlier?.noteId ?? null;
  if (writes.some(({ action }) => needsClaim[action.do])) {
    const working = planned.map(
      ({ result, writes: own }): CallResult =>
        own.length === 0 ? result : { ...result, state: 'working', answer: [] },
    );
    replyId = await writeReply(todo, { replyId, body: bodyOf(todo, [...working, ...told], desk) }, desk);
    if (replyId === null)
      return { outcome: 'ignored', reason: 'another run answers it', writes: [], explanation };
  }
  const { results, done } = await performPlanned({ todo, grounds, planned }, desk);
  await writeReply(todo, { replyId, body: bodyOf(todo, [...results, ...told], desk) }, desk);
  await settleThread(todo, desk);
  await showOutcome({ on, note, answered: statesNow(todo, results) }, desk);
  return { outcome: 'handled', reason, writes: done, explanation };
}
