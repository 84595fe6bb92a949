import type { CommandCall, TalkInput } from '../../bot/commands/command.ts';
import { commands } from '../../bot/commands/registry.ts';
import type { CallResult } from '../../bot/commands/reply.ts';
import { commandOf, judgeWording, unknownCommand, type Wording } from '../../bot/commands/run-command.ts';
import { evaluateRules } from '../../bot/rules/evaluate.ts';
import { factsAfter } from '../../bot/rules/facts-after.ts';
import type { RuleVerdict } from '../../bot/rules/rule.ts';
import type { BotAction, BotWrite } from '../../model/bot-write.ts';
import { paragraph, text } from '../../model/document.ts';
import type { Facts } from '../../model/facts.ts';
import { needsClaim } from '../../publish/bot-writes/needs-claim.ts';
import type { Desk } from './desk.ts';
import type { NoteToAnswer } from './note-to-answer.ts';
import { occurrencesOfRules } from './rules-now.ts';

/** A command that was judged, and what it does. */
export interface Planned {
  readonly result: CallResult;
  readonly writes: readonly BotWrite[];
}

/** What the commands of a comment are judged by. */
export interface Grounds {
  readonly facts: Facts;
  readonly wording: Wording;
}

/** True if one of the commands shows what rules would do. */
export function asksRules(pending: readonly CommandCall[], { settings }: Desk): boolean {
  return pending.some((call) => commandOf(call, settings.commands.disabled)?.asksRules === true);
}

function verdictsFor(
  call: CommandCall,
  on: NoteToAnswer['on'],
  { facts, desk }: { readonly facts: Facts; readonly desk: Desk },
): readonly RuleVerdict[] | null {
  if (on.kind === 'commit' || !asksRules([call], desk)) return null;
  return occurrencesOfRules(desk.settings.rules, on).flatMap(({ rule, occurrence }) =>
    evaluateRules([rule], occurrence, facts),
  );
}

/** The grounds once these actions are done: later commands of the same comment see them. */
export function groundsAfter({ facts, wording }: Grounds, actions: readonly BotAction[]): Grounds {
  return {
    facts: factsAfter(facts, actions),
    wording: wording.by === 'other' ? { ...wording, facts: factsAfter(wording.facts, actions) } : wording,
  };
}

interface Around {
  readonly grounds: Grounds;
  readonly desk: Desk;
}

function planCall(call: CommandCall, { on, note }: NoteToAnswer, { grounds, desk }: Around): Planned {
  const { settings } = desk;
  const { facts, wording } = grounds;
  const input: TalkInput = {
    call,
    on,
    facts,
    settings,
    internal: note.internal,
    writtenAt: note.createdAt,
    verdicts: verdictsFor(call, on, { facts, desk }),
    commands,
  };
  const command = commandOf(call, settings.commands.disabled);
  if (command === null) {
    const { answer } = unknownCommand(call, input);
    return { result: { call, state: 'cannot', answer, permission: null }, writes: [] };
  }
  const judged = judgeWording(command, input, wording);
  if (judged.kind === 'refused') {
    const answer = [paragraph(text(`${judged.missing.charAt(0).toUpperCase()}${judged.missing.slice(1)}.`))];
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
}

/** Each command is planned on what those before it in the comment will do. */
export function planCalls(todo: NoteToAnswer, first: Grounds, desk: Desk): readonly Planned[] {
  let grounds = first;
  return todo.pending.map((call) => {
    const planned = planCall(call, todo, { grounds, desk });
    grounds = groundsAfter(
      grounds,
      planned.writes.map(({ action }) => action),
    );
    return planned;
  });
}

/**
 * The same call on other grounds. A plan that would need a claim which its first plan did not announce stays as it was:
 * two runs could do it twice.
 */
export function replanned(planned: Planned, todo: NoteToAnswer, around: Around): Planned {
  const again = planCall(planned.result.call, todo, around);
  const claims = ({ writes }: Planned): boolean => writes.some(({ action }) => needsClaim[action.do]);
  return claims(again) && !claims(planned) ? planned : again;
}
