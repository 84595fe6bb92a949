import { evaluateRules } from '../../bot/rules/evaluate.ts';
import type { Rule } from '../../bot/rules/rule.ts';
import { UsageError } from '../../errors.ts';
import type { BotAction } from '../../model/bot-write.ts';
import type { Noteable } from '../../model/noteable.ts';
import { counted } from '../../model/plural.ts';
import type { BotWorld } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { factsForRules } from './facts-for-rules.ts';
import { fetchSubject } from './gather-facts.ts';
import { deskOf } from './open-desk.ts';
import { occurrenceNow } from './rules-now.ts';

/** Fetching more objects than this takes too long. */
const maxObjects = 300;

/** The actions that one rule would have done. */
export interface BacktestRow {
  readonly rule: string;
  /** Objects that it was tried on. */
  readonly tried: number;
  readonly matched: number;
  readonly actions: ReadonlyMap<BotAction['do'], number>;
}

export interface Backtest {
  readonly mergeRequests: number;
  readonly issues: number;
  /** False when there were more than the limit. */
  readonly complete: boolean;
  readonly rows: readonly BacktestRow[];
}

/**
 * Whether a rule is about the kind of object; rules about other things (deployments, branches) have no history of their
 * own.
 */
function namesFor({ on }: Rule, kind: Noteable['kind']): readonly string[] {
  return on.filter((name) => name === 'schedule' || name === 'note' || name.split('.', 1)[0] === kind);
}

class Count {
  tried = 0;
  matched = 0;
  readonly actions = new Map<BotAction['do'], number>();

  add(actions: readonly BotAction[], isMatch: boolean): void {
    this.tried += 1;
    if (isMatch) this.matched += 1;
    for (const action of actions) this.actions.set(action.do, (this.actions.get(action.do) ?? 0) + 1);
  }
}

async function tryRules(on: Noteable, counts: ReadonlyMap<string, Count>, desk: Desk): Promise<void> {
  const { world, self, project, settings } = desk;
  const subject = await fetchSubject(on, world.gitlab);
  if (subject === null) return;
  const known = {
    now: world.clock.now(),
    self,
    project,
    subject,
    commit: null,
    actorId: subject.author.id,
    deploymentId: null,
    deployment: null,
    usernames: [],
    pipeline: null,
    ownProject: world.scope.ownProject,
    digestPeriods: [],
  };
  const events = new Set(settings.rules.flatMap((rule) => namesFor(rule, on.kind)));
  const done = new Set<string>();
  for (const event of events) {
    const occurrence = occurrenceNow([event], project.id, on);
    const rules = settings.rules.filter((rule) => rule.on.includes(event) && !done.has(rule.name));
    const facts = await factsForRules({ rules, occurrence, known }, world);
    for (const { rule, outcome, actions } of evaluateRules(rules, occurrence, facts)) {
      done.add(rule);
      counts.get(rule)?.add(actions, outcome === 'matched');
    }
  }
}

/**
 * Tries the rules on every merge request and issue that changed since then, as they are today, and counts what each
 * rule would do. Writes nothing. Each object counts once for a rule, even with many events.
 */
async function backtest(since: Date, desk: Desk): Promise<Backtest> {
  const { world, project, settings } = desk;
  const list = async (kind: Noteable['kind']): Promise<readonly Noteable[]> =>
    settings.rules.some((rule) => namesFor(rule, kind).length > 0)
      ? world.gitlab.fetchWork(project.id, { kind, state: 'all', since, max: maxObjects })
      : [];
  const mergeRequests = await list('merge_request');
  const issues = await list('issue');
  const counts = new Map(settings.rules.map(({ name }) => [name, new Count()]));
  for (const on of [...mergeRequests, ...issues]) await tryRules(on, counts, desk);
  return {
    mergeRequests: mergeRequests.length,
    issues: issues.length,
    complete: mergeRequests.length < maxObjects && issues.length < maxObjects,
    rows: [...counts].map(([rule, { tried, matched, actions }]) => ({ rule, tried, matched, actions })),
  };
}

/** The back-test of the project that the bot runs for. Throws `UsageError` for a configuration that is wrong. */
export async function backtestOf(since: Date, world: BotWorld): Promise<Backtest> {
  const { ownProject } = world.scope;
  if (ownProject === null)
    throw new UsageError('no project is named', { hint: 'give --project with its id or full path' });
  const project = await world.gitlab.fetchProject(ownProject);
  return backtest(since, await deskOf(project, world));
}

function describeRow({ rule, tried, matched, actions }: BacktestRow): string {
  if (tried === 0) return `${rule}: its events leave no history`;
  const counts = [...actions].map(([name, count]) => `${name} ${count}`).join(', ');
  const would = counts === '' ? '' : `; it would: ${counts}`;
  return `${rule}: matches ${matched} of ${tried}${would}`;
}

/** The back-test as lines of text. */
export function describeBacktest({ mergeRequests, issues, complete, rows }: Backtest): readonly string[] {
  const scope = `${counted(mergeRequests, { one: 'merge request', other: 'merge requests' })} and ${counted(issues, { one: 'issue', other: 'issues' })}, as they are today`;
  const head = complete ? `Tried on ${scope}:` : `Tried on the ${scope} that changed last (there are more):`;
  return rows.length === 0 ? ['No rules are configured.'] : [head, ...rows.map(describeRow)];
}
