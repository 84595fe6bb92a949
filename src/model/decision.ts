/**
 * The decisions of a report run with their reasons, as data. They are recorded where they are taken; the log at `debug`
 * and `herald explain` print the same ones. The schemas are also the format of `herald explain --json`.
 */
import * as z from 'zod';

const count = z.int().nonnegative();
const reason = z.string().meta({ description: 'Why, as a sentence for people.' });

/** Why a path that a pattern could reach is not read. */
export const skipReasons = [
  /** By a `!` pattern of the project. */
  'excluded',
  /** Herald wrote it. */
  'own-file',
  /** A manifest of a package manager, which has the name of a report. */
  'manifest',
  /** A committed sample of a report, or a copy of one. */
  'sample',
  /** Code of others: `node_modules`, `vendor`, … */
  'ignored-folder',
  /** Its name begins with a dot, and no pattern writes the dot. */
  'hidden-folder',
  /** It leads out of the project directory, or is not a regular file. */
  'refused',
  /** More files match than are read. */
  'over-limit',
] as const;

export type SkipReason = (typeof skipReasons)[number];

/** Why a pipeline is not the one that GitLab shows on the head of a merge request. */
export const headRefusals = [
  /** It holds statuses of other systems. */
  'external',
  /** Another pipeline started it. */
  'child',
  'other-project',
  'other-branch',
  'other-merge-request',
  'other-commit',
  /** A merged result whose commit does not merge the head. */
  'other-parents',
] as const;

export type HeadRefusal = (typeof headRefusals)[number];

const ofRun = [
  z.object({
    about: z.literal('pipeline'),
    project: z.string(),
    pipelineId: count,
    type: z.string(),
    source: z.string(),
    ref: z.string().nullable().meta({ description: 'Branch or tag; null in a merge request pipeline.' }),
    sha: z.string(),
    runsInFork: z.boolean(),
  }),
  z.object({
    about: z.literal('missing'),
    what: z.enum(['ci', 'token', 'bot-token', 'part']),
    part: z.string().nullable().meta({ description: 'Which part GitLab did not give; else null.' }),
    reason,
  }),
] as const;

const ofFiles = [
  z.object({
    about: z.literal('search'),
    by: z.enum(['patterns', 'well-known-names']),
    patterns: z.array(z.string()).meta({ description: 'Those of the option `reports`.' }),
  }),
  z.object({
    about: z.literal('match'),
    path: z.string(),
    pattern: z.string().meta({ description: 'The pattern or well-known name that found it.' }),
  }),
  z.object({
    about: z.literal('file'),
    path: z.string(),
    sizeBytes: count,
    from: z.enum(['folder', 'jobs']).meta({ description: 'This job’s folder, or what jobs handed over.' }),
    outcome: z.enum(['read', 'incomplete', 'unreadable', 'ignored', 'counted-elsewhere']),
    format: z.string().meta({ description: '`unknown` when none fits.' }),
    kinds: z.array(z.enum(['tests', 'coverage', 'findings', 'metrics'])),
    reason: reason.nullable(),
  }),
  z.object({
    about: z.literal('not-read'),
    path: z.string(),
    why: z.enum(skipReasons),
    pattern: z.string().nullable().meta({ description: 'The pattern that excludes it; else null.' }),
    reason: reason.nullable(),
  }),
  z.object({ about: z.literal('no-match'), pattern: z.string(), reason }),
  z.object({ about: z.literal('job-reports'), asked: z.boolean(), reason }),
] as const;

const ofMergeRequest = [
  z.object({
    about: z.literal('merge-request-source'),
    from: z.enum(['variables', 'address', 'commit']),
    outcome: z.enum(['found', 'none', 'not-answered']),
    reason,
  }),
  z.object({
    about: z.literal('merge-request-candidate'),
    iid: count,
    sourceBranch: z.string(),
    targetBranch: z.string(),
    chosen: z.boolean(),
    reason,
  }),
  z.object({
    about: z.literal('merge-request'),
    iid: count.nullable().meta({ description: 'Null where there is none.' }),
    reason,
  }),
] as const;

