import type { CommonOptions } from '../config/options.ts';
import type { Log } from '../io/port.ts';
import type { Host } from './host.ts';

/** Whether output may be coloured: the option, else NO_COLOR and FORCE_COLOR, else a terminal or a job log. */
export function wantsColor(options: CommonOptions, host: Host): boolean {
  if (options.color !== null) return options.color;
  const { NO_COLOR, FORCE_COLOR, CI } = host.variables;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return host.errorOutput.isTerminal || CI === 'true';
}

/** The log of one command. */
export function openLog(options: CommonOptions, host: Host): Log {
  return host.createLog({
    level: options.logLevel,
    format: options.logFormat,
    color: wantsColor(options, host),
  });
}
