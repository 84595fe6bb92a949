/** The contract of rules: what a project's `.herald.yml` says becomes these values. */
import type { BotAction } from '../../model/bot-write.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import type { Occurrence } from '../occurrence.ts';

/** The result of a condition for an object. If it is unknown, nothing is done and nothing is undone. */
export type Judgement =
  | { readonly outcome: 'holds' }
  /**
   * Why not, in words: `the target branch is main, not release/*`. They may hold words of strangers, cut and on one
   * line.
   */
  | { readonly outcome: 'fails' | 'unknown'; readonly words: string };

/** One condition of `when`, made from its words in the file. */
export interface Condition {
  /** Key in the file: `labels`. */
  readonly name: string;
  /** Facts that it needs, given the known ones: a title needs none, and known facts may already decide it. */
  needs(occurrence: Occurrence, facts: Facts): readonly FactName[];
  /** Pure. */
  judge(occurrence: Occurrence, facts: Facts): Judgement;
}

/** One entry of `do`, made from its words in the file. */
export interface RuleAction {
  /** Key in the file: `comment`. */
  readonly name: string;
  /** People it names, in lower case: `Facts.namedUsers` must contain them. */
  readonly usernames: readonly string[];
  needs(occurrence: Occurrence, facts: Facts, rule: string): readonly FactName[];
  /** Pure; plans nothing that is already done. */
  plan(occurrence: Occurrence, facts: Facts, rule: string): readonly BotAction[];
  /** Why it cannot do what it should, in words; null where nothing is wrong. */
  whyUnable?(facts: Facts): string | null;
}

export interface Rule {
  readonly name: string;
  /** Names of `Occurrence.names`; any of them suffices. */
  readonly on: readonly string[];
  /** All of them must hold. */
  readonly when: readonly Condition[];
  readonly do: readonly RuleAction[];
  /** What undoes it where a condition fails, such as removing its comment; empty for rules that only add. */
  readonly otherwise: readonly RuleAction[];
  /** No later rule is tried when this one matches. */
  readonly stop: boolean;
}

/** The outcome of one rule, for the run, for `--dry-run`, `why` and the back-test. */
export interface RuleVerdict {
  readonly rule: string;
  readonly outcome: 'matched' | 'not matched' | 'other event' | 'stopped';
  /** The conditions that did not hold, in words; empty when it matched. */
  readonly whyNot: readonly { readonly condition: string; readonly words: string }[];
  /** When it did not match: what undoes it. */
  readonly actions: readonly BotAction[];
  /** What its actions could not do, and why; missing where nothing is wrong. */
  readonly unable?: readonly string[];
}
