import * as z from 'zod';
import { type Preset, preset } from './preset.ts';

const events = ['merge_request.opened', 'merge_request.reopened', 'merge_request.new-commits'];
const standardSizes = { 'size::XS': 0, 'size::S': 10, 'size::M': 100, 'size::L': 500, 'size::XL': 1_000 };

/** Each size from its lines up to those of the next. */
function sizeRules(labels: Readonly<Record<string, number>>): readonly unknown[] {
  const sizes = Object.entries(labels).sort(([, a], [, b]) => a - b);
  return sizes.map(([label, lines], index) => {
    const next = sizes[index + 1]?.[1];
    return {
      name: `size-labels/${index + 1}`,
      on: events,
      when: { state: 'opened', size: { 'at-least': lines, ...(next === undefined ? {} : { below: next }) } },
      do: [
        { label: { add: label, remove: sizes.map(([other]) => other).filter((other) => other !== label) } },
      ],
    };
  });
}

export const sizeLabels: Preset = preset({
  name: 'size-labels',
  meaning: 'labels merge requests by how many lines they add and remove',
  settings: () => ({
    labels: z
      .record(z.string(), z.int().min(0))
      .default(standardSizes)
      .meta({ description: 'Label → the least number of lines for it.' }),
  }),
  rules: ({ labels }) => sizeRules(labels),
});

const globs = z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(50)], {
  error: 'a glob or a list of globs',
});

export const pathLabels: Preset = preset({
  name: 'path-labels',
  meaning: 'labels merge requests by what they change',
  settings: () => ({
    labels: z
      .record(z.string(), globs)
      .meta({ description: 'Label → globs of paths. This setting is required.' }),
    remove: z.boolean().default(false).meta({
      description: 'Whether a label is removed when the merge request no longer changes its paths.',
    }),
  }),
  rules: ({ labels, remove }) =>
    Object.entries(labels).map(([label, paths], index) => ({
      name: `path-labels/${index + 1}`,
      on: events,
      when: { state: 'opened', 'changed-paths': paths },
      do: [{ label }],
      otherwise: remove ? [{ label: { remove: label } }] : [],
    })),
});
