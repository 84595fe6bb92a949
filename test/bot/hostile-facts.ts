import type { Facts } from '../../src/model/facts.ts';
import { aJob, aPipeline } from '../builders.ts';
import { aPerson, changesOf, deploymentFacts, mergeRequestFacts, theFacts } from './builders.ts';

/** Every value that somebody outside of the project chooses, each a text of its own. */
export function hostileFacts(textOf: (index: number) => string): Facts {
  let index = 0;
  const next = (): string => {
    index += 1;
    return textOf(index - 1);
  };
  return theFacts({
    subject: mergeRequestFacts({
      title: next(),
      description: next(),
      author: aPerson({ username: 'ada', name: next() }),
      labels: [next()],
      milestone: { id: 1, title: next() },
      sourceBranch: next(),
      url: next(),
    }),
    pipeline: { pipeline: aPipeline(), jobs: [aJob({ name: next(), url: next(), status: 'failed' })] },
    deployment: deploymentFacts({ environment: next(), tier: next(), externalUrl: next() }),
    schedule: { id: 5, description: next(), ref: next(), owner: next() },
    changes: changesOf(['x']),
    codeOwners: { path: 'CODEOWNERS', text: `* @ada\n${next()}` },
    incident: {
      first: aPipeline(),
      before: aPipeline({ id: 1000, sha: 'b0'.repeat(20), status: 'success' }),
      count: 2,
      range: {
        commits: [{ sha: 'b1'.repeat(20), title: next(), authorName: next() }],
        files: [next()],
        complete: true,
      },
      causes: [
        {
          kind: 'test',
          origin: 'change',
          jobs: [aJob({ name: next(), url: next(), status: 'failed' })],
          trace: 'whole',
          headline: next(),
          line: 3,
          command: null,
          excerpt: [{ number: 3, text: next() }],
        },
      ],
    },
    blame: {
      lines: [
        {
          path: next(),
          line: 3,
          change: {
            sha: 'b1'.repeat(20),
            title: next(),
            authorName: next(),
            mergeRequest: { iid: 5, url: next() },
          },
          standing: 'suspect',
        },
        {
          path: 'src/till.ts',
          line: 3,
          change: { sha: 'b2'.repeat(20), title: '', authorName: next(), mergeRequest: null },
          standing: 'older',
        },
      ],
      complete: false,
    },
  });
}

/** Values in every place that a text of a rule can have. */
export const everyPlaceholder = [
  '{title} {author-name} {labels} {milestone} {source-branch} {environment} {tier} {failed-jobs} {url}',
  '{cause} {first-bad} {suspects} {suspect-files} {suspect-owners} {blame}',
  '{title}',
  '- {title}\n- {author-name}',
  '> {title}',
  '**{title}** _{author-name}_ `{title}` [x {title}]({environment-url}) @{author-name} #{title} ~{title}',
  'a | b\n--- | ---\n{title} | `{source-branch}`',
  '<details><summary>{title}</summary>\n\n{author-name}\n\n</details>',
  '```\n{title}\n```',
].join('\n\n');
