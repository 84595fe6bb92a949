/** The reference page of rules, from the registries of conditions, actions, events, placeholders and ready-made sets. */

const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** @param {object} source the registries @param {{ table: Function, code: Function }} markdown */
export function rulesPage(source, { table, code }) {
  const { z, botSchema, eventNames, conditionSpecs, actionSpecs, placeholders, presets } = source;

  const example = (key, value) => code(value === '' ? key : `${key}: ${value}`);

  /** A default in words; a text as long as a page is only named. */
  function initial(value) {
    if (value === undefined) return 'has to be given';
    const text = JSON.stringify(value);
    if (text.length > 200) return 'a text';
    return text.includes('`') ? `\`\` ${text} \`\`` : code(text);
  }

  function settingRows(schema) {
    const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    return Object.entries(properties).map(([key, property]) => [
      code(key),
      initial(property.default),
      property.description ?? '',
    ]);
  }

  const sets = presets.map(
    ({ name, meaning, settings }) =>
      `### ${name}\n\n${sentence(meaning)}\n\n${table(['Setting', 'Default', 'Meaning'], settingRows(settings))}`,
  );
  const events = eventNames.map(({ name, meaning, hook }) => [
    code(name),
    meaning,
    hook === null ? 'none: the sweep looks' : code(hook),
  ]);

  return `# Rules

What can stand under \`bot\` in the \`.herald.yml\` of a project's default branch. How to begin: [guides/rules.md](../guides/rules.md).
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
      otherwise: []             # actions where a condition fails, to take something back
      stop: false               # true: when it matches, no later rule is tried
  commands: {}
  other-bots: []
  noise: {}
\`\`\`

## Ready-made sets

Each is \`true\`, \`false\`, or settings. Their texts take Markdown and placeholders, as those of own rules.

${sets.join('\n\n')}

## Events (\`on\`)

A name without a dot stands for all events that begin with it.

${table(['Event', 'Happens when', 'Switch of the webhook'], events)}

GitLab starts no pipelines from pipeline and job events, so no rule can be about them.

## Conditions (\`when\`)

All of them must hold. Where GitLab does not tell what a condition looks at, it does not hold, and \`otherwise\` does nothing either.
Facts that cost requests are asked for only while a rule is still in play: one whose branches or labels do not fit costs nothing.

- Globs: one, a list of which one must match, or \`{any: …, all: …, none: …}\`. \`*\`, \`?\`, \`[a-z]\`, \`[!a]\` and \`{a,b}\` have a meaning, \`**\` in
  paths. In names \`*\` stands for anything, and case does not count; in paths it ends at a slash, and \`**\` does not.
- Patterns: regular expressions of JavaScript, as one, a list of which one must match, or \`{any: …, none: …}\`. They are tried on each line;
  \`/…/i\` ignores case. References back and looking ahead or behind are not supported, so that no text can make one slow.
- Numbers: \`{at-least: 1, below: 10}\`. Times: \`30 days\`, \`2 weeks\`, \`12 hours\`.

${table(
  ['Condition', 'Holds when', 'Example'],
  conditionSpecs.map((spec) => [code(spec.key), spec.meaning, example(spec.key, spec.example)]),
)}

\`not: {…}\` holds when one of its conditions fails. \`any-of: [{…}, {…}]\` holds when all conditions of one of its sets do; a set can have a
\`not\`.

## Actions (\`do\`, \`otherwise\`)

Nothing is done that is so already, however often an event comes. A comment, thread or issue is found again by its \`key\`, which is the rule's
name where none is given.

${table(
  ['Action', 'What it does', 'Example'],
  actionSpecs.map((spec) => [code(spec.key), spec.meaning, example(spec.key, spec.example)]),
)}

## Placeholders

They stand in texts of comments and threads, in titles of issues, in descriptions of statuses, and in keys. A value is shown as it is: it
can be no Markdown, mention nobody (but by the placeholders with an at sign) and be no quick action. The address of a link may be one placeholder
as a whole, such as \`{environment-url}\`. A backslash before the brace makes it text.

${table(
  ['Placeholder', 'Stands for'],
  Object.entries(placeholders).map(([name, { meaning }]) => [code(`{${name}}`), meaning]),
)}

## Commands and noise

${table(['Key of \`commands\`', 'Default', 'Meaning'], settingRows(botSchema.shape.commands.unwrap()))}

${table(['Key of \`noise\`', 'Default', 'Meaning'], settingRows(botSchema.shape.noise.unwrap()))}

\`other-bots\`: ${z.globalRegistry.get(botSchema.shape['other-bots']).description}
`;
}
