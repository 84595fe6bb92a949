/**
 * The options of `herald report` by what one wants to do, in the order in which people need them: the order of the
 * reference and of the component's inputs. `keys` are keys of `reportOptions`.
 */
export const reportTopics = [
  { title: 'Find reports', keys: ['reports', 'reportsFrom', 'patterns', 'reruns'] },
  { title: 'Fail or warn', keys: ['failOn', 'warnOn', 'allowLabels', 'strict'] },
  { title: 'Compare with the target branch', keys: ['baselineJob', 'baseline'] },
  {
    title: 'Choose when and where Herald writes',
    keys: ['comment', 'commitComment', 'thread', 'status', 'labels', 'labelRules', 'key', 'section'],
  },
  {
    title: 'Shape the comment',
    keys: [
      'title',
      'language',
      'detail',
      'order',
      'hide',
      'sections',
      'headline',
      'footer',
      'about',
      'append',
      'maxCharacters',
    ],
  },
  {
    title: 'Comment on lines of the diff',
    keys: ['inline', 'inlineSeverity', 'maxInline', 'inlineReview', 'gateThread'],
  },
  {
    title: 'Run it',
    keys: ['config', 'server', 'dryRun', 'preview', 'output', 'maxWait', 'logLevel', 'logFormat', 'color'],
  },
];

/**
 * Rows with a key, by topic and in the topics' order. Throws when an option has no topic or two, or a topic names an
 * option that does not exist: the message says which.
 *
 * @template {{ readonly key: string }} Row
 * @param {readonly Row[]} rows
 */
export function byTopic(rows) {
  const named = reportTopics.flatMap(({ keys }) => keys);
  const wrong = [
    ...rows.map(({ key }) => key).filter((key) => !named.includes(key)),
    ...named.filter((key) => !rows.some((row) => row.key === key)),
    ...named.filter((key, index) => named.indexOf(key) !== index),
  ];
  if (wrong.length > 0)
    throw new Error(
      `tools/option-topics.mjs must name each option of "herald report" once: ${wrong.join(', ')}`,
    );
  return reportTopics.map(({ title, keys }) => ({
    title,
    rows: keys.flatMap((key) => rows.filter((row) => row.key === key)),
  }));
}
