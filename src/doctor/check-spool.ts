import { counted } from '../model/plural.ts';
import { type Check, fine, problem, type Topic } from './check.ts';
import { quoted } from './setup-line.ts';

/** Events that a receiver gave up. */
export interface DeadLetters {
  readonly count: number;
  /** Why the newest was given up; empty where that is not written down. */
  readonly reason: string;
}

/** Events that a receiver gave up wait for somebody. `dead` is null where no spool can be read. */
export function checkSpool(spool: string, dead: DeadLetters | null): readonly Check[] {
  const topic: Topic = { project: null, about: `spool ${spool}` };
  if (dead === null)
    return [
      problem(topic, 'no spool found here that can be read', 'give the folder of herald serve --spool'),
    ];
  if (dead.count === 0) return [fine(null, topic.about, 'no event was given up')];
  const why = dead.reason === '' ? '' : `, the newest because: ${dead.reason}`;
  const words = `${counted(dead.count, { one: 'event was', other: 'events were' })} given up${why}`;
  const remedy = `fix the cause, then start the receiver with: herald serve --spool ${quoted(spool)} --replay`;
  return [problem(topic, words, remedy)];
}
