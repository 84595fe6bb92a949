/** What GitLab's words mean for whoever sets up a bot, and what to do. The first that fits is given. */
const explanations: readonly { readonly words: RegExp; readonly meaning: string }[] = [
  {
    words: /permissions to set pipeline variables/i,
    meaning:
      'The project of the bot lets nobody set pipeline variables, and before 18.6 GitLab takes the payload for one: update GitLab. To let maintainers use pipeline variables instead gives whoever knows the trigger URL a way to the token of the bot.',
  },
  {
    words: /invalid url given|local network|localhost|URL is blocked|blocked URL/i,
    meaning:
      'GitLab does not let webhooks go to this address. On an instance of your own its administrator must allow it: Admin, Settings, Network, Outbound requests, webhooks to the local network or to this host.',
  },
  {
    words: /maximum number of/i,
    meaning:
      'The limit of this GitLab is reached: delete what is not used any more, or ask its administrator.',
  },
  {
    words: /custom_webhook_template/i,
    meaning: 'This GitLab does not take the template: run herald setup with --no-template.',
  },
  {
    words: /reference not found/i,
    meaning: 'The project of the bot has no such branch: name the one with its CI configuration with --ref.',
  },
  {
    words:
      /no stages|would not run any jobs|filtered out by (?:workflow )?rules|no jobs|missing ci config|has no pipeline|rules.{0,200}prevent/i,
    meaning:
      'The CI configuration of the bot gives no job for this event. It must give one for every event, without rules: GitLab counts a pipeline without jobs as a failed delivery.',
  },
  {
    words: /permissions to create a new pipeline|not allowed to run|protected ref/i,
    meaning:
      'The owner of the trigger token may not start pipelines on that branch: give that user the role Developer, and on a protected branch the right to merge or push.',
  },
  {
    words: /ensure the project has/i,
    meaning: 'GitLab has nothing to make a test of: push a commit to the project first.',
  },
  {
    words: /execution expired|timeout|timed out/i,
    meaning:
      'The pipeline was not made within the 10 seconds that GitLab waits: keep the CI configuration of the bot small.',
  },
];

/** What to do about a refusal, by GitLab's own words; null when they are not known. */
export function explainRefusal(words: string): string | null {
  return explanations.find((one) => one.words.test(words))?.meaning ?? null;
}
