import { judgeGates } from '../../src/compare/judge-gates.ts';
import { parseCondition } from '../../src/compare/parse-condition.ts';
import { parseHeadlineTemplate } from '../../src/model/headline-template.ts';
import type { Summary } from '../../src/model/summary.ts';
import { type Layout, plainLayout } from '../../src/render/comment/section.ts';
import { parseMarkdown } from '../../src/render/markdown/parse-markdown.ts';
import { english, type Language } from '../../src/render/words/english.ts';
import { german } from '../../src/render/words/german.ts';
import {
  aComparison,
  aFailedTest,
  aSummary,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
} from '../builders.ts';
import { situations } from './situations.ts';
import { situationsOfMeasures } from './situations-of-measures.ts';

export interface Situation {
  readonly summary: Summary;
  readonly words: Language;
  readonly layout: Layout;
  readonly maxCharacters: number;
}

function plain(summary: Summary): Situation {
  return { summary, words: english, layout: plainLayout, maxCharacters: 20_000 };
}

function named(name: string): Summary {
  const summary = situationsOfMeasures[name] ?? situations[name];
  if (summary === undefined) throw new Error(`no situation ${name}`);
  return summary;
}

function laidOut(name: string, layout: Partial<Layout>): Situation {
  return { ...plain(named(name)), layout: { ...plainLayout, ...layout } };
}

/** With the messages of its gates in German, as a run has them. */
function inGerman(summary: Summary): Summary {
  const conditions = summary.gates.map(({ condition, grade }) => parseCondition(condition, grade));
  return { ...summary, gates: judgeGates(conditions, summary, german.gates.messages) };
}

/** As many new failures, of one cause. */
function failures(count: number): Summary {
  const cases = Array.from({ length: count }, (_, index) =>
    aFailedTest({
      id: index.toString(16).padStart(16, '0'),
      name: `takes voucher ${index + 1}`,
      failure: aTestFailure({ message: 'expected 200, got 500', details: '' }),
    }),
  );
  return aSummary({
    tests: aTestsReport({ cases }),
    comparison: aComparison({ tests: aTestsComparison({ newFailures: cases }) }),
  });
}

const ownMarkdown = `# Licences

Two are **new**, see [the list](https://wiki.example.com/licences). Ask @legal, #12.

| Package | Licence |
| --- | ---: |
| \`left-pad\` | MIT |
| zlib \\| ng | Zlib |

<details><summary>How it was counted</summary>

1. all *direct* ones
   - with their own
2. nothing else

\`\`\`sh
licences --all | sort
\`\`\`

</details>

/merge
<script>alert(1)</script> ![logo](https://evil.example.com/x.png)
`;

/** Every golden file: the situations as they are, and some of them as a project wants them. */
export const allSituations: Readonly<Record<string, Situation>> = {
  ...Object.fromEntries(
    Object.entries({ ...situations, ...situationsOfMeasures }).map(([name, summary]) => [
      name,
      plain(summary),
    ]),
  ),
  'three-hundred-failures': { ...plain(named('three-hundred-failures')), maxCharacters: 5_000 },
  'thirty-thousand-failures': { ...plain(failures(30_000)), maxCharacters: 4_000 },
  'everything-in-german': { ...plain(inGerman(named('everything-at-once'))), words: german },
  'much-is-not-known-in-german': { ...plain(inGerman(named('much-is-not-known'))), words: german },
  'everything-compact': laidOut('everything-at-once', { detail: 'compact' }),
  'everything-under-three-thousand-characters': {
    ...plain(named('everything-at-once')),
    maxCharacters: 3_000,
  },
  'all-green-in-full': laidOut('good-news', { detail: 'full' }),
  'sections-in-another-order': laidOut('everything-at-once', {
    order: ['findings', 'failed-tests'],
    hide: ['metrics', 'durations', 'coverage', 'gates', 'warnings'],
    sections: {
      findings: { title: 'What the analysers say', max: 1 },
      'failed-tests': { collapse: true },
      checks: { collapse: true },
      'test-changes': { collapse: false },
    },
  }),
  'sections-in-own-words': laidOut('jobs-that-failed-of-their-tests', {
    about: 'https://wiki.example.com/herald',
    texts: {
      'failed-tests': parseMarkdown('Ask **QA** on {branch}: {tests}. `{tests}` @all\n\n{section}'),
      'run-again': parseMarkdown('See [how to run tests](https://wiki.example.com/tests).'),
    },
  }),
  'own-words': laidOut('one-new-failure', {
    headline: parseHeadlineTemplate('{verdict} on {branch} · {gates} · {tests} · {coverage}').parts,
    footer: parseMarkdown('Questions? [How to read this](https://wiki.example.com/herald)'),
    appended: [{ path: 'reports/licences.md', document: parseMarkdown(ownMarkdown) }],
  }),
};
