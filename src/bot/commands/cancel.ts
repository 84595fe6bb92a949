import type { BotCommand, CommandOutcome, Decision, TalkInput } from './command.ts';
import { act, cannot, sentence } from './outcome.ts';
import { decideOnPipeline } from './pipeline-rights.ts';

const finished: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'skipped', 'canceling']);

function plan({ call, facts }: TalkInput): CommandOutcome {
  const pipeline = facts.pipeline?.pipeline ?? null;
  if (pipeline === null) return cannot(sentence`No pipeline found to cancel.`);
  const [wanted] = call.args;
  if (wanted !== undefined && wanted.replace(/^#/, '') !== String(pipeline.id))
    return cannot(sentence`Only the latest pipeline can be canceled here: ${`#${pipeline.id}`}.`);
  if (finished.has(pipeline.status))
    return act(sentence`Pipeline ${`#${pipeline.id}`} is already ${pipeline.status}.`);
  return act(sentence`Canceled pipeline ${`#${pipeline.id}`}.`, {
    do: 'cancelPipeline',
    project: pipeline.projectId,
    pipelineId: pipeline.id,
  });
}

const decideOnCancel = ({ facts }: TalkInput): Decision => decideOnPipeline('cancel-jobs', facts);

export const cancel: BotCommand = {
  name: 'cancel',
  usage: 'cancel [pipeline]',
  summary: 'Cancels the unfinished jobs of the latest pipeline.',
  on: ['merge_request'],
  starts: false,
  needs: ['pipeline', 'pipelineActor', 'sourceBranch'],
  decide: decideOnCancel,
  plan,
  onCommit: { decide: decideOnCancel, plan },
};
