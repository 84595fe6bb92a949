import * as z from 'zod';

/** Text formats that a project describes itself. */
export const patternsOption = z.array(z.string()).default([]).meta({
  description:
    'Text that linters print, one entry per line: names of ready patterns (`gcc`, `tsc`, `mypy`, and more in docs/formats.md), or one of your own: a name, `=`, and a regular expression for lines like `file:line: message`, with the groups `(?<message>…)`, `(?<path>…)`, `(?<line>…)`, `(?<severity>…)`, `(?<rule>…)`.',
  example: 'shell=^(?<path>[^:]+):(?<line>\\d+): (?<message>.*)$',
  lines: true,
});

/** What must not be missing. */
export const strictOption = z.boolean().default(false).meta({
  description:
    'Exit with 3 when a report file cannot be read or is cut off, when a glob of `reports` matches no file, or when `convert` would lose signs of failure that a report gives; and fail for a condition of `fail-on` that could not be measured. A file that is named without a glob and is missing is an error anyway.',
  input: true,
});
