import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { decideOnDeploying } from './deploy-rights.ts';
import { act, cannot, sentence } from './outcome.ts';
import { decideOnPipeline } from './pipeline-rights.ts';

/** GitLab takes no variables for a merge request's pipeline: https://docs.gitlab.com/api/merge_requests/#create-merge-request-pipeline */
function plan({ call, facts, on, settings, writtenAt }: CommandInput): CommandOutcome {
  const { subject } = facts;
  if (call.args.length > 0)
    return cannot(
      sentence`GitLab does not accept variables for the pipeline of a merge request; use ${'run'} without them.`,
    );
  if (subject?.kind !== 'merge_request' || subject.headSha === null)
    return cannot(sentence`GitLab does not say which commit to run.`);
  if (subject.state !== 'opened') return cannot(sentence`The merge request is ${subject.state}.`);
  // What its author pushes between the comment and this moment would run with this project's variables.
  if (subject.sourceProjectId !== subject.targetProjectId)
    return cannot(
      sentence`This merge request comes from a fork: review its latest commit, and name it with ${`${settings.commands.prefix} ok-to-test SHA`}.`,
    );
  return act(sentence`Started a new pipeline for ${subject.headSha.slice(0, 8)}.`, {
    do: 'runMergeRequestPipeline',
    on,
    sha: subject.headSha,
    since: writtenAt,
  });
}

export const run: BotCommand = {
  name: 'run',
  usage: 'run',
  summary: 'Starts a new pipeline for the merge request.',
  on: ['merge_request'],
  starts: true,
  needs: ['sourceBranch', 'deployLimits'],
  decide: ({ facts }) =>
    decideOnDeploying(decideOnPipeline('run-pipeline', { ...facts, pipeline: null }), facts, 'here'),
  plan,
};
