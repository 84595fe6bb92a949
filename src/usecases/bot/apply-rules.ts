import { mutedLabel } from '../../bot/commands/mute.ts';
import { withinBudget } from '../../bot/noise.ts';
import type { Occurrence } from '../../bot/occurrence.ts';
import { evaluateRules } from '../../bot/rules/evaluate.ts';
import { explainVerdicts } from '../../bot/rules/explain.ts';
import type { RuleVerdict } from '../../bot/rules/rule.ts';
import type { BotAction, BotWrite } from '../../model/bot-write.ts';
import type { Facts } from '../../model/facts.ts';
import type { Handled } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { factsForRules } from './facts-for-rules.ts';
import { gatherFacts, type Known } from './gather-facts.ts';
import { perform } from './perform.ts';

const speaks: ReadonlySet<BotAction['do']> = new Set(['comment', 'openThread']);

function writesOf(verdicts: readonly RuleVerdict[], { settings }: Desk, event: string): readonly BotWrite[] {
  return verdicts.flatMap(({ rule, actions }) =>
    actions.map((action) => ({
      action,
      cause: { by: `rule ${rule}`, event, config: settings.commit, permission: null },
    })),
  );
}

/** On a muted object no rule speaks; what rules do silently goes on. */
function unlessMuted(writes: readonly BotWrite[], facts: Facts): readonly BotWrite[] {
  const isMuted = facts.subject?.labels.includes(mutedLabel) === true;
  return isMuted ? writes.filter(({ action }) => !speaks.has(action.do)) : writes;
}

/** What is said about something confidential stays where it is. */
function keepConfidential(
  writes: readonly BotWrite[],
  occurrence: Occurrence,
  facts: Facts,
): readonly BotWrite[] {
  const isSecret = occurrence.confidential || (facts.subject?.kind === 'issue' && facts.subject.confidential);
  if (!isSecret) return writes;
  return writes.flatMap((write): readonly BotWrite[] => {
    const { action } = write;
    if (action.do === 'closeIssue') return [{ ...write, action: { ...action, document: null } }];
    return action.do !== 'openIssue' || action.confidential ? [write] : [];
  });
}

/** Tries the rules on what happened and does what those that match want. */
export async function applyRules(occurrence: Occurrence, known: Known, desk: Desk): Promise<Handled> {
  const { world, settings } = desk;
  const facts = await factsForRules({ rules: settings.rules, occurrence, known }, world);
  const verdicts = evaluateRules(settings.rules, occurrence, facts);
  const event = occurrence.names.at(-1) ?? '';
  const planned = keepConfidential(unlessMuted(writesOf(verdicts, desk, event), facts), occurrence, facts);
  const explanation = explainVerdicts(verdicts);
  if (planned.length === 0) {
    const matched = verdicts.filter(({ outcome }) => outcome === 'matched').length;
    const reason = matched === 0 ? 'no rule matches' : 'everything is as the rules want it';
    return { outcome: 'ignored', reason, writes: [], explanation };
  }
  const needsRecord = planned.some(({ action }) => speaks.has(action.do)) && facts.record === null;
  const where = {
    known,
    gitlab: world.gitlab,
    warn: (words: string) => {
      world.log.warn(words);
    },
  };
  const withRecord = needsRecord ? await gatherFacts(facts, ['record'], where) : facts;
  const writes = withinBudget(planned, withRecord, settings.noise);
  return {
    outcome: 'handled',
    reason: `${writes.length} things to do`,
    writes: await perform(writes, world),
    explanation,
  };
}
