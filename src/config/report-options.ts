import * as z from 'zod';
import { commentModes, commentModeWords } from '../model/comment-mode.ts';
import { commentOptions } from './comment-options.ts';
import { commonOptions } from './common-options.ts';
import { inlineOptions } from './inline-options.ts';
import { keyOption, sectionOption, sizeMeaning, sizeOption } from './note-names.ts';
import { patternsOption, strictOption } from './reading-options.ts';
import { requestOptions } from './request-options.ts';
import { scriptTarget } from './script-options.ts';

const rerunsOption = z.enum(['marked', 'same-name']).default('marked').meta({
  description:
    'Which runs of one name are runs of one test: `marked`, those that the report format marks as reruns; `same-name`, every run that follows a failure of the same name, in one file or in a file that runs failures again.',
  input: true,
});

const reportsFromOption = z.enum(['auto', 'files', 'jobs']).default('auto').meta({
  description:
    'Where reports come from: `files`, the files of this job; `jobs`, those and what every job of the pipeline handed over by `artifacts:reports`, read by API; `auto`, the jobs only where no `reports` are named and no file is found. GitLab gives all of them since 19.4, an older one only those that are in `artifacts:paths`, too. The component downloads files of other jobs only if `artifacts-from` names the jobs.',
  input: true,
});

export const reportOptions = z.strictObject({
  ...commonOptions.shape,
  reports: z.array(z.string()).default([]).meta({
    description:
      'Report files, as globs like those of `artifacts:paths`; `!glob` excludes files. By default Herald finds the well-known files of the supported tools.',
    input: true,
    positional: true,
    example: 'reports/*.xml',
  }),
  reportsFrom: reportsFromOption,
  patterns: patternsOption,
  reruns: rerunsOption,
  key: keyOption,
  section: sectionOption,
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
    description: 'Like `fail-on`, but only warns: the comment shows the condition, the job still passes.',
    input: true,
    example: 'patch-coverage<80, duration-increase>20%',
  }),
  blame: z.int().min(0).max(20).default(0).meta({
    description:
      'For how many failing tests the comment says who last changed the line at which they fail, and in which merge request: one request for each line and one for each commit found. It needs a bot token; names notify nobody. `0` asks nothing.',
    input: true,
    example: '3',
  }),
  allowLabels: z.boolean().default(true).meta({
    description:
      'Whether labels like `herald::allow-coverage-drop` on the merge request let that gate fail without failing the job.',
    input: true,
  }),
  ...commentOptions.shape,
  comment: z
    .enum(commentModes)
    .default('always')
    .meta({
      description: `When the merge request gets the comment: ${commentModes
        .map((mode) => `\`${mode}\` ${commentModeWords[mode]}`)
        .join('; ')}. A comment that exists is kept current in every mode but \`never\`.`,
      input: true,
    }),
  commitComment: z.boolean().default(false).meta({
    description:
      'Without a merge request, keep one comment on the commit of a branch or tag pipeline, under the rules of `comment`. Commits have no threads to resolve and no labels.',
    input: true,
  }),
  thread: z.boolean().default(false).meta({
    description:
      'Write the comment as a thread: open while something fails, resolved otherwise. It blocks the merge where all threads must be resolved. A comment that exists stays what it is.',
    input: true,
  }),
  status: z
    .enum(['one', 'checks', 'none'])
    .default('one')
    .meta({
      description:
        'Commit statuses: `one` sets `herald/<key>`, `checks` one per check (`herald/tests`, `herald/coverage`, …), `none` sets none. `true` means `one`, and `false` means `none`.',
      aliases: { true: 'one', false: 'none' },
      input: true,
    }),
  labels: z.enum(['none', 'results']).default('none').meta({
    description:
      'Labels by result on the merge request: `results` keeps `tests::failing` or `tests::passing`, `coverage::down` or `coverage::up`, `findings::new`, `security::new` and `gates::failed` current.',
    input: true,
  }),
  ...inlineOptions,
  labelRules: z
    .record(z.string(), z.string().regex(/^[^,]{1,255}$/, 'a label, without commas'))
    .default({})
    .meta({
      description:
        'Labels of your own, in `.herald.yml` only: `condition: label`, with the conditions of `fail-on`. The label is there while one of its conditions holds.',
    }),
  maxCharacters: sizeOption.default(20_000).meta({ description: sizeMeaning, input: true }),
  baseline: z.string().nullable().default(null).meta({
    description: 'A `herald-report.json` to compare with, instead of the one of the target branch.',
    example: 'baseline/herald-report.json',
  }),
  baselineJob: z.string().max(255).nullable().default(null).meta({
    description:
      'Name of the Herald job on the target branch, if it differs from the name of this job: after a rename, or when merge requests have a job of their own.',
    input: true,
    example: 'herald',
  }),
  strict: strictOption,
  output: z.string().default('.').meta({
    description:
      'Folder for `herald-report.json`, `.md`, `.html` and `herald-audit.jsonl`, relative to the project directory.',
  }),
  server: scriptTarget.server,
  maxWait: requestOptions.maxWait,
  preview: z.boolean().default(false).meta({
    description:
      'Show what the comment would be, from local files only, without GitLab, a token or CI variables. Writes `herald-preview.html` and the report files into the folder `herald-preview`, or that of `output`.',
  }),
  dryRun: requestOptions.dryRun,
});

const { dryRun: _dryRun, preview: _preview, ...explainable } = reportOptions.shape;

export const explainOptions = z.strictObject({
  ...explainable,
  json: requestOptions.json,
});

export type ReportOptions = z.infer<typeof reportOptions>;
export type ExplainOptions = z.infer<typeof explainOptions>;
