import { code, type Document, details, list, paragraph, text } from '../../model/document.ts';
import type { OwnRecord } from '../../model/own-record.ts';
import { counted } from '../../model/plural.ts';
import { decide } from '../permissions.ts';
import type { RuleVerdict } from '../rules/rule.ts';
import type { BotSettings } from '../settings.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { act } from './outcome.ts';

const maxRows = 40;

function recordRow({ kind, key, by, event, config, permission, at }: OwnRecord): Document {
  const what = { note: 'a comment', reply: 'an answer to comment', thread: 'a thread' }[kind];
  return [
    paragraph(
      text(`${what} `),
      code(key),
      ...(by === '' ? [] : [text(' by '), code(by)]),
      ...(event === '' ? [] : [text(', on '), code(event)]),
      ...(config === null ? [] : [text(', configuration of '), code(config.slice(0, 8))]),
      text(permission === null ? '' : `, allowed as ${permission}`),
      text(`, ${at}`),
    ),
  ];
}

/** What a rule would do whose conditions hold. */
function wouldDo({ actions, unable = [] }: RuleVerdict): string {
  const would = actions.length === 0 ? [] : [`it would ${actions.map((action) => action.do).join(', ')}`];
  const all = [...would, ...unable];
  return all.length === 0
    ? 'its conditions hold, and there is nothing left to do'
    : `its conditions hold: ${all.join('; ')}`;
}

function verdictRow(verdict: RuleVerdict): Document {
  const { rule, outcome, whyNot } = verdict;
  const reason =
    outcome === 'matched'
      ? wouldDo(verdict)
      : whyNot.map(({ condition, words }) => `${condition}: ${words}`).join('; ');
  return [paragraph(code(rule), text(` ${outcome === 'matched' ? '' : 'does not match: '}${reason}`))];
}

function section(title: string, rows: readonly Document[], none: string): Document {
  if (rows.length === 0) return [paragraph(text(none))];
  const more = rows.length - maxRows;
  return [
    details(
      [text(`${title} (${rows.length})`)],
      [
        list(...rows.slice(0, maxRows)),
        ...(more > 0
          ? [paragraph(text(`${counted(more, { one: 'more is', other: 'more are' })} not shown.`))]
          : []),
      ],
      true,
    ),
  ];
}

function configuration({ hasFile, commit }: BotSettings): string {
  if (!hasFile) return 'The default branch has no configuration: only commands act.';
  return commit === null
    ? 'The configuration comes from the default branch; GitLab does not name its commit.'
    : `The configuration comes from commit ${commit.slice(0, 8)} of the default branch.`;
}

/**
 * What the bot did here and why, read from its own notes; and what each rule would do if its event happened now.
 */
function plan({ facts, settings, verdicts }: CommandInput): CommandOutcome {
  return act([
    paragraph(text(configuration(settings))),
    ...section(
      'What I wrote here',
      (facts.record ?? []).map(recordRow),
      'I have not written anything here yet.',
    ),
    ...section(
      'Rules, as if their event happened now',
      (verdicts ?? []).map(verdictRow),
      'No rules are configured.',
    ),
  ]);
}

export const why: BotCommand = {
  name: 'why',
  usage: 'why',
  summary: 'Shows what the bot did here, by which rule or command, and why other rules did nothing.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: ['record'],
  asksRules: true,
  decide: ({ facts }) => decide('comment', facts),
  plan,
};
