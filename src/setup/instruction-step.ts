import { type Block, code, type Inline, link, paragraph, text } from '../model/document.ts';
import type { ProjectSettings } from '../model/setup.ts';
import type { Difference, Place } from './change.ts';

/** Settings that some roles cannot see. */
export type Unseen = 'webhooks' | 'trigger tokens' | 'variables' | 'schedules' | 'resource groups' | 'labels';

/** One thing to do by hand. */
export interface InstructionStep {
  readonly title: string;
  /** A user who cannot see this does not know whether the step is already done. */
  readonly about: Unseen;
  readonly blocks: readonly Block[];
}

/** Projects that changes are made in, for the addresses of their pages. */
export type Projects = readonly ProjectSettings[];

/** An item of a list. */
export function item(...words: readonly Inline[]): readonly Block[] {
  return [paragraph(...words)];
}

/** Which page of which project. */
export function placeOf(
  place: Place,
  projects: Projects,
  page: { readonly path: string; readonly name: string },
): Block {
  const url = projects.find(({ id }) => id === place.id)?.url;
  const name = text(page.name);
  return paragraph(
    text('In '),
    code(place.path),
    text(': '),
    url === undefined ? name : link(`${url}/-/${page.path}`, name),
    text('.'),
  );
}

/** Pages below a project, and how GitLab's menu names them. */
export const pages = {
  hooks: { path: 'hooks', name: 'Settings > Webhooks' },
  triggers: { path: 'settings/ci_cd', name: 'Settings > CI/CD > Pipeline trigger tokens' },
  variables: { path: 'settings/ci_cd', name: 'Settings > CI/CD > Variables' },
  schedules: { path: 'pipeline_schedules', name: 'Build > Pipeline schedules' },
  labels: { path: 'labels', name: 'Manage > Labels' },
} as const;

/** An item for each attribute that changes. */
export function differenceItems(differences: readonly Difference[]): readonly (readonly Block[])[] {
  return differences.map(({ name, from, to }) =>
    item(code(name), text(': '), code(from), text(' → '), code(to)),
  );
}
