import { nearest } from '../../model/nearest.ts';
import type { BotCommand, CommandOutcome, Decision, TalkInput } from './command.ts';
import { decideOnDeploying } from './deploy-rights.ts';
import { hasInputs, inputLines, withoutInputs } from './inputs.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';
import { decideOnPipeline } from './pipeline-rights.ts';

function plan({ call, facts }: TalkInput): CommandOutcome {
  const latest = facts.pipeline?.jobs.filter(({ retried }) => !retried) ?? [];
  // A job can have a name that looks like an input.
  const isJob = latest.some((candidate) => candidate.name === call.args.join(' '));
  const { words, inputs } = isJob ? { words: call.args, inputs: {} } : withoutInputs(call.args);
  const name = words.join(' ');
  if (name === '') return usageOf(play);
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
  return act([...sentence`Started job ${name}.`, ...inputLines(inputs)], {
    do: 'playJob',
    project: facts.pipeline?.pipeline.projectId ?? facts.project.id,
    jobId: job.id,
    name,
    ...(hasInputs(inputs) ? { inputs } : {}),
  });
}

const decideOnPlay = ({ facts }: TalkInput): Decision =>
  decideOnDeploying(decideOnPipeline('run-pipeline', facts), facts, 'pipeline');

export const play: BotCommand = {
  name: 'play',
  usage: 'play JOB [input=value…]',
  summary: 'Starts a manual job of the latest pipeline, with inputs that the job declares.',
  on: ['merge_request'],
  starts: true,
  needs: ['pipeline', 'pipelineActor', 'sourceBranch', 'deployLimits'],
  decide: decideOnPlay,
  plan,
  onCommit: { decide: decideOnPlay, plan },
};
