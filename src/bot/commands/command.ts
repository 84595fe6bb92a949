/** The contract of commands: one file each beside this one, and one line in the registry. */
import type { BotAction } from '../../model/bot-write.ts';
import type { Document } from '../../model/document.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import type { Noteable, TalkPlace } from '../../model/noteable.ts';
import type { RuleVerdict } from '../rules/rule.ts';
import type { BotSettings } from '../settings.ts';

/** A command as written in a comment. */
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
  /** True for an internal note: not everybody who sees the object may read it. */
  readonly internal: boolean;
  /** When the comment was written, ISO 8601. */
  readonly writtenAt: string;
  /** What each rule would do if its event happened now; null where no command asks. */
  readonly verdicts: readonly RuleVerdict[] | null;
  /** The commands that exist, for `help`. */
  readonly commands: readonly BotCommand[];
}

/** The same for a comment that may be on a commit. */
export type TalkInput = Omit<CommandInput, 'on'> & { readonly on: TalkPlace };

/** `permission` names the right that allowed it, for the record; `missing` names the right that its author lacks. */
export type Decision =
  | { readonly allowed: true; readonly permission: string }
  | { readonly allowed: false; readonly missing: string };

export type CommandOutcome =
  /**
   * Actions to do, and the `answer` after them. Without actions, the command only answers, or everything is already as
   * asked.
   */
  | { readonly kind: 'act'; readonly actions: readonly BotAction[]; readonly answer: Document }
  /** The command cannot be done: wrong words, wrong object, wrong state. */
  | { readonly kind: 'cannot'; readonly answer: Document };

export interface BotCommand {
  readonly name: string;
  /** `retry [job…]` */
  readonly usage: string;
  /** One line for `help`. */
  readonly summary: string;
  readonly on: readonly Noteable['kind'][];
  /**
   * It starts something with the bot's rights: jobs, pipelines, merge requests. Then its author must be known. A
   * function where the words after the name decide.
   */
  readonly starts: boolean | ((call: CommandCall) => boolean);
  /** Facts that `decide` and `plan` need beyond the project, the object and the actor. */
  readonly needs: readonly FactName[];
  /** True when `plan` looks at `verdicts`. */
  readonly asksRules?: boolean;
  /** A command can do only what its author could do in GitLab. */
  decide(input: CommandInput): Decision;
  /** Pure: facts in, actions out. Plans nothing that is already done. */
  plan(input: CommandInput): CommandOutcome;
  /** The same in a comment on a commit, about the commit's latest pipeline; missing = it does not work there. */
  readonly onCommit?: {
    decide(input: TalkInput): Decision;
    plan(input: TalkInput): CommandOutcome;
  };
}
