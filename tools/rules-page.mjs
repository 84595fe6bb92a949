/**
 * The reference page of rules, from the registries of conditions, actions, events, placeholders and ready-made sets.
 */

const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** @param {object} source the registries @param {{ table: Function, code: Function }} markdown */
export function rulesPage(source, { table, code }) {
  const {
    z,
    botSchema,
    limitSettings,
    commands,
    eventNames,
    conditionSpecs,
    actionSpecs,
    placeholders,
    presets,
  } = source;

  const example = (key, value) => code(value === '' ? key : `${key}: ${value}`);

  /** A default in words; a text as long as a page is only named. */
  function initial(value, isRequired) {
    if (value === undefined) return isRequired ? 'required' : '';
    const text = JSON.stringify(value);
    if (text.length > 200) return 'a text';
    return text.includes('`') ? `\`\` ${text} \`\`` : code(text);
  }

  function settingRows(schema, isLeftOut = () => false) {
    const { properties, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const rows = Object.entries(properties).filter(([key]) => !isLeftOut(key));
    return rows.map(([key, property]) => [
      code(key),
      initial(property.default, required.includes(key)),
      property.description ?? '',
    ]);
  }

  const alertSource = botSchema.shape.alerts.unwrap().unwrap().in.valueType.unwrap();
  const sets = presets.map(
    ({ name, meaning, settings }) =>
      `### ${name}\n\n${sentence(meaning)}\n\n${table(['Setting', 'Default', 'Meaning'], settingRows(settings.unwrap()))}`,
  );
  const events = eventNames.map(({ name, meaning, hook }) => [
    code(name),
    meaning,
    hook === null ? 'none: the sweep checks' : code(hook),
  ]);

  return `# Rules

What you can write under \`bot\` in the \`.herald.yml\` of a project's default branch. How to begin: [guides/rules.md](../guides/rules.md).
Sources: \`src/bot/settings-schema.ts\` and \`src/bot/rules/\`.

\`\`\`yaml
bot:
  presets:                      # ready-made sets: true, or settings
    welcome: true
  rules:                        # your own, tried after the sets and in this order
    - name: docs                # unique; it names the rule's comment
      on: merge_request.opened  # an event, or a list: any of them
      when:                     # all of these must hold
        changed-paths: docs/**
      do:                       # actions, in this order
        - label: documentation
      otherwise: []               # actions when a condition fails, to take something back
      stop: false                 # true: when it matches, later rules are not tried
  commands: {}
  alerts: {}                    # tools whose alerts become issues
  other-bots: []
  noise: {}
\`\`\`

## Ready-made sets

Each is \`true\`, \`false\`, or settings. Their texts take Markdown and placeholders, like the texts of your own rules.

${sets.join('\n\n')}

## Events (\`on\`)

A name without a dot means all events that begin with it.

${table(['Event', 'Happens when', 'Switch of the webhook'], events)}

Rules cannot be about pipeline and job events: GitLab does not start pipelines from the former, and the latter would make the bot start itself.

## Conditions (\`when\`)

All of them must hold. Where GitLab does not provide what a condition needs, the condition does not hold, and \`otherwise\` does nothing either.
Herald asks for facts that cost requests only while a rule can still match: a rule whose branches or labels do not match costs nothing.

- Globs: one, a list of which one must match, or \`{any: …, all: …, none: …}\`. Wildcards are \`*\`, \`?\`, \`[a-z]\`, \`[!a]\` and \`{a,b}\`, and \`**\` in
  paths. In names \`*\` matches anything, and case does not count; in paths it ends at a slash, and \`**\` does not.
- Patterns: JavaScript regular expressions: one, a list of which one must match, or \`{any: …, none: …}\`. They are tried on each line;
  \`/…/i\` ignores case. Backreferences and lookarounds are not supported, so that a text cannot make a pattern slow.
- Numbers: \`{at-least: 1, below: 10}\`. Times: \`30 days\`, \`2 weeks\`, \`12 hours\`.

${table(
  ['Condition', 'Holds when', 'Example'],
  conditionSpecs.map((spec) => [code(spec.key), spec.meaning, example(spec.key, spec.example)]),
)}

\`not: {…}\` holds when one of its conditions fails. \`any-of: [{…}, {…}]\` holds when all conditions of one of its sets do; a set can have a
\`not\`.

## Actions (\`do\`, \`otherwise\`)

Herald does not repeat what is done already, however often an event comes. It finds a comment, thread or issue again by its \`key\`, by default
the rule's name.

${table(
  ['Action', 'What it does', 'Example'],
  actionSpecs.map((spec) => [code(spec.key), spec.meaning, example(spec.key, spec.example)]),
)}

## Placeholders

You can use them in texts of comments and threads, in titles of issues, in descriptions of statuses, and in keys. A value is shown as it is: it
cannot act as Markdown or as a quick action, and only the placeholders with an at sign can mention people. The whole address of a link can be one
placeholder, such as \`{environment-url}\`. A backslash before the brace makes it text.

${table(
  ['Placeholder', 'Stands for'],
  Object.entries(placeholders).map(([name, { meaning }]) => [code(`{${name}}`), meaning]),
)}

## Commands and noise

${table(
  ['Key of \`commands\`', 'Default', 'Meaning'],
  settingRows(botSchema.shape.commands.unwrap(), (key) => commands.some(({ name }) => name === key)),
)}

Under the name of a command you can limit who may use it, besides the role that GitLab asks for ([guide](../guides/code-owners.md)):

${table(['Key of \`commands: NAME\`', 'Default', 'Meaning'], settingRows(limitSettings))}

${table(['Key of \`noise\`', 'Default', 'Meaning'], settingRows(botSchema.shape.noise.unwrap()))}

## Alerts

Under \`alerts\`, by the name of the source in its address ([guide](../guides/alerts.md)):

${table(['Key of \`alerts: SOURCE\`', 'Default', 'Meaning'], settingRows(alertSource))}

${table(['Key of \`fields\`', 'Default', 'Meaning'], settingRows(alertSource.shape.fields.unwrap().unwrap()))}

## Other bots

\`other-bots\`: ${z.globalRegistry.get(botSchema.shape['other-bots']).description}
`;
}
