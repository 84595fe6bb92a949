import { decide } from '../permissions.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { decideOnDeploying } from './deploy-rights.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';

/** The whole SHA: an attacker can create a commit with the same first digits within minutes. */
const wholeSha = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
const someSha = /^[0-9a-f]{7,64}$/i;

/**
 * Somebody who can run pipelines here approves one commit of somebody who cannot run them: it starts a pipeline in this
 * project, with its runners and variables, for exactly that commit. The author must name the commit, so that a later
 * push does not run.
 */
function plan(input: CommandInput): CommandOutcome {
  const { call, facts, on, writtenAt } = input;
  const { subject } = facts;
  const [named] = call.args;
  if (named === undefined || !someSha.test(named)) return usageOf(okToTest);
  if (subject?.kind !== 'merge_request' || subject.headSha === null)
    return cannot(sentence`GitLab does not say which commit to run.`);
  if (subject.state !== 'opened') return cannot(sentence`The merge request is ${subject.state}.`);
  if (!subject.headSha.startsWith(named.toLowerCase()))
    return cannot(
      sentence`The latest commit is ${subject.headSha.slice(0, 8)}, not ${named}: review it, and name that one.`,
    );
  if (!wholeSha.test(named))
    return cannot(
      sentence`${named} is only a part of the commit's SHA, and other SHAs can begin with it: copy the whole SHA from the commit that you reviewed.`,
    );
  return act(
    sentence`Started a pipeline in this project for ${subject.headSha.slice(0, 8)}, which was the newest commit right before. GitLab starts whatever is the newest: had somebody pushed in that very moment, the pipeline would have been canceled, and its first jobs might have begun.`,
    { do: 'runMergeRequestPipeline', on, sha: subject.headSha, since: writtenAt },
  );
}

export const okToTest: BotCommand = {
  name: 'ok-to-test',
  usage: 'ok-to-test SHA',
  summary: 'Runs a pipeline in this project for that commit, if it is still the latest one.',
  on: ['merge_request'],
  starts: true,
  needs: ['deployLimits'],
  decide: ({ facts }) => decideOnDeploying(decide('run-pipeline', facts), facts, 'here'),
  plan,
};
