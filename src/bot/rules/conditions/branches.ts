import * as z from 'zod';
import type { Facts } from '../../../model/facts.ts';
import type { Occurrence } from '../../occurrence.ts';
import { globGroups, nameMatcher, selection } from '../globs.ts';
import { aboutMergeRequest, condition, unknown, unless } from '../judgement.ts';
import type { ConditionSpec } from './condition-spec.ts';

export const targetBranch: ConditionSpec = {
  key: 'target-branch',
  meaning: 'the merge request goes to one of these branches',
  example: "[main, 'release/*']",
  schema: z.lazy(() =>
    globGroups.transform((groups) => {
      const whyNot = selection(groups, nameMatcher);
      return aboutMergeRequest('target-branch', [], (mr) =>
        unless(whyNot({ what: 'the target branch', values: mr.targetBranch })),
      );
    }),
  ),
};

export const sourceBranch: ConditionSpec = {
  key: 'source-branch',
  meaning: 'it comes from one of these branches',
  example: "'renovate/*'",
  schema: z.lazy(() =>
    globGroups.transform((groups) => {
      const whyNot = selection(groups, nameMatcher);
      return aboutMergeRequest('source-branch', [], (mr) =>
        unless(whyNot({ what: 'the source branch', values: mr.sourceBranch })),
      );
    }),
  ),
};

/** The ref that was pushed, released or deployed; for the default branch's pipeline, that branch. */
function refOf({ ref }: Occurrence, { pipeline, subject }: Facts): string | null {
  return ref ?? (subject === null ? (pipeline?.pipeline.ref ?? null) : null);
}

export const branch: ConditionSpec = {
  key: 'branch',
  meaning: 'the push, release or deployment is of one of these branches or tags',
  example: "{none: 'wip/*'}",
  schema: z.lazy(() =>
    globGroups.transform((groups) => {
      const whyNot = selection(groups, nameMatcher);
      return condition('branch', [], (facts, occurrence) => {
        const ref = refOf(occurrence, facts);
        return ref === null
          ? unknown('no branch or tag is known')
          : unless(whyNot({ what: 'the branch', values: ref }));
      });
    }),
  ),
};
