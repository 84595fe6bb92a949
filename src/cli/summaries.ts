/** What each command is for, in the order of the help. It is apart from the commands: the help loads none of them. */
export const summaries = {
  report:
    'Collect what the pipeline found, compare it with the target branch, keep one comment and one status current.',
  explain:
    'Show why report finds, compares and judges what it does, and what it would write. Writes nothing.',
  inspect: 'Show what Herald reads in report files: the format and the totals.',
  convert: "Write reports of any format as one that GitLab's own widgets take.",
  comment: 'Keep a note on the merge request with a text of your own: created once, then updated in place.',
  status: 'Set a commit status on a pipeline.',
  label: 'Add labels to the merge request and take labels off, in one request.',
  'track-release':
    'Report a release to an error tracker (Sentry, GlitchTip): its commits, and where it is deployed.',
  setup: 'Make a bot of a project, or repair it: webhooks, trigger tokens, variables, labels, schedule.',
  bot: 'Handle a webhook event: obey commands in comments, apply the rules of the project.',
  serve: 'Receive webhooks and handle them: the bot for those who can run one small container.',
  'release-notes':
    'Show what a release brought, write it into the release, and say on merge requests and issues that they are shipped.',
  digest:
    'Show how delivery went over a period, for a project, several of them or a group: one table, a page, figures for machines.',
  search: 'Find issues of a project, or projects.',
  doctor: 'Check an installation for everything that can be wrong, and say what to do.',
  config: 'Check the configuration, show what counts and where it came from, or print its JSON Schema.',
  completion: 'Print a script with which a shell completes commands, options and their values.',
  demo: 'Run the report job against an embedded GitLab with sample reports: no install, no token, no network.',
} as const;

export type CommandName = keyof typeof summaries;
