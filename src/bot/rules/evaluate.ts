import type { BotAction } from '../../model/bot-write.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import type { Occurrence } from '../occurrence.ts';
import { factsAfter } from './facts-after.ts';
import type { Rule, RuleAction, RuleVerdict } from './rule.ts';

/** About how many requests a fact costs. */
const costs: Readonly<Record<FactName, number>> = {
  actor: 1,
  author: 1,
  deployment: 1,
  record: 1,
  closes: 1,
  approvedBy: 1,
  reviews: 1,
  commits: 1,
  ownIssues: 1,
  namedUsers: 1,
  pipelineActor: 1,
  targetBranch: 1,
  sourceBranch: 1,
  milestones: 2,
  members: 2,
  pipeline: 2,
  changes: 2,
  codeOwners: 3,
  ownerGroups: 6,
  directLevels: 1,
  actorGroups: 2,
  reviewLoad: 4,
  tests: 3,
  flakyMarks: 2,
  quarantine: 1,
  deployLimits: 3,
  botHealth: 5,
  digests: 60,
  releases: 12,
  incident: 6,
  blame: 8,
  testRuns: 2,
  trail: 3,
};

function costOf(names: readonly FactName[]): number {
  return names.reduce((sum, name) => sum + costs[name], 0);
}

function isAbout({ on }: Rule, { names }: Occurrence): boolean {
  return on.some((name) => names.includes(name));
}

type Lacks = (names: readonly FactName[]) => readonly FactName[];

interface Play {
  readonly occurrence: Occurrence;
  readonly facts: Facts;
  readonly lacks: Lacks;
}

interface Standing {
  readonly outcome: 'matches' | 'fails' | 'unknown' | 'open';
  readonly needs: readonly FactName[];
}

function needsOfActions(
  actions: readonly RuleAction[],
  { occurrence, facts, lacks }: Play,
  rule: string,
): readonly FactName[] {
  return lacks(actions.flatMap((action) => action.needs(occurrence, facts, rule)));
}

/** The state of a rule by the known facts, and the facts that it needs next: those of the cheapest open condition. */
function standingOf(rule: Rule, play: Play): Standing {
  const { occurrence, facts, lacks } = play;
  const open: (readonly FactName[])[] = [];
  let isUnknown = false;
  for (const condition of rule.when) {
    const missing = lacks(condition.needs(occurrence, facts));
    if (missing.length > 0) {
      open.push(missing);
      continue;
    }
    const { outcome } = condition.judge(occurrence, facts);
    if (outcome === 'fails') return { outcome, needs: needsOfActions(rule.otherwise, play, rule.name) };
    if (outcome === 'unknown') isUnknown = true;
  }
  const [cheapest] = open.sort((a, b) => costOf(a) - costOf(b));
  if (cheapest !== undefined) return { outcome: 'open', needs: cheapest };
  return isUnknown
    ? { outcome: 'unknown', needs: [] }
    : { outcome: 'matches', needs: needsOfActions(rule.do, play, rule.name) };
}

/**
 * The facts that have to be known to get further: of each rule that is still in play those of its cheapest open
 * condition, or of its actions once it matches. Empty when everything is decided. `asked` are those that were asked
 * for, whether or not GitLab answered.
 */
// eslint-disable-next-line max-params -- four parts of one question, which its callers hold apart.
export function factsNeededBy(
  rules: readonly Rule[],
  occurrence: Occurrence,
  facts: Facts,
  asked: ReadonlySet<FactName>,
): readonly FactName[] {
  const lacks: Lacks = (names) => names.filter((name) => !asked.has(name) && facts[name] === null);
  const needed = new Set<FactName>();
  for (const rule of rules) {
    if (!isAbout(rule, occurrence)) continue;
    const { outcome, needs } = standingOf(rule, { occurrence, facts, lacks });
    for (const name of needs) needed.add(name);
    // Until this rule is decided, it is unknown whether later rules are tried at all.
    if (rule.stop && (outcome === 'matches' || outcome === 'open')) break;
  }
  return [...needed];
}

interface Trial {
  readonly occurrence: Occurrence;
  /** As they are. */
  readonly facts: Facts;
  /** As they will be after what earlier rules do. */
  readonly after: Facts;
}

function planAll(
  actions: readonly RuleAction[],
  rule: string,
  { occurrence, after }: Trial,
): readonly BotAction[] {
  const planned: BotAction[] = [];
  for (const action of actions) planned.push(...action.plan(occurrence, factsAfter(after, planned), rule));
  return planned;
}

function verdictOf(rule: Rule, trial: Trial): RuleVerdict {
  const { name } = rule;
  const { occurrence, facts } = trial;
  const against = rule.when.flatMap((condition) => {
    const judgement = condition.judge(occurrence, facts);
    return judgement.outcome === 'holds' ? [] : [{ condition: condition.name, ...judgement }];
  });
  if (against.length === 0) {
    const actions = planAll(rule.do, name, trial);
    const unable = rule.do.flatMap((action) => action.whyUnable?.(trial.after) ?? []);
    return {
      rule: name,
      outcome: 'matched',
      whyNot: [],
      actions,
      ...(unable.length === 0 ? {} : { unable }),
    };
  }
  // A condition that was not checked, because another one failed before it, is not a reason.
  const failed = against.filter(({ outcome }) => outcome === 'fails');
  const reasons = failed.length > 0 ? failed : against;
  return {
    rule: name,
    outcome: 'not matched',
    whyNot: reasons.map(({ condition, words }) => ({ condition, words })),
    actions: failed.length > 0 ? planAll(rule.otherwise, name, trial) : [],
  };
}

/**
 * Tries the rules in their order. Conditions look at the facts as they are; actions are planned on what earlier ones of
 * the same run will have made of them, so that two rules can both add a reviewer.
 */
export function evaluateRules(
  rules: readonly Rule[],
  occurrence: Occurrence,
  facts: Facts,
): readonly RuleVerdict[] {
  let after = facts;
  let isStopped = false;
  return rules.map((rule) => {
    const { name: ruleName } = rule;
    if (!isAbout(rule, occurrence))
      return { rule: ruleName, outcome: 'other event', whyNot: [], actions: [] };
    if (isStopped) return { rule: ruleName, outcome: 'stopped', whyNot: [], actions: [] };
    const verdict = verdictOf(rule, { occurrence, facts, after });
    after = factsAfter(after, verdict.actions);
    isStopped = rule.stop && verdict.outcome === 'matched';
    return verdict;
  });
}

/** The people that rules about such an event name, in lower case: `Facts.namedUsers` must contain them. */
export function usernamesIn(rules: readonly Rule[], occurrence: Occurrence): readonly string[] {
  const named = rules
    .filter((rule) => isAbout(rule, occurrence))
    .flatMap((rule) => [...rule.do, ...rule.otherwise].flatMap(({ usernames }) => usernames));
  return [...new Set(named)];
}
