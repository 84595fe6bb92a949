import type { CommandCall, CommandInput } from '../../bot/commands/command.ts';
import { digest } from '../../bot/commands/digest.ts';
import { usernamesIn } from '../../bot/commands/people.ts';
import { commands } from '../../bot/commands/registry.ts';
import { type CallResult, replyDocument } from '../../bot/commands/reply.ts';
import { type CallState, hashOf, withReplyMarker } from '../../bot/commands/reply-marker.ts';
import { commandOf, judgeWording, unknownCommand, type Wording } from '../../bot/commands/run-command.ts';
import { sinceOf } from '../../bot/commands/since.ts';
import { evaluateRules } from '../../bot/rules/evaluate.ts';
import type { BotWrite } from '../../model/bot-write.ts';
import { link, paragraph, text } from '../../model/document.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import { counted } from '../../model/plural.ts';
import { needsClaim } from '../../publish/bot-writes/needs-claim.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import { type DoneWrite, type Handled, ignored } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { factsToExplain } from './facts-for-rules.ts';
import { factsWith, fetchSubject, gatherFacts, type Known } from './gather-facts.ts';
import type { NoteToAnswer } from './note-to-answer.ts';
import { perform } from './perform.ts';
import { occurrencesOfRules } from './rules-now.ts';
import { settleThread, standsAlone } from './settle-thread.ts';
import { seenReaction, showOutcome, wasAnswered } from './show-outcome.ts';
import { wordingOf } from './wording-of.ts';
import { writeReply } from './write-reply.ts';

interface Planned {
  readonly result: CallResult;
  readonly writes: readonly BotWrite[];
}

function factNames(todo: NoteToAnswer, { settings }: Desk): readonly FactName[] {
  const asked = todo.pending.flatMap((call) => commandOf(call, settings.commands.disabled)?.needs ?? []);
  return [...new Set<FactName>(['actor', ...asked])];
}

/** True if one of the commands shows what rules would do. */
function asksRules({ pending }: NoteToAnswer, { settings }: Desk): boolean {
  return pending.some((call) => commandOf(call, settings.commands.disabled)?.asksRules === true);
}

/** The start of the longest digest that the comment asks for; null without one. */
function earliest({ pending }: NoteToAnswer, now: Date): Date | null {
  const instants = pending
    .filter(({ name }) => name === digest.name)
    .map(({ args }) => sinceOf(args, now))
    .filter((since) => since instanceof Date);
  return instants.length === 0 ? null : new Date(Math.min(...instants.map((since) => since.getTime())));
}

async function factsFor(todo: NoteToAnswer, actorId: number, desk: Desk): Promise<Facts> {
  const { world, self, project } = desk;
  const { gitlab, clock, log } = world;
  const now = clock.now();
  const known: Known = {
    now,
    self,
    project,
    subject: await fetchSubject(todo.on, gitlab),
    actorId,
    deploymentId: null,
    deployment: null,
    usernames: [...new Set(todo.pending.flatMap(({ args }) => usernamesIn(args, null)))].slice(0, 10),
    pipeline: null,
    ownProject: world.scope.ownProject,
    since: earliest(todo, now),
  };
  const where = {
    known,
    gitlab,
    warn: (words: string) => {
      log.warn(words);
    },
  };
  const facts = await gatherFacts(factsWith(known), factNames(todo, desk), where);
  const { rules } = desk.settings;
  return asksRules(todo, desk) ? factsToExplain({ rules, facts, known }, world) : facts;
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

interface Grounds {
  readonly facts: Facts;
  readonly wording: Wording;
}

async function groundsOf(todo: NoteToAnswer, desk: Desk): Promise<Grounds> {
  const factsOf = (actorId: number): Promise<Facts> => factsFor(todo, actorId, desk);
  const wording = await wordingOf(todo, factsOf, desk);
  return { facts: await factsOf(todo.note.authorId), wording };
}

function planCalls(todo: NoteToAnswer, { facts, wording }: Grounds, desk: Desk): readonly Planned[] {
  const { settings } = desk;
  const verdicts = asksRules(todo, desk)
    ? occurrencesOfRules(settings.rules, todo.on).flatMap(({ rule, occurrence }) =>
        evaluateRules([rule], occurrence, facts),
      )
    : null;
  return todo.pending.map((call): Planned => {
    const input: CommandInput = {
      call,
      on: todo.on,
      facts,
      settings,
      internal: todo.note.internal,
      writtenAt: todo.note.createdAt,
      verdicts,
      commands,
    };
    const command = commandOf(call, settings.commands.disabled);
    if (command === null) {
      const { answer } = unknownCommand(call, input);
      return { result: { call, state: 'cannot', answer, permission: null }, writes: [] };
    }
    const judged = judgeWording(command, input, wording);
    if (judged.kind === 'refused') {
      const answer = [
        paragraph(text(`${judged.missing.charAt(0).toUpperCase()}${judged.missing.slice(1)}.`)),
      ];
      return { result: { call, state: 'refused', answer, permission: null }, writes: [] };
    }
    const { outcome, permission } = judged;
    if (outcome.kind === 'cannot')
      return { result: { call, state: 'cannot', answer: outcome.answer, permission: null }, writes: [] };
    const cause = { by: `command ${command.name}`, event: 'note', config: settings.commit, permission };
    return {
      result: { call, state: 'done', answer: outcome.answer, permission },
      writes: outcome.actions.map((action) => ({ action, cause })),
    };
  });
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
  const { gitlab, dryRun } = world;
  const { on, note } = todo;
  // The author sees at once that the bot has read the comment.
  if (!dryRun) await gitlab.addReaction(on, note.id, seenReaction);
  if (todo.earlier === null && (await wasAnswered(todo, desk)))
    return ignored('it was answered, and somebody deleted the answer');
  const again = toldAgain(todo);
  const asked = { ...todo, pending: [...todo.pending, ...again] };
  const all = planCalls(asked, await groundsOf(asked, desk), desk);
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
  const results: CallResult[] = [];
  const done: DoneWrite[] = [];
  for (const one of planned) {
    const performed = await perform(one.writes, world);
    done.push(...performed);
    results.push(resultAfter(one, performed));
  }
  await writeReply(todo, { replyId, body: bodyOf(todo, [...results, ...told], desk) }, desk);
  await settleThread(todo, desk);
  await showOutcome({ on, note, answered: statesNow(todo, results) }, desk);
  return { outcome: 'handled', reason, writes: done, explanation };
}
