import type { CiInputs } from '../../model/ci-inputs.ts';
import { code, type Document, paragraph, text } from '../../model/document.ts';
import type { PipelineFacts } from '../../model/facts.ts';
import { hidesFailure, type Job } from '../../model/pipeline.ts';
import type { BotCommand, CommandCall, CommandOutcome, Decision, TalkInput } from './command.ts';
import { mayDeployClosed, whyClosed } from './deploy-rights.ts';
import { hasInputs, inputLines, withoutInputs } from './inputs.ts';
import { act, cannot, sentence } from './outcome.ts';
import { decideOnPipeline } from './pipeline-rights.ts';

const unsuccessful: ReadonlySet<string> = new Set(['failed', 'canceled']);

/** The latest attempts that failed and count, of the named jobs or of all. */
function wanted(jobs: readonly Job[], names: readonly string[], all: boolean): readonly Job[] {
  const latest = jobs.filter(({ retried }) => !retried);
  const hasFailed = (job: Job): boolean => unsuccessful.has(job.status) || hidesFailure(job);
  if (names.length > 0) return latest.filter((job) => names.includes(job.name) && hasFailed(job));
  return latest.filter((job) => (all ? hasFailed(job) : unsuccessful.has(job.status) && !job.allowFailure));
}

/** Trigger jobs whose pipeline is in another project, or perhaps is: there the bot may more than who asks. */
function startsElsewhere({ trigger }: Job, { pipeline }: PipelineFacts): boolean {
  return trigger !== undefined && trigger.downstream?.projectId !== pipeline.projectId;
}

const whyElsewhere =
  'starts a pipeline in another project, or may, where I can do more than you. Retry in GitLab, which checks your access.';

interface Left {
  readonly names: readonly string[];
  readonly why: string;
}

function leftAlone(left: readonly Left[]): Document {
  return left
    .filter(({ names }) => names.length > 0)
    .map(({ names, why }) => paragraph(text('Not retried: '), code(names.join(', ')), text(` ${why}`)));
}

interface Wish {
  readonly names: readonly string[];
  readonly inputs: CiInputs;
}

/** The named jobs, and inputs for one of them; a job can have a name that looks like an input. */
function wishOf({ args }: CommandCall, jobs: readonly Job[]): Wish | { readonly whyNot: Document } {
  const isJob = (name: string): boolean => jobs.some((job) => job.name === name);
  const given = args.filter((arg) => arg !== '--all');
  const { words: names, inputs } = given.every(isJob) ? { words: given, inputs: {} } : withoutInputs(given);
  if (hasInputs(inputs) && names.length !== 1)
    return { whyNot: sentence`Inputs belong to one job: name it, as in ${'retry JOB input=value'}.` };
  const unknown = names.find((name) => !isJob(name));
  return unknown === undefined
    ? { names, inputs }
    : { whyNot: sentence`The pipeline has no job ${unknown}.` };
}

function plan({ call, facts }: TalkInput): CommandOutcome {
  const found = facts.pipeline;
  if (found === null) return cannot(sentence`No pipeline found to retry.`);
  const wish = wishOf(call, found.jobs);
  if ('whyNot' in wish) return cannot(wish.whyNot);
  const { names, inputs } = wish;
  const failed = wanted(found.jobs, names, call.args.includes('--all'));
  const mayDeploy = mayDeployClosed(facts);
  const isElsewhere = (job: Job): boolean => startsElsewhere(job, found);
  const isClosed = (job: Job): boolean => !isElsewhere(job) && mayDeploy(job);
  const jobs = failed.filter((job) => !isElsewhere(job) && !isClosed(job));
  const left = leftAlone([
    { names: failed.filter(isClosed).map(({ name }) => name), why: whyClosed(facts) },
    { names: failed.filter(isElsewhere).map(({ name }) => name), why: whyElsewhere },
  ]);
  if (left.length > 0 && jobs.length === 0) return cannot(left);
  if (jobs.length === 0)
    return act(
      names.length > 0
        ? sentence`None of these jobs has failed: nothing to retry.`
        : sentence`No job has failed: nothing to retry.`,
    );
  const { pipeline } = found;
  return act(
    [...sentence`Retried: ${jobs.map(({ name }) => name).join(', ')}.`, ...inputLines(inputs), ...left],
    {
      do: 'retryJobs',
      project: pipeline.projectId,
      pipelineId: pipeline.id,
      jobs: jobs.map(({ id, name }) => ({ id, name })),
      ...(hasInputs(inputs) ? { inputs } : {}),
    },
  );
}

const decideOnRetry = ({ facts }: TalkInput): Decision => decideOnPipeline('retry-jobs', facts);

export const retry: BotCommand = {
  name: 'retry',
  usage: 'retry [job…] [--all] | JOB input=value…',
  summary:
    'Retries the failed jobs of the latest pipeline, or the named ones; --all also retries jobs that are allowed to fail, and trigger jobs whose pipeline failed without failing them.',
  on: ['merge_request'],
  starts: true,
  needs: ['pipeline', 'pipelineActor', 'sourceBranch', 'deployLimits'],
  decide: decideOnRetry,
  plan,
  onCommit: { decide: decideOnRetry, plan },
};
