/** The contract of commands: one file each beside this one, and one line in the registry. */
import type { BotAction } from '../../model/bot-write.ts';
import type { Document } from '../../model/document.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { RuleVerdict } from '../rules/rule.ts';
import type { BotSettings } from '../settings.ts';

/** A command as it stands in a comment. */
export interface CommandCall {
  /** As written, in lower case: `retry`. */
  readonly name: string;
  /** Words and quoted texts after it, at most 50. */
  readonly args: readonly string[];
  /** The whole line without the prefix, white space collapsed: two calls with the same text are one. */
  readonly text: string;
}

/** What a command may look at. */
export interface CommandInput {
  readonly call: CommandCall;
  readonly on: Noteable;
  /** `facts.actor` is the author of the comment. */
  readonly facts: Facts;
  readonly settings: BotSettings;
  /** It is an internal note: its words are not for everybody who sees the object. */
  readonly internal: boolean;
  /** When the comment was written, ISO 8601. */
  readonly writtenAt: string;
  /** What each rule would do if its event happened now; null where no command asks. */
  readonly verdicts: readonly RuleVerdict[] | null;
  /** The commands that exist, for `help`. */
  readonly commands: readonly BotCommand[];
}

/** `permission` tells the right that allowed it, for the record; `missing` the one that its author lacks. */
export type Decision =
  | { readonly allowed: true; readonly permission: string }
  | { readonly allowed: false; readonly missing: string };

export type CommandOutcome =
  /** To be done; `answer` is said when it is. With no actions: there is only something to say, or it is so already. */
  | { readonly kind: 'act'; readonly actions: readonly BotAction[]; readonly answer: Document }
  /** It cannot be done as asked: wrong words, wrong object, wrong state. */
  | { readonly kind: 'cannot'; readonly answer: Document };

export interface BotCommand {
  readonly name: string;
  /** `retry [job…]` */
  readonly usage: string;
  /** One line for `help`. */
  readonly summary: string;
  readonly on: readonly Noteable['kind'][];
  /**
   * It starts something with the bot's rights: jobs, pipelines, merge requests. Then it has to be known whose words it
   * is.
   */
  readonly starts: boolean;
  /** What `decide` and `plan` look at beyond the project, the object and the actor. */
  readonly needs: readonly FactName[];
  /** True when `plan` looks at `verdicts`. */
  readonly asksRules?: boolean;
  /** A command may do what its author could do himself. */
  decide(input: CommandInput): Decision;
  /** Pure: facts in, what to do out. Plans nothing that is so already. */
  plan(input: CommandInput): CommandOutcome;
}