const ofHeadPipeline = [
  z.object({
    about: z.literal('head-candidate'),
    pipelineId: count,
    ref: z.string(),
    sha: z.string(),
    chosen: z.boolean(),
    why: z
      .enum(headRefusals)
      .nullable()
      .meta({ description: 'Why it was refused; null for the chosen one.' }),
  }),
  z.object({
    about: z.literal('head-pipeline'),
    pipelineId: count.nullable(),
    reason,
  }),
] as const;

const ofBaseline = [
  z.object({
    about: z.literal('baseline-wanted'),
    by: z.enum(['file', 'merge-base', 'merged-target', 'unknown-base', 'previous-run']),
    ref: z.string().nullable().meta({ description: 'The branch; null for a file.' }),
    sha: z.string().nullable().meta({ description: 'The commit; null where any earlier run serves.' }),
    jobName: z.string().nullable(),
  }),
  z.object({
    about: z.literal('baseline-candidate'),
    what: z.string().meta({ description: 'What was asked for.' }),
    outcome: z.enum(['found', 'not-found', 'unusable', 'other-commit', 'not-answered', 'over-limit']),
    reason: reason.nullable(),
  }),
  z.object({
    about: z.literal('baseline'),
    pipelineId: count.nullable().meta({ description: 'Null without a baseline.' }),
    sha: z.string().nullable(),
    ref: z.string().nullable(),
    source: z.enum(['herald', 'gitlab']).nullable().meta({
      description: 'Where it comes from: Herald’s own report, or GitLab’s test report and coverage.',
    }),
    relation: z.enum(['exact', 'behind', 'newest', 'previous', 'given']).nullable(),
    commitsBehind: count.nullable(),
    reason,
  }),
] as const;

const ofGates = [
  z.object({
    about: z.literal('gate'),
    condition: z.string(),
    grade: z.enum(['fail', 'warn']),
    measures: z.string().meta({ description: 'What the condition is about.' }),
    value: z.number().nullable().meta({ description: 'What was measured; null where nothing could be.' }),
    outcome: z.enum(['passed', 'failed', 'unknown']),
    allowedBy: z.string().nullable().meta({ description: 'The label that allows it to fail.' }),
    reason,
  }),
] as const;

const ofWrites = [
  z.object({
    about: z.literal('comment'),
    outcome: z.enum([
      'created',
      'updated',
      'unchanged',
      'newer-exists',
      'not-the-head',
      'not-needed',
      'body-too-long',
      'quick-action',
      'not-written',
    ]),
    noteId: count.nullable(),
    reason,
  }),
  z.object({
    about: z.literal('status'),
    name: z.string(),
    state: z.string(),
    outcome: z.enum(['set', 'unchanged', 'refused', 'planned']),
    reason,
  }),
  z.object({
    about: z.literal('labels'),
    add: z.array(z.string()),
    remove: z.array(z.string()),
    reason,
  }),
  z.object({
    about: z.literal('threads'),
    of: z.enum(['lines', 'gates', 'comment']),
    create: count,
    update: count,
    resolve: count,
    reopen: count,
    remove: count,
    reason,
  }),
  z.object({ about: z.literal('no-status'), reason }),
  z.object({ about: z.literal('nothing-written'), reason }),
] as const;

/** The steps of a run in their order, each with its decisions. */
export const decisionsByStep = {
  run: z.discriminatedUnion('about', ofRun),
  files: z.discriminatedUnion('about', ofFiles),
  mergeRequest: z.discriminatedUnion('about', ofMergeRequest),
  headPipeline: z.discriminatedUnion('about', ofHeadPipeline),
  baseline: z.discriminatedUnion('about', ofBaseline),
  gates: z.discriminatedUnion('about', ofGates),
  writes: z.discriminatedUnion('about', ofWrites),
} as const;

export type Step = keyof typeof decisionsByStep;

export type DecisionOf<S extends Step> = z.infer<(typeof decisionsByStep)[S]>;

export type Decision = { [S in Step]: DecisionOf<S> }[Step];

/** Records a decision; it must not change what the run does. */
export type Decide = (decision: Decision) => void;
