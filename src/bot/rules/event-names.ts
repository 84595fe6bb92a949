/** What rules can name in `on`. */

export interface EventName {
  readonly name: string;
  readonly meaning: string;
  /**
   * The switch of the webhook with which GitLab sends it, by its name in the API; null for events of the sweep.
   */
  readonly hook: string | null;
}

type Row = readonly [name: string, meaning: string];

function family(hook: string | null, rows: readonly Row[]): readonly EventName[] {
  return rows.map(([name, meaning]) => ({ name, meaning, hook }));
}

/** Every name of `on`, from general to particular. Their meaning is made in `occurrence.ts` and by the sweep. */
export const eventNames: readonly EventName[] = [
  ...family('merge_requests_events', [
    ['merge_request', 'anything about a merge request'],
    ['merge_request.opened', 'a merge request was opened'],
    ['merge_request.new-commits', 'commits were pushed to it'],
    ['merge_request.ready', 'it is no longer a draft'],
    ['merge_request.draft', 'it became a draft'],
    ['merge_request.retitled', 'its title changed'],
    ['merge_request.labels', 'its labels changed'],
    ['merge_request.reviewers', 'its reviewers changed'],
    ['merge_request.reviewed', 'somebody submitted a review of it (GitLab 19.3 or later)'],
    ['merge_request.changes-requested', 'a submitted review asks for changes (GitLab 19.3 or later)'],
    ['merge_request.assignees', 'its assignees changed'],
    ['merge_request.approved', 'somebody approved it'],
    ['merge_request.unapproved', 'somebody revoked an approval'],
    ['merge_request.merged', 'it was merged'],
    ['merge_request.closed', 'it was closed'],
    ['merge_request.reopened', 'it was reopened'],
    ['merge_request.edited', 'something else about it changed, such as its description'],
  ]),
  ...family('issues_events', [
    ['issue', 'anything about an issue'],
    ['issue.opened', 'an issue was opened'],
    ['issue.closed', 'it was closed'],
    ['issue.reopened', 'it was reopened'],
    ['issue.edited', 'something about it changed'],
    ['issue.labels', 'its labels changed'],
  ]),
  ...family('note_events', [
    ['note', 'a comment was written or edited'],
    ['note.created', 'a comment was written'],
    ['note.edited', 'a comment was edited'],
  ]),
  ...family('push_events', [
    ['push', 'somebody pushed to a branch'],
    ['push.created', 'a branch is new'],
    ['push.updated', 'a branch has new commits'],
    ['push.deleted', 'a branch is gone'],
  ]),
  ...family('tag_push_events', [
    ['tag_push', 'a tag was pushed'],
    ['tag_push.created', 'a tag is new'],
    ['tag_push.updated', 'a tag was moved'],
    ['tag_push.deleted', 'a tag is gone'],
  ]),
  ...family('releases_events', [
    ['release', 'anything about a release'],
    ['release.created', 'a release was created'],
    ['release.updated', 'a release was edited'],
    ['release.deleted', 'a release is gone'],
  ]),
  ...family('deployment_events', [
    ['deployment', 'anything about a deployment'],
    ['deployment.created', 'a deployment waits to start'],
    ['deployment.running', 'a deployment started'],
    ['deployment.success', 'a deployment succeeded'],
    ['deployment.failed', 'a deployment failed'],
    ['deployment.canceled', 'a deployment was cancelled'],
    ['deployment.blocked', 'a deployment waits for an approval'],
    ['deployment.approved', 'a deployment was approved'],
    ['deployment.rejected', 'a deployment was rejected'],
  ]),
  ...family('pipeline_events', [
    ['pipeline', 'the status of a pipeline changed (with a receiver)'],
    ['pipeline.running', 'a pipeline started (with a receiver)'],
    ['pipeline.success', 'a pipeline succeeded (with a receiver)'],
    ['pipeline.failed', 'a pipeline failed (with a receiver)'],
    ['pipeline.canceled', 'a pipeline was cancelled (with a receiver)'],
    [
      'pipeline.recovered',
      'a pipeline succeeded, and the one before on that branch failed (with a receiver)',
    ],
  ]),
  ...family('job_events', [
    ['job', 'the status of a job changed (with a receiver)'],
    ['job.running', 'a job started (with a receiver)'],
    ['job.success', 'a job succeeded (with a receiver)'],
    ['job.failed', 'a job failed (with a receiver)'],
    ['job.canceled', 'a job was cancelled (with a receiver)'],
    ['job.retried', 'a job that was run again ended (with a receiver)'],
  ]),
  ...family('milestone_events', [
    ['milestone', 'anything about a milestone'],
    ['milestone.create', 'a milestone was created'],
    ['milestone.close', 'a milestone was closed'],
    ['milestone.reopen', 'a milestone was reopened'],
  ]),
  ...family('wiki_page_events', [
    ['wiki_page', 'anything about a page of the wiki'],
    ['wiki_page.created', 'a page was created'],
    ['wiki_page.updated', 'a page was edited'],
    ['wiki_page.deleted', 'a page is gone'],
  ]),
  ...family('emoji_events', [
    ['emoji', 'a reaction was added or removed'],
    ['emoji.award', 'a reaction was added'],
    ['emoji.revoke', 'a reaction was removed'],
  ]),
  ...family('feature_flag_events', [['feature_flag', 'a feature flag was switched']]),
  ...family('resource_access_token_events', [['access_token', 'an access token is about to expire']]),
  ...family('vulnerability_events', [['vulnerability', 'a vulnerability was found or changed']]),
  ...family(null, [
    ['schedule', 'the sweep looks at every open merge request and issue'],
    ['default_branch', 'the sweep looks at the latest finished pipeline of the default branch'],
    ['default_branch.failed', 'that pipeline failed'],
    ['default_branch.passed', 'that pipeline passed'],
    ['default_branch.recovered', 'that pipeline passed, and the one before failed'],
    ['scheduled_pipeline', 'the sweep looks at the last pipeline of each active schedule, if it is finished'],
    ['scheduled_pipeline.failed', 'that pipeline failed'],
    ['scheduled_pipeline.passed', 'that pipeline passed'],
  ]),
];
