import { mutedLabel } from '../../bot/commands/mute.ts';
import { withinBudget } from '../../bot/noise.ts';
import type { Occurrence } from '../../bot/occurrence.ts';
import { evaluateRules } from '../../bot/rules/evaluate.ts';
import { explainVerdicts } from '../../bot/rules/explain.ts';
import type { RuleVerdict } from '../../bot/rules/rule.ts';
import type { BotAction, BotWrite } from '../../model/bot-write.ts';
import type { Facts } from '../../model/facts.ts';
import { type Noteable, noteableName } from '../../model/noteable.ts';
import { counted } from '../../model/plural.ts';
import type { BotWorld, Handled } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { factsForRules } from './facts-for-rules.ts';
import { fetchSubject, gatherFacts } from './gather-facts.ts';
import type { Known } from './known-facts.ts';
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

/** Objects that would get a comment: the subject, or the merge requests of a deployment. */
function spokenTo(writes: readonly BotWrite[]): readonly Noteable[] {
  const places = writes.flatMap(({ action }) =>
    speaks.has(action.do) && 'on' in action ? [[noteableName(action.on), action.on] as const] : [],
  );
  return [...new Map(places).values()];
}

/**
 * Rules do not comment on a muted object; their silent actions continue. One request for each object that is not the
 * subject.
 */
async function unlessMuted(
  writes: readonly BotWrite[],
  { subject }: Facts,
  { gitlab }: BotWorld,
): Promise<readonly BotWrite[]> {
  const muted = new Set<string>();
  for (const on of spokenTo(writes)) {
    const isSubject = subject !== null && noteableName(subject.at) === noteableName(on);
    const object = isSubject ? subject : await fetchSubject(on, gitlab);
    if (object === null || object.labels.includes(mutedLabel)) muted.add(noteableName(on));
  }
  return writes.filter(
    ({ action }) => !(speaks.has(action.do) && 'on' in action && muted.has(noteableName(action.on))),
  );
}

interface Kept {
  readonly writes: readonly BotWrite[];
  /** Why something was not done, one sentence for each rule. */
  readonly withheld: readonly string[];
}

/** Words about something confidential must not leave it: an issue that everybody can read is not opened for it. */
function keepConfidential(writes: readonly BotWrite[], occurrence: Occurrence, facts: Facts): Kept {
  const isSecret = occurrence.confidential || (facts.subject?.kind === 'issue' && facts.subject.confidential);
  if (!isSecret) return { writes, withheld: [] };
  const isPublic = ({ action }: BotWrite): boolean => action.do === 'openIssue' && !action.confidential;
  const kept = writes
    .filter((write) => !isPublic(write))
    .map((write) =>
      write.action.do === 'closeIssue' ? { ...write, action: { ...write.action, document: null } } : write,
    );
  const withheld = writes.filter(isPublic).map(({ cause }) => withheldWords(cause.by));
  return { writes: kept, withheld };
}

function withheldWords(by: string): string {
  return `${by}: open-issue did nothing, because the event is confidential and the issue would be public. Set "confidential: true" in its open-issue.`;
}

function whyNothing(verdicts: readonly RuleVerdict[]): string {
  const isMatched = verdicts.some(({ outcome }) => outcome === 'matched');
  return isMatched ? 'everything is already as the rules require' : 'no rule matches';
}

/** Tries the rules on an event and performs the actions of those that match. */
export async function applyRules(occurrence: Occurrence, known: Known, desk: Desk): Promise<Handled> {
  const { world, settings } = desk;
  const facts = await factsForRules({ rules: settings.rules, occurrence, known }, world);
  const verdicts = evaluateRules(settings.rules, occurrence, facts);
  const event = occurrence.names.at(-1) ?? '';
  const spoken = await unlessMuted(writesOf(verdicts, desk, event), facts, world);
  const { writes: planned, withheld } = keepConfidential(spoken, occurrence, facts);
  for (const words of withheld) world.log.warn(words);
  const explanation = [...explainVerdicts(verdicts), ...withheld];
  for (const { rule, unable = [] } of verdicts)
    for (const words of unable) world.log.warn(`rule ${rule}: ${words}`);
  if (planned.length === 0) {
    const reason = withheld[0] ?? whyNothing(verdicts);
    return { outcome: 'ignored', reason, writes: [], explanation };
  }
  const needsRecord = planned.some(({ action }) => speaks.has(action.do)) && facts.record === null;
  const withRecord = needsRecord ? await gatherFacts(facts, ['record'], { ...world, known }) : facts;
  const writes = withinBudget(planned, withRecord, settings.noise);
  return {
    outcome: 'handled',
    reason: counted(writes.length, { one: 'action', other: 'actions' }),
    writes: await perform(writes, world),
    explanation,
  };
}
