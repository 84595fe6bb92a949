import * as z from 'zod';
import type { BotAction } from '../../../model/bot-write.ts';
import type { FactName, Facts } from '../../../model/facts.ts';
import { addressInProject } from '../../../model/project-address.ts';
import type { RequestedRelease } from '../../../model/release.ts';
import type { Occurrence } from '../../occurrence.ts';
import { releaseTagOf } from '../../release-tag.ts';
import { shippedAction } from '../../shipped-action.ts';
import type { RuleAction } from '../rule.ts';
import type { ActionSpec } from './action-spec.ts';

type Released = Extract<RequestedRelease, { readonly kind: 'release' }>;

/** The release of the event, as GitLab has it. */
function releaseIn(occurrence: Occurrence, { releases }: Facts): Released | null {
  const tag = releaseTagOf(occurrence);
  const found = tag === null ? undefined : releases?.get(tag);
  return found?.kind === 'release' ? found : null;
}

function aboutRelease(
  name: string,
  needs: readonly FactName[],
  plan: (found: Released, facts: Facts) => readonly BotAction[],
): RuleAction {
  return {
    name,
    usernames: [],
    needs: (occurrence) => (releaseTagOf(occurrence) === null ? [] : needs),
    plan: (occurrence, facts) => {
      const found = releaseIn(occurrence, facts);
      return found === null ? [] : plan(found, facts);
    },
    whyUnable: ({ releases }) =>
      [...(releases?.values() ?? [])].flatMap((one) => (one.kind === 'wrong' ? [one.message] : []))[0] ??
      null,
  };
}

export const writeReleaseNotesSpec: ActionSpec = {
  key: 'write-release-notes',
  meaning:
    'writes what the release brought into its description, for events of releases and tags: since the release before, by section, with merge requests, issues and contributors; `trail: releases` divides it. What people wrote around it stays. `create: true` makes the release where a tag has none',
  example: '{create: true}',
  schema: z.lazy(() =>
    z
      .union([z.literal(true), z.strictObject({ create: z.boolean() })], { error: 'true, or create' })
      .transform((value) =>
        aboutRelease('write-release-notes', ['releases'], ({ release, notes }, { project }) => {
          const { tag } = release;
          if (tag === null) return [];
          const url = addressInProject(project.url, 'releases', tag);
          const create = value !== true && value.create;
          return [{ do: 'writeReleaseNotes', project: project.id, tag, url, document: notes, create }];
        }),
      ),
  ),
};

function shippedSettings() {
  const label = z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^,\p{Cc}]+$/u, 'a label, without commas');
  return z.strictObject({
    labels: z.array(label).min(1).max(50).optional(),
    milestone: z.string().trim().min(1).max(255).optional(),
    'pre-releases': z.boolean().optional(),
  });
}

export const markShippedSpec: ActionSpec = {
  key: 'mark-shipped',
  meaning:
    'says "Shipped in v1.4" once on each merge request and issue of the release, for events of releases and tags; adds `labels`, and sets a `milestone` (by its title, `{tag}` is the tag) where there is none; of pre-releases such as `v2.0.0-rc.1` only with `pre-releases`',
  example: "{labels: [shipped], milestone: '{tag}', pre-releases: true}",
  schema: z.lazy(() =>
    z
      .union([z.literal(true), shippedSettings()], { error: 'true, or labels, milestone and pre-releases' })
      .transform((value) => {
        const { labels = [], milestone, 'pre-releases': all = false } = value === true ? {} : value;
        const needs: readonly FactName[] =
          milestone === undefined ? ['releases'] : ['releases', 'milestones'];
        return aboutRelease('mark-shipped', needs, ({ release }, { project, milestones }) => {
          if (release.isPreRelease && !all) return [];
          const title = milestone?.replaceAll('{tag}', () => release.tag ?? '');
          const found = milestones?.find((one) => one.title === title) ?? null;
          const action = shippedAction(release, { project, labels, milestone: found });
          return action === null ? [] : [action];
        });
      }),
  ),
};
