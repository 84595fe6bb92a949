import { nearest } from '../../model/nearest.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { decideOnDeploying } from './deploy-rights.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';
import { decideOnPipeline } from './pipeline-rights.ts';

function plan({ call, facts }: CommandInput): CommandOutcome {
  const name = call.args.join(' ');
  if (name === '') return usageOf(play);
  const latest = facts.pipeline?.jobs.filter(({ retried }) => !retried) ?? [];
  const job = latest.find((candidate) => candidate.name === name);
  if (job === undefined) {
    const meant = nearest(
      name,
      latest.filter(({ status }) => status === 'manual').map((candidate) => candidate.name),
    );
    return cannot(
      meant === null
        ? sentence`The latest pipeline has no job ${name}.`
        : sentence`The latest pipeline has no job ${name}; did you mean ${meant}?`,
    );
  }
  if (job.status !== 'manual')
    return act(sentence`Job ${name} does not need to be started: its status is ${job.status}.`);
  return act(sentence`Started job ${name}.`, {
    do: 'playJob',
    project: facts.pipeline?.pipeline.projectId ?? facts.project.id,
    jobId: job.id,
    name,
  });
}

export const play: BotCommand = {
  name: 'play',
  usage: 'play JOB',
  summary: 'Starts a manual job of the latest pipeline.',
  on: ['merge_request'],
  starts: true,
  needs: ['pipeline', 'pipelineActor', 'sourceBranch', 'deployLimits'],
  decide: ({ facts }) => decideOnDeploying(decideOnPipeline('run-pipeline', facts), facts, 'pipeline'),
  plan,
};
