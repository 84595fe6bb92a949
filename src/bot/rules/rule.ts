/** The contract of rules: what a project's `.herald.yml` says becomes these values. */
import type { BotAction } from '../../model/bot-write.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import type { Occurrence } from '../occurrence.ts';

/** One condition of `when`, made from its words in the file. */
export interface Condition {
  /** Key in the file: `labels`. */
  readonly name: string;
  readonly needs: readonly FactName[];
  /** Null when it holds, else why not, in words: `the target branch is main, not release/*`. Pure. */
  whyNot(occurrence: Occurrence, facts: Facts): string | null;
}

/** One entry of `do`, made from its words in the file. */
export interface RuleAction {
  readonly name: string;
  readonly needs: readonly FactName[];
  /** Pure; plans nothing that is so already. */
  plan(occurrence: Occurrence, facts: Facts, rule: string): readonly BotAction[];
}

export interface Rule {
  readonly name: string;
  /** Names of `Occurrence.names`; any of them suffices. */
  readonly on: readonly string[];
  /** All of them must hold. */
  readonly when: readonly Condition[];
  readonly do: readonly RuleAction[];
  /** What undoes it where its conditions no longer hold, such as removing its comment; empty for rules that only add. */
  readonly otherwise: readonly RuleAction[];
  /** No later rule is tried when this one matches. */
  readonly stop: boolean;
}

/** What became of one rule, for the run, for `--dry-run`, `why` and the back-test. */
export interface RuleVerdict {
  readonly rule: string;
  readonly outcome: 'matched' | 'not matched' | 'other event' | 'stopped';
  /** The conditions that did not hold, in words; empty when it matched. */
  readonly whyNot: readonly { readonly condition: string; readonly words: string }[];
  readonly actions: readonly BotAction[];
}
