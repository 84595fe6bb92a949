import type { BotAction } from '../../model/bot-write.ts';

export type ActionName = BotAction['do'];
export type ActionOf<Name extends ActionName> = Extract<BotAction, { readonly do: Name }>;

/** One function for each action. */
export type ByAction<Name extends ActionName, Rest extends readonly unknown[], Result> = {
  readonly [Each in Name]: (action: ActionOf<Each>, ...rest: Rest) => Result;
};

/** Calls the function of an action. */
export function byAction<Name extends ActionName, Rest extends readonly unknown[], Result>(
  table: ByAction<Name, Rest, Result>,
  action: ActionOf<Name>,
  ...rest: Rest
): Result {
  return table[action.do](action, ...rest);
}
