import type { Log, LogFields } from '../../io/port.ts';

/** The same log, with further fields in every line: what the lines are about. A line's own fields come before them. */
export function logAbout(log: Log, about: LogFields): Log {
  return {
    debug: (message, fields) => {
      log.debug(message, { ...about, ...fields });
    },
    info: (message, fields) => {
      log.info(message, { ...about, ...fields });
    },
    warn: (message, fields) => {
      log.warn(message, { ...about, ...fields });
    },
    error: (message, fields) => {
      log.error(message, { ...about, ...fields });
    },
    section: (title, work) => log.section(title, work),
  };
}
