import { changelog } from './changelog.ts';
import { conventionalTitles } from './conventional-titles.ts';
import { deployments } from './deployments.ts';
import { description } from './description.ts';
import { failingDefaultBranch } from './failing-default-branch.ts';
import { incidents } from './incidents.ts';
import { pathLabels, sizeLabels } from './labels.ts';
import type { Preset } from './preset.ts';
import { reviewers } from './reviewers.ts';
import { stale } from './stale.ts';
import { welcome } from './welcome.ts';

/** The ready-made sets, in the order of the docs and of their rules. */
export const presets = [
  welcome,
  conventionalTitles,
  description,
  changelog,
  sizeLabels,
  pathLabels,
  reviewers,
  stale,
  failingDefaultBranch,
  incidents,
  deployments,
] as const satisfies readonly Preset[];
