import * as z from 'zod';
import type { StandingDeploy, StandingRelease } from './port.ts';

/** A release by its name. */
export interface NamedRelease extends StandingRelease {
  readonly version: string;
}

/** Source: https://docs.sentry.io/api/releases/retrieve-an-organizations-release/ */
export const releaseAnswer = z.lazy(() =>
  z
    .object({
      version: z.string(),
      projects: z.array(z.object({ slug: z.string() })).nullish(),
      dateReleased: z.string().nullish(),
      commitCount: z.number().int().nullish(),
      lastCommit: z.object({ id: z.string() }).nullish(),
    })
    .transform(
      ({ version, projects, dateReleased, commitCount, lastCommit }): NamedRelease => ({
        version,
        projects: (projects ?? []).map(({ slug }) => slug),
        releasedAt: dateReleased ?? null,
        commitCount: commitCount ?? null,
        lastCommit: lastCommit?.id ?? null,
      }),
    ),
);

/** Newest first. Source: https://docs.sentry.io/api/releases/list-an-organizations-releases/ */
export const releasesAnswer = z.lazy(() => z.array(releaseAnswer));

/** Source: https://docs.sentry.io/api/releases/list-a-releases-deploys/ */
export const deploysAnswer = z.lazy(() =>
  z.array(
    z
      .object({
        environment: z.string(),
        name: z.string().nullish(),
        url: z.string().nullish(),
        dateFinished: z.string().nullish(),
      })
      .transform(
        ({ environment, name, url, dateFinished }): StandingDeploy => ({
          environment,
          name: name ?? null,
          url: url ?? null,
          finishedAt: dateFinished ?? null,
        }),
      ),
  ),
);
