import * as z from 'zod';
import type { FactName, Facts } from '../../../model/facts.ts';
import { isFailed } from '../../../model/pipeline.ts';
import { globGroups, nameMatcher, selection } from '../globs.ts';
import { condition, unknown, unless } from '../judgement.ts';
import type { Condition } from '../rule.ts';
import type { ConditionSpec } from './condition-spec.ts';

/** The status of a merge request's head pipeline, which needs no request, or of a deployment. */
function statusOf({ subject, pipeline, deployment }: Facts): string | null {
  if (subject?.kind === 'merge_request') return subject.headPipeline?.status ?? null;
  return deployment?.status ?? pipeline?.pipeline.status ?? null;
}

export const status: ConditionSpec = {
  key: 'status',
  meaning:
    'the head pipeline of the merge request, the pipeline of the default branch, or the deployment is `success`, `failed`, `running`, …',
  example: '[failed, canceled]',
  schema: z.lazy(() =>
    globGroups.transform((groups): Condition => {
      const whyNot = selection(groups, nameMatcher);
      return {
        name: 'status',
        needs: (occurrence, { subject, pipeline }): readonly FactName[] =>
          subject === null && pipeline === null && occurrence.deploymentId !== null ? ['deployment'] : [],
        judge: (_occurrence, facts) => {
          const now = statusOf(facts);
          return now === null
            ? unknown('neither a pipeline nor a deployment was found')
            : unless(whyNot({ what: 'the status', values: now }));
        },
      };
    }),
  ),
};

export const failedJobs: ConditionSpec = {
  key: 'failed-jobs',
  meaning: 'one of these jobs of the pipeline failed, and it was not allowed to fail',
  example: "'e2e*'",
  schema: z.lazy(() =>
    globGroups.transform((groups) => {
      const whyNot = selection(groups, nameMatcher);
      return condition('failed-jobs', ['pipeline'], ({ pipeline }) => {
        if (pipeline === null) return unknown('there is no pipeline');
        const failed = pipeline.jobs.filter(isFailed);
        return unless(whyNot({ what: 'the failed jobs', values: failed.map(({ name }) => name) }));
      });
    }),
  ),
};

export const environment: ConditionSpec = {
  key: 'environment',
  meaning: 'the deployment is to one of these environments',
  example: "{none: 'review/*'}",
  schema: z.lazy(() =>
    globGroups.transform((groups) => {
      const whyNot = selection(groups, nameMatcher);
      return condition('environment', ['deployment'], ({ deployment }) =>
        deployment === null
          ? unknown('it is about no deployment')
          : unless(whyNot({ what: 'the environment', values: deployment.environment })),
      );
    }),
  ),
};

const tiers = ['production', 'staging', 'testing', 'development', 'other'] as const;

export const tier: ConditionSpec = {
  key: 'tier',
  meaning: 'the environment of the deployment has this tier, or one of these',
  example: 'production',
  schema: z.lazy(() =>
    z
      .union([z.enum(tiers), z.array(z.enum(tiers)).min(1)], {
        error: `one of ${tiers.join(', ')}, or several of them`,
      })
      .transform((value) => {
        const wanted: readonly string[] = typeof value === 'string' ? [value] : value;
        return condition('tier', ['deployment'], ({ deployment }) => {
          const now = deployment?.tier ?? null;
          if (now === null) return unknown('the tier is not known');
          return unless(wanted.includes(now) ? null : `the tier is ${now}, not ${wanted.join(' or ')}`);
        });
      }),
  ),
};
