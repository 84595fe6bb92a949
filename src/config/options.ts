import * as z from 'zod';

/**
 * Every option of every command, once. From these schemas come the flags (`--fail-on`), the environment variables
 * (`HERALD_FAIL_ON`), the keys of `.herald.yml` (`fail-on`), their help, the JSON Schema for editors, the inputs of the
 * components and docs/reference/options.md. `input: true` in the meta offers the option as an input of the component.
 */
export const commonOptions = z.strictObject({
  config: z.string().default('.herald.yml').meta({
    description: 'Configuration file, relative to the project directory.',
    input: true,
  }),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').meta({
    description: 'How much is logged to stderr.',
    input: true,
  }),
  logFormat: z.enum(['text', 'json']).default('text').meta({ description: 'Form of the log lines.' }),
  color: z.boolean().nullable().default(null).meta({
    description:
      'Colours on or off (`--no-color`); by default on where the output is a terminal or a job log.',
  }),
});

/** What the sticky note and the commit status are called. */
const keyOption = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'up to 64 letters, digits, dots, dashes and underscores')
  .default('report')
  .meta({
    description:
      'Names the sticky note and the commit status `herald/<key>`; jobs with different keys keep notes of their own.',
    input: true,
    example: 'backend',
  });

/** Text formats that a project describes itself. */
const patternsOption = z.array(z.string()).default([]).meta({
  description:
    'Formats of your own, one per line: a name, `=`, and a regular expression for lines like `file:line: message`, with the groups `(?<message>…)`, `(?<path>…)`, `(?<line>…)`, `(?<severity>…)`, `(?<rule>…)`.',
  example: 'shell=^(?<path>[^:]+):(?<line>\\d+): (?<message>.*)$',
  lines: true,
});

export const reportOptions = z.strictObject({
  ...commonOptions.shape,
  reports: z.array(z.string()).default([]).meta({
    description:
      'Report files, as globs like those of `artifacts:paths`; `!glob` leaves files out. By default the well-known files of the supported tools are found.',
    input: true,
    positional: true,
    example: 'reports/*.xml',
  }),
  patterns: patternsOption,
  key: keyOption,
  title: z.string().max(200).nullable().default(null).meta({
    description: 'Heading of the comment, for projects with more than one.',
    input: true,
    example: 'Backend',
  }),
  failOn: z.array(z.string()).default([]).meta({
    description:
      'Conditions that fail the job: `new-failures`, `coverage<80`, `coverage-drop>0.5`, `new-findings>=high`, and more (docs/reference/gates.md).',
    input: true,
    example: 'new-failures, coverage-drop>0.5',
  }),
  warnOn: z.array(z.string()).default([]).meta({
    description: 'The same conditions as a softer grade: told in the comment, they fail nothing.',
    input: true,
    example: 'patch-coverage<80, duration-increase>20%',
  }),
  allowLabels: z.boolean().default(true).meta({
    description:
      'Whether labels like `herald::allow-coverage-drop` on the merge request let that gate fail without failing the job.',
    input: true,
  }),
  comment: z.enum(['always', 'failures', 'never']).default('always').meta({
    description:
      'When the merge request gets the comment: `failures` writes the first one only when something fails and keeps it current from then on.',
    input: true,
  }),
  status: z.boolean().default(true).meta({
    description: 'Whether the commit status `herald/<key>` is set.',
    input: true,
  }),
  maxCharacters: z.number().int().min(2_000).max(900_000).default(60_000).meta({
    description: 'Size limit of the comment in characters; what does not fit is counted and linked.',
    input: true,
  }),
  baseline: z.string().nullable().default(null).meta({
    description: 'A `herald-report.json` to compare with, instead of the one of the target branch.',
    example: 'baseline/herald-report.json',
  }),
  baselineJob: z.string().max(255).nullable().default(null).meta({
    description:
      'Name of the Herald job on the target branch, when it is not that of this job: after a rename, or when merge requests have a job of their own.',
    input: true,
    example: 'herald',
  }),
  strict: z.boolean().default(false).meta({
    description: 'Exit with 3 when a report file cannot be read.',
    input: true,
  }),
  output: z.string().default('.').meta({
    description:
      'Folder for `herald-report.json`, `.md`, `.html` and `herald-audit.jsonl`, relative to the project directory.',
  }),
  maxWait: z.number().int().min(0).max(3_600).default(120).meta({
    description:
      'How many seconds Herald waits in all for a GitLab that is busy or does not answer, before it exits with 5.',
    input: true,
  }),
  dryRun: z.boolean().default(false).meta({
    description: 'Read everything, write nothing to GitLab, print each write that would be made.',
    input: true,
  }),
});

export const inspectOptions = z.strictObject({
  ...commonOptions.shape,
  files: z.array(z.string()).default([]).meta({ description: 'Report files to read.', positional: true }),
  patterns: patternsOption,
  json: z.boolean().default(false).meta({ description: 'One JSON object per file, for scripts.' }),
  strict: reportOptions.shape.strict,
});

export const convertOptions = z.strictObject({
  ...commonOptions.shape,
  files: inspectOptions.shape.files,
  to: z.enum(['junit', 'cobertura', 'codequality', 'sarif']).nullable().default(null).meta({
    description: 'What to write, for the widget of GitLab that takes it.',
    example: 'codequality',
  }),
  out: z.string().nullable().default(null).meta({
    description: 'File to write, instead of the standard output.',
    example: 'gl-code-quality-report.json',
  }),
  patterns: patternsOption,
  strict: reportOptions.shape.strict,
});

export const demoOptions = z.strictObject({
  ...commonOptions.shape,
  output: z.string().default('herald-demo').meta({ description: 'Folder that the demo writes to.' }),
});

export type CommonOptions = z.infer<typeof commonOptions>;
export type ReportOptions = z.infer<typeof reportOptions>;
export type DemoOptions = z.infer<typeof demoOptions>;

/** The options of each command, by the command's name. */
export const optionsByCommand = {
  report: reportOptions,
  inspect: inspectOptions,
  convert: convertOptions,
  demo: demoOptions,
} as const;
