import type { CommonOptions } from '../config/common-options.ts';
import type { Log, Output } from '../io/port.ts';
import type { Host } from './host.ts';

/** Whether an output is coloured: the option, else what the variables and the output itself ask for. */
export function wantsColor({ color }: CommonOptions, output: Output): boolean {
  return color ?? output.color;
}

/** The log of one command. */
export function openLog(options: CommonOptions, host: Host): Log {
  return host.createLog({
    level: options.logLevel,
    format: options.logFormat,
    color: wantsColor(options, host.errorOutput),
  });
}
