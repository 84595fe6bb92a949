import type { BotWrite } from '../model/bot-write.ts';
import type { Noteable } from '../model/noteable.ts';
import { counted } from '../model/plural.ts';
import { type ActionName, type ByAction, byAction } from './bot-writes/by-action.ts';

const maxCharacters = 300;

function where({ kind, project, iid }: Noteable): string {
  return kind === 'issue' ? `issue #${iid} of project ${project}` : `!${iid} of project ${project}`;
}

function people(on: Noteable, userIds: readonly number[], role: string): string {
  return userIds.length === 0
    ? `remove all ${role} from ${where(on)}`
    : `set the ${role} of ${where(on)} to the users ${userIds.join(', ')}`;
}

function target(on: Noteable, noteId: number | null): string {
  return noteId === null ? where(on) : `comment ${noteId} on ${where(on)}`;
}

function variables(values: Readonly<Record<string, string>>): string {
  const names = Object.keys(values);
  return names.length === 0 ? '' : ` with ${names.join(', ')}`;
}

/** Never a comment's text, the value of a variable, or words of what is confidential. */
const words: ByAction<ActionName, [], string> = {
  comment: ({ on, key }) => `write the comment "${key}" on ${where(on)}`,
  removeComment: ({ on, key }) => `remove the comment "${key}" from ${where(on)}`,
  label: ({ on, add, remove }) => {
    const changes = [
      ...(add.length === 0 ? [] : [`add ${add.join(', ')}`]),
      ...(remove.length === 0 ? [] : [`remove ${remove.join(', ')}`]),
    ];
    return `change the labels of ${where(on)}: ${changes.join('; ')}`;
  },
  setAssignees: ({ on, userIds }) => people(on, userIds, 'assignees'),
  setReviewers: ({ on, userIds }) => people(on, userIds, 'reviewers'),
  setMilestone: ({ on, milestoneId }) =>
    milestoneId === null
      ? `remove the milestone from ${where(on)}`
      : `set the milestone of ${where(on)} to ${milestoneId}`,
  setState: ({ on, state }) => `${state === 'closed' ? 'close' : 'reopen'} ${where(on)}`,
  setTitle: ({ on, title }) => `set the title of ${where(on)} to "${title}"`,
  openIssue: ({ project, key, title, confidential }) =>
    // The key of a command holds its words.
    confidential
      ? `open a confidential issue in project ${project}`
      : `open the issue "${title}" ("${key}") in project ${project}`,
  closeIssue: ({ project, key }) => `close the issue "${key}" in project ${project}`,
  keepIssue: ({ project, key, iid, state }) =>
    iid === null
      ? `open the issue "${key}" in project ${project}`
      : `${state === 'closed' ? 'close' : 'update'} the issue #${iid} ("${key}") of project ${project}`,
  closeReferenced: ({ on, project, iid }) =>
    `close issue #${iid} of project ${project}, which ${where(on)} names`,
  trackDeployments: ({ on }) => `say on ${where(on)} where it was deployed and what followed`,
  markFlaky: ({ project, test }) => `mark the test "${test}" as flaky in project ${project}`,
  quarantineTest: ({ project, test, branch, expires }) =>
    `open a merge request into ${branch} of project ${project} that quarantines the test "${test}" until ${expires}`,
  writeReleaseNotes: ({ project, tag, create }) =>
    `write the release notes of ${tag} in project ${project}${create ? ', and make the release where there is none' : ''}`,
  markShipped: ({ project, tag, items }) =>
    `say on ${counted(items.length, { one: 'merge request or issue', other: 'merge requests and issues' })} of project ${project} that ${tag} has it`,
  linkIssues: ({ from, to }) => `link ${where(from)} with ${where(to)}`,
  retryJobs: ({ project, pipelineId, jobs }) =>
    `retry ${jobs.map(({ name }) => name).join(', ')} in pipeline ${pipelineId} of project ${project}`,
  cancelPipeline: ({ project, pipelineId }) => `cancel pipeline ${pipelineId} of project ${project}`,
  playJob: ({ project, jobId, name }) => `play the job ${name} (${jobId}) of project ${project}`,
  runMergeRequestPipeline: ({ on, sha }) => `run a pipeline for ${where(on)} at ${sha.slice(0, 8)}`,
  runPipeline: ({ project, ref, variables: values }) =>
    `run a pipeline for ${ref} in project ${project}${variables(values)}`,
  setStatus: ({ status: { name, sha, pipelineId, state, description } }) =>
    `set the status ${name} of commit ${sha.slice(0, 8)} (pipeline ${pipelineId}) to ${state}: ${description}`,
  react: ({ on, noteId, emoji }) => `react with :${emoji}: to ${target(on, noteId)}`,
  unreact: ({ on, noteId, emoji }) => `remove the reaction :${emoji}: from ${target(on, noteId)}`,
  openThread: ({ on, key }) => `open the thread "${key}" on ${where(on)}`,
  resolveThread: ({ on, key }) => `resolve the thread "${key}" on ${where(on)}`,
  approve: ({ on, sha }) => `approve ${where(on)} at ${sha.slice(0, 8)}`,
  backport: ({ on, branch, shas }) =>
    `backport ${where(on)} to ${branch} (${counted(shas.length, { one: 'commit', other: 'commits' })})`,
  trackRelease: ({ project, release: { version, tag, deployment } }) =>
    `report the release ${version ?? tag ?? deployment?.sha.slice(0, 8) ?? ''} of project ${project} to the error tracker${deployment === null ? '' : `, deployed to ${deployment.environment}`}`,
  report: ({ on }) => `write the report of ${where(on)}`,
};

/**
 * Describes a write on one line of at most 300 characters, for the log and for dry runs: the rule or command, the
 * action, and the place.
 */
export function describeBotWrite({ action, cause }: BotWrite): string {
  const line = `${cause.by}: ${byAction(words, action)}`.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return line.length <= maxCharacters
    ? line
    : `${line.slice(0, maxCharacters - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
