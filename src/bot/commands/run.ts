import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { decideOnDeploying } from './deploy-rights.ts';
import { hasInputs, inputLines, withoutInputs } from './inputs.ts';
import { act, cannot, sentence } from './outcome.ts';
import { decideOnPipeline } from './pipeline-rights.ts';

/** A merge request's pipeline takes inputs that the configuration declares, and no variables. */
function plan({ call, facts, on, settings, writtenAt }: CommandInput): CommandOutcome {
  const { subject } = facts;
  const { words, inputs } = withoutInputs(call.args);
  if (words.length > 0)
    return cannot(
      sentence`The pipeline of a merge request takes inputs and no variables: ${'run input=value'}, or ${'run'} alone.`,
    );
  if (subject?.kind !== 'merge_request' || subject.headSha === null)
    return cannot(sentence`GitLab does not say which commit to run.`);
  if (subject.state !== 'opened') return cannot(sentence`The merge request is ${subject.state}.`);
  // What its author pushes between the comment and this moment would run with this project's variables.
  if (subject.sourceProjectId !== subject.targetProjectId)
    return cannot(
      sentence`This merge request comes from a fork: review its latest commit, and name it with ${`${settings.commands.prefix} ok-to-test SHA`}.`,
    );
  return act(
    [...sentence`Started a new pipeline for ${subject.headSha.slice(0, 8)}.`, ...inputLines(inputs)],
    {
      do: 'runMergeRequestPipeline',
      on,
      sha: subject.headSha,
      since: writtenAt,
      ...(hasInputs(inputs) ? { inputs } : {}),
    },
  );
}

export const run: BotCommand = {
  name: 'run',
  usage: 'run [input=value…]',
  summary: 'Starts a new pipeline for the merge request, with inputs that its configuration declares.',
  on: ['merge_request'],
  starts: true,
  needs: ['sourceBranch', 'deployLimits'],
  decide: ({ facts }) =>
    decideOnDeploying(decideOnPipeline('run-pipeline', { ...facts, pipeline: null }), facts, 'here'),
  plan,
};
