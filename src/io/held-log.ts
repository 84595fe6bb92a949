import type { Log } from './port.ts';

export interface HeldLog {
  readonly log: Log;
  /** Writes what was held, and from now on everything, into this log. */
  release(to: Log): void;
}

/** A log for the time before the options are read that say how to log: it keeps its lines until it is released. */
export function createHeldLog(): HeldLog {
  const held: ((to: Log) => void)[] = [];
  let target: Log | null = null;
  const say =
    (level: 'debug' | 'info' | 'warn' | 'error'): Log['info'] =>
    (message, fields) => {
      const write = (to: Log): void => {
        to[level](message, fields);
      };
      if (target === null) held.push(write);
      else write(target);
    };
  return {
    log: {
      debug: say('debug'),
      info: say('info'),
      warn: say('warn'),
      error: say('error'),
      section: (title, work) => target?.section(title, work) ?? work(),
    },
    release(to) {
      target = to;
      for (const write of held.splice(0)) write(to);
    },
  };
}
