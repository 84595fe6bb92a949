import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { measures } from '../../../src/digest/registry.ts';
import type { ProjectHistory } from '../../../src/model/project-history.ts';
import { digestDocument } from '../../../src/render/digest/digest-document.ts';
import { digestPage } from '../../../src/render/digest/digest-page.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { germanDigest } from '../../../src/render/words/german-digest.ts';
import { germanReasons, germanRemark } from '../../../src/render/words/german-digest-reasons.ts';
import { aHistory, usualSettings } from '../../digest/histories.ts';
import { aDigest, aFigure, aMeasured } from '../digest/a-digest.ts';

/** Words that no German sentence has. */
const english = /\b(?:the|of|was|were|there|with|not|that|read|only|and|could|had)\b/;

const span = { from: 0, until: 86_400_000 };
const history: ProjectHistory = aHistory();

const refused =
  'GitLab refused it (403): the feature is switched off, or the token does not have the right to see it';

const reasons: readonly string[] = [
  ...measures.map(({ nothing }) => nothing),
  ...measures.flatMap((measure) =>
    Object.keys(measure.doubts?.(history, span, usualSettings) ?? {}).map((doubt) => `${doubt}: 3`),
  ),
  refused,
  refused.replace(' (403)', ''),
  'Herald could not use the answer of GitLab',
  'GitLab could not be reached',
  'no more requests were allowed',
  `the tiers of environments are not known: ${refused}`,
  `${refused}; only pipelines with jobs are known`,
  'the project has no code yet, or the token does not have the right to see it',
  'the details of 68 of 240 merged merge requests were read, chosen evenly',
  `the details of 0 of 240 merged merge requests were read, chosen evenly: ${refused}`,
  '12 old pipelines with open jobs were not read again',
  'there are 1200 branches, and only 1000 of them were read',
  'there are more open issues than the 500 that were read, and only 500 of them were read',
  'no job is named that leaves a report of Herald',
  'the project has no default branch',
  'the newest successful pipeline of main has no herald-report.json of the job herald',
  'Herald cannot read the herald-report.json of main',
  'merge requests could not be read',
  'jobs were not read from before 2026-11-01',
  'merge request details were read only until 2026-11-01',
  'pipelines were read only since 2026-11-01',
  'as it was when it was read, on 2026-11-30',
  'GitLab shows only how it is now',
  'GitLab does not say how many issues are open',
  'no report of Herald of the default branch was found',
  'negative times, of clocks that disagree or history that was rewritten: 2',
  `${refused} (3 of 12 projects); and 4 more reasons`,
];

describe('reasons in German', () => {
  test.each(reasons)('%s', (reason) => {
    const german = germanReasons(reason);
    expect(german).not.toBe(reason);
    // Names of things may be English words; these are not.
    expect(german).not.toMatch(english);
  });

  test('keep their numbers, days and names', () => {
    expect(germanReasons('jobs were not read from before 2026-11-01')).toBe(
      'Jobs wurden nicht von vor dem 2026-11-01 gelesen',
    );
    expect(germanReasons(`${refused} (3 of 12 projects); and 4 more reasons`)).toBe(
      'GitLab hat es abgelehnt (403): Die Funktion ist abgeschaltet, oder das Token darf es nicht sehen (3 von 12 Projekten); und 4 weitere Gründe',
    );
    expect(germanReasons('Herald cannot read the herald-report.json of $1 main')).toBe(
      'Herald kann herald-report.json von $1 main nicht lesen',
    );
  });

  test('leave what they do not know', () => {
    for (const text of ['', 'the weather was bad', 'constructor', 'weather: 3', '; '])
      expect(germanReasons(text)).toBe(text);
  });

  test('stand in the German digest', () => {
    const digest = aDigest({
      figures: [aMeasured({ current: aFigure(null, { reason: 'there were no deployments' }) })],
      projects: [{ ...(aDigest().projects[0] ?? { id: 1, path: 'a', url: '' }), gaps: [refused] }],
    });
    for (const text of [
      renderMarkdown(digestDocument(digest, germanDigest)),
      digestPage(digest, germanDigest),
    ]) {
      expect(text).toContain('es gab keine Deployments');
      expect(text).toContain('GitLab hat es abgelehnt');
      expect(text).not.toMatch(/there were no|refused/);
    }
  });
});

/** What the source says of a kept history that it does not use. */
const whyAgain = ['src/digest/kept-history/format.ts', 'src/usecases/digest/read-history.ts'].flatMap(
  (path) =>
    [...readFileSync(path, 'utf8').matchAll(/(?:unusable: |again\()'([^']+)'/g)].map(([, why = '']) => why),
);

describe('remarks in German', () => {
  test('know all that the source has', () => {
    expect(new Set(whyAgain).size).toBe(9);
    const written = [
      'src/digest/compute.ts',
      'src/usecases/digest/projects-of-scope.ts',
      'src/usecases/digest/read-history.ts',
    ].flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/['`]((?:The|Empty|Not) [^'`]*\.)['`]/g)].map(
        ([, sentence = '']) => sentence,
      ),
    );
    expect(written).toHaveLength(4);
    for (const sentence of written)
      expect(
        germanRemark(
          sentence
            .replace(/\$\{why\}/, 'is from the future')
            .replace(/\$\{[^}]*gap\}/, refused)
            .replace(/\$\{[^}]*path\}|\$\{group\}/, 'shop/till')
            .replace(/\$\{[^}]*\}/g, '3'),
        ),
      ).not.toMatch(english);
  });

  test.each([
    ...whyAgain.map((why) => `The kept history of shop/till ${why}: everything was read again.`),
    'The project has no default branch: it is empty.',
    'Empty projects, without a default branch: 3 of 12.',
    `Not all projects of shop/apps are known: ${refused}.`,
    'Not all projects of shop are known: no more requests were allowed.',
  ])('%s', (remark) => {
    expect(germanRemark(remark)).not.toMatch(english);
  });

  test('keep names and numbers, and leave what they do not know', () => {
    expect(germanRemark('Empty projects, without a default branch: 3 of 12.')).toBe(
      'Leere Projekte, ohne Standard-Branch: 3 von 12.',
    );
    expect(germanRemark('The kept history of a/b is from the future: everything was read again.')).toBe(
      'Der aufbewahrte Verlauf von a/b ist aus der Zukunft: Alles wurde erneut gelesen.',
    );
    for (const text of [
      '',
      'constructor',
      'It rained.',
      'The kept history of a constructor: everything was read again',
    ])
      expect(germanRemark(text)).toBe(text);
  });

  test('stand in the German digest', () => {
    const digest = aDigest({ remarks: ['The project has no default branch: it is empty.'] });
    for (const text of [
      renderMarkdown(digestDocument(digest, germanDigest)),
      digestPage(digest, germanDigest),
    ]) {
      expect(text).toContain('Das Projekt hat keinen Standard-Branch');
      expect(text).not.toContain('it is empty');
    }
  });
});
