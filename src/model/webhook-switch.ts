/**
 * The events of a webhook, by the names that GitLab's API gives their switches, as far as they can start a bot. Not
 * among them: `pipeline_events`, from which GitLab refuses to start pipelines (403; after four refusals it switches the
 * whole webhook off), and `job_events`, which in the bot's own project would start a pipeline for every job of every
 * pipeline they started. Source: https://docs.gitlab.com/api/project_webhooks/ and https://docs.gitlab.com/ci/triggers/#use-a-webhook
 */
export const webhookSwitches = [
  'push_events',
  'tag_push_events',
  'issues_events',
  'confidential_issues_events',
  'note_events',
  'confidential_note_events',
  'merge_requests_events',
  'wiki_page_events',
  'deployment_events',
  'releases_events',
  'feature_flag_events',
  'milestone_events',
  'emoji_events',
  'resource_access_token_events',
  'vulnerability_events',
] as const;

export type WebhookSwitch = (typeof webhookSwitches)[number];

/** Switches that a webhook of the bot never has on, with the reason. */
export const forbiddenSwitches: Readonly<Record<string, string>> = {
  pipeline_events:
    'GitLab refuses to start pipelines from pipeline events, and after four refusals switches the whole webhook off',
  job_events:
    'a job event in the project of the bot starts a pipeline, whose jobs are events again, without an end',
};

/** Those that start no pipeline, but that a receiver takes. */
export const receiverSwitches = ['pipeline_events', 'job_events'] as const;

/** What commands in comments, and reports of merge requests, need. */
export const switchesOfCommands: readonly WebhookSwitch[] = [
  'note_events',
  'merge_requests_events',
  'issues_events',
];
