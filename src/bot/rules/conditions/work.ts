import * as z from 'zod';
import type { Facts } from '../../../model/facts.ts';
import type { Occurrence } from '../../occurrence.ts';
import { globGroups, nameMatcher, selection } from '../globs.ts';
import { aboutMergeRequest, aboutSubject, agrees, condition, fails, unless } from '../judgement.ts';
import type { ConditionSpec } from './condition-spec.ts';

const kinds = ['merge_request', 'issue'] as const;

const aboutWords = {
  merge_request: 'it is about a merge request',
  issue: 'it is about an issue',
  neither: 'it is about no merge request and no issue',
} as const;

export const is: ConditionSpec = {
  key: 'is',
  meaning: 'it is a merge request, or an issue: for `schedule` and `note`, which happen on both',
  example: 'merge_request',
  schema: z.lazy(() =>
    z
      .enum(kinds)
      .transform((kind) =>
        condition('is', [], ({ subject }) =>
          unless(subject?.kind === kind ? null : aboutWords[subject?.kind ?? 'neither']),
        ),
      ),
  ),
};

const states = ['opened', 'closed', 'locked', 'merged'] as const;

export const state: ConditionSpec = {
  key: 'state',
  meaning: 'it is in this state, or in one of these',
  example: 'opened',
  schema: z.lazy(() =>
    z
      .union([z.enum(states), z.array(z.enum(states)).min(1)], {
        error: `one of ${states.join(', ')}, or several of them`,
      })
      .transform((value) => {
        const wanted: readonly string[] = typeof value === 'string' ? [value] : value;
        return aboutSubject('state', (subject) =>
          unless(
            wanted.includes(subject.state) ? null : `it is ${subject.state}, not ${wanted.join(' or ')}`,
          ),
        );
      }),
  ),
};

export const draft: ConditionSpec = {
  key: 'draft',
  meaning: 'it is a draft (`false`: it is not)',
  example: 'false',
  schema: z.lazy(() =>
    z
      .boolean()
      .transform((wanted) =>
        aboutMergeRequest('draft', [], (mr) =>
          agrees(mr.draft, wanted, { yes: 'it is a draft', no: 'it is not a draft', unknown: '' }),
        ),
      ),
  ),
};

export const labels: ConditionSpec = {
  key: 'labels',
  meaning: 'it has one of these labels; with `all` all of them, with `none` none of them',
  example: "{any: 'backend::*', none: wip}",
  schema: z.lazy(() =>
    globGroups.transform((groups) => {
      const whyNot = selection(groups, nameMatcher);
      return aboutSubject('labels', (subject) =>
        unless(whyNot({ what: 'the labels', values: subject.labels })),
      );
    }),
  ),
};

/** The payload says what changed, and GitLab confirms it: a label that was removed again was not added. */
function changedLabels(
  { labelChange }: Occurrence,
  { subject }: Facts,
  which: 'added' | 'removed',
): readonly string[] {
  const now = subject?.labels ?? [];
  return labelChange[which].filter((label) => now.includes(label) === (which === 'added'));
}

function labelChangeSpec(which: 'added' | 'removed', words: string): ConditionSpec {
  const key = `labels-${which}`;
  return {
    key,
    meaning: words,
    example: "'ready for review'",
    schema: globGroups.transform((groups) => {
      const whyNot = selection(groups, nameMatcher);
      return condition(key, [], (facts, occurrence) => {
        const values = changedLabels(occurrence, facts, which);
        return values.length === 0
          ? fails(`no label was ${which}`)
          : unless(whyNot({ what: `the ${which} labels`, values }));
      });
    }),
  };
}

export const labelsAdded = labelChangeSpec('added', 'one of these labels was just added, and is still there');
export const labelsRemoved = labelChangeSpec(
  'removed',
  'one of these labels was just removed, and is still gone',
);

export const milestone: ConditionSpec = {
  key: 'milestone',
  meaning: 'it has a milestone (`false`: it has none), or one of these',
  example: 'false',
  schema: z.lazy(() =>
    z
      .union([z.boolean(), globGroups], { error: 'true, false, or titles of milestones' })
      .transform((value) => {
        const whyNot = typeof value === 'boolean' ? null : selection(value, nameMatcher);
        return aboutSubject('milestone', (subject) => {
          const now = subject.milestone;
          if (whyNot !== null) return unless(whyNot({ what: 'the milestone', values: now?.title ?? null }));
          return agrees(now !== null, value === true, {
            yes: 'it has a milestone',
            no: 'it has no milestone',
            unknown: '',
          });
        });
      }),
  ),
};

export const fork: ConditionSpec = {
  key: 'fork',
  meaning: 'it comes from a fork (`false`: it does not)',
  example: 'true',
  schema: z.lazy(() =>
    z.boolean().transform((wanted) =>
      aboutMergeRequest('fork', [], (mr) =>
        agrees(mr.sourceProjectId !== mr.targetProjectId, wanted, {
          yes: 'it comes from a fork',
          no: 'it comes from no fork',
          unknown: '',
        }),
      ),
    ),
  ),
};

export const confidential: ConditionSpec = {
  key: 'confidential',
  meaning: 'the issue is confidential (`false`: it is not)',
  example: 'false',
  schema: z.lazy(() =>
    z.boolean().transform((wanted) =>
      aboutSubject('confidential', (subject) =>
        agrees(subject.kind === 'issue' && subject.confidential, wanted, {
          yes: 'it is confidential',
          no: 'it is not confidential',
          unknown: '',
        }),
      ),
    ),
  ),
};

export const type: ConditionSpec = {
  key: 'type',
  meaning: 'the issue has one of these types: `issue`, `incident`, `task`, …',
  example: 'incident',
  schema: z.lazy(() =>
    globGroups.transform((groups) => {
      const whyNot = selection(groups, nameMatcher);
      return aboutSubject('type', (subject) =>
        subject.kind === 'issue'
          ? unless(whyNot({ what: 'the type', values: subject.type }))
          : fails('it is about no issue'),
      );
    }),
  ),
};
