import type { TalkPlace } from '../../model/noteable.ts';
import type { BotCommand } from './command.ts';

/** The kinds of places in which a command works. */
export function placesOf({ on, onCommit }: BotCommand): readonly TalkPlace['kind'][] {
  return onCommit === undefined ? on : [...on, 'commit'];
}
