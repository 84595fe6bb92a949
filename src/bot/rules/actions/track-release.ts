import * as z from 'zod';
import type { BotAction } from '../../../model/bot-write.ts';
import type { DeploymentFacts } from '../../../model/facts.ts';
import type { ReleaseToTrack } from '../../../model/tracked-release.ts';
import type { Occurrence } from '../../occurrence.ts';
import type { RuleAction } from '../rule.ts';
import { lineTemplate } from '../templates.ts';
import type { ActionSpec } from './action-spec.ts';

const settings = z.lazy(() =>
  z.strictObject({
    version: lineTemplate(200).optional(),
    projects: z
      .array(
        z.string().regex(/^[a-z0-9][a-z0-9_-]{0,99}$/i, 'the short name of a project of the error tracker'),
      )
      .max(50)
      .default([]),
    environment: lineTemplate(64).optional(),
    commits: z.enum(['list', 'refs', 'none']).default('list'),
    'author-emails': z.boolean().default(false),
    repository: z.string().min(1).max(200).optional(),
  }),
);

type Settings = z.output<typeof settings>;

function isDeployment({ names }: Occurrence): boolean {
  return names[0] === 'deployment';
}

/** The tag of a pushed tag or of a release that is there. */
function tagOf({ names, ref }: Occurrence): string | null {
  const [kind] = names;
  const isGone = names.some((name) => name.endsWith('.deleted'));
  return (kind === 'tag_push' || kind === 'release') && !isGone ? ref : null;
}

/** Only what arrived: an error tracker would take anything else for a deploy, too. */
function deploymentOf(
  found: DeploymentFacts | null,
  environment: string | null,
): ReleaseToTrack['deployment'] {
  if (found?.status !== 'success') return null;
  const { id, ref, sha, externalUrl: url, updatedAt: finishedAt } = found;
  return { id, ref, sha, environment: environment ?? found.environment, url, finishedAt };
}

function actionOf({ version, environment, ...others }: Settings): RuleAction {
  return {
    name: 'track-release',
    usernames: [],
    needs: (occurrence) => [
      ...(isDeployment(occurrence) ? (['deployment'] as const) : []),
      ...(version?.needs ?? []),
      ...(environment?.needs ?? []),
    ],
    plan: (occurrence, facts, rule): readonly BotAction[] => {
      const named = environment?.fill(occurrence, facts, rule) ?? null;
      const deployment = isDeployment(occurrence) ? deploymentOf(facts.deployment, named) : null;
      const tag = tagOf(occurrence);
      if (tag === null && deployment === null) return [];
      const release: ReleaseToTrack = {
        version: version?.fill(occurrence, facts, rule) ?? null,
        tag,
        deployment,
        projects: others.projects,
        commits: others.commits,
        authorEmails: others['author-emails'],
        repository: others.repository ?? null,
      };
      return [{ do: 'trackRelease', project: facts.project.id, release }];
    },
  };
}

export const trackReleaseSpec: ActionSpec = {
  key: 'track-release',
  meaning:
    'reports to the error tracker that the bot is set up for ([guide](../guides/error-tracking.md)) the tag of `tag_push` or `release`, or the commit or tag of a successful `deployment`: the release, its commits, and the deploy. `version` is its name there, `projects` chooses among the tracker’s projects that the bot allows, `environment` is another name of the environment. `commits` is `list`, `refs` or `none`. `author-emails` sends the addresses of authors, too',
  example: "{version: 'web@{branch}'}",
  schema: z.lazy(() =>
    z
      .union([z.literal(true), settings], {
        error: 'true, or version, projects, environment, commits, author-emails and repository',
      })
      .transform((value) => actionOf(value === true ? settings.parse({}) : value)),
  ),
};
