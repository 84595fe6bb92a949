import { code, paragraph, text } from '../../model/document.ts';
import type { Job } from '../../model/pipeline.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { mayDeployClosed, whyClosed } from './deploy-rights.ts';
import { hasInputs, inputLines, withoutInputs } from './inputs.ts';
import { act, cannot, sentence } from './outcome.ts';
import { decideOnPipeline } from './pipeline-rights.ts';

const unsuccessful: ReadonlySet<string> = new Set(['failed', 'canceled']);

/** The latest attempts that failed and count, of the named jobs or of all. */
function wanted(jobs: readonly Job[], names: readonly string[], all: boolean): readonly Job[] {
  const latest = jobs.filter(({ retried }) => !retried);
  if (names.length > 0)
    return latest.filter(({ name, status }) => names.includes(name) && unsuccessful.has(status));
  return latest.filter(({ status, allowFailure }) => unsuccessful.has(status) && (all || !allowFailure));
}

function plan({ call, facts }: CommandInput): CommandOutcome {
  const found = facts.pipeline;
  if (found === null) return cannot(sentence`No pipeline found to retry.`);
  const all = call.args.includes('--all');
  const isJob = (name: string): boolean => found.jobs.some((job) => job.name === name);
  const given = call.args.filter((arg) => arg !== '--all');
  const { words: names, inputs } = given.every(isJob) ? { words: given, inputs: {} } : withoutInputs(given);
  if (hasInputs(inputs) && names.length !== 1)
    return cannot(sentence`Inputs belong to one job: name it, as in ${'retry JOB input=value'}.`);
  const unknown = names.filter((name) => !isJob(name));
  const [first] = unknown;
  if (first !== undefined) return cannot(sentence`The pipeline has no job ${first}.`);
  const failed = wanted(found.jobs, names, all);
  const isClosed = mayDeployClosed(facts);
  const jobs = failed.filter((job) => !isClosed(job));
  const closed = failed.filter(isClosed).map(({ name }) => name);
  if (closed.length > 0 && jobs.length === 0)
    return cannot([paragraph(code(closed.join(', ')), text(` ${whyClosed(facts)}`))]);
  if (jobs.length === 0)
    return act(
      names.length > 0
        ? sentence`None of these jobs has failed: nothing to retry.`
        : sentence`No job has failed: nothing to retry.`,
    );
  const { pipeline } = found;
  const left =
    closed.length === 0
      ? []
      : [paragraph(text('Not retried: '), code(closed.join(', ')), text(` ${whyClosed(facts)}`))];
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

export const retry: BotCommand = {
  name: 'retry',
  usage: 'retry [job…] [--all] | JOB input=value…',
  summary:
    'Retries the failed jobs of the latest pipeline, or the named ones; --all also retries jobs that are allowed to fail.',
  on: ['merge_request'],
  starts: true,
  needs: ['pipeline', 'pipelineActor', 'sourceBranch', 'deployLimits'],
  decide: ({ facts }) => decideOnPipeline('retry-jobs', facts),
  plan,
};
