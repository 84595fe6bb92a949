/** What GitLab's words mean for the person who sets up a bot, and what to do. The first match counts. */
const explanations: readonly { readonly words: RegExp; readonly meaning: string }[] = [
  {
    words: /permissions to set pipeline variables/i,
    meaning:
      'In the project of the bot nobody can set pipeline variables, and GitLab before 18.6 treats the payload as one: update GitLab. Do not let maintainers use pipeline variables instead: then everybody who knows the trigger URL can get at the token of the bot.',
  },
  {
    words: /invalid url given|local network|localhost|URL is blocked|blocked URL/i,
    meaning:
      'GitLab does not let webhooks go to this address. On an instance of your own its administrator must allow it: Admin, Settings, Network, Outbound requests, webhooks to the local network or to this host.',
  },
  {
    words: /maximum number of/i,
    meaning:
      'The limit of this GitLab is reached: delete what you do not need any more, or ask its administrator.',
  },
  {
    words: /custom_webhook_template/i,
    meaning: 'This GitLab does not accept the template: run herald setup with --no-template.',
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
      'The owner of the trigger token cannot start pipelines on that branch: give that user the role Developer, and on a protected branch the right to merge or push.',
  },
  {
    words: /ensure the project has/i,
    meaning: 'GitLab has no data for a test: push a commit to the project first.',
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
