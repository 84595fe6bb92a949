import * as z from 'zod';
import { defaultNotesSettings } from './release-notes-settings.ts';

const addressWithKey = /^https?:\/\/[^\s{}]{1,400}\{key\}[^\s{}]{0,200}$/;

const trackers = z.lazy(() => {
  const tracker = z.strictObject({
    pattern: z
      .string()
      .min(1, 'an empty pattern matches nothing')
      .max(200)
      .meta({ description: 'Regular expression of a key, such as `SHOP-\\d+`.' }),
    url: z
      .string()
      .regex(addressWithKey, 'an address with {key}, such as https://jira.example.com/browse/{key}')
      .meta({ description: 'Address of one entry, with `{key}`.' }),
  });
  return z.array(tracker).max(20, 'at most 20 trackers').default([]);
});

/** The value of `trail: releases`; one schema, so that little is built as this file loads. */
const releases = z.lazy(() => {
  const title = z.string().trim().min(1, 'a title').max(100);
  const labels = z.array(z.string().min(1).max(255)).max(50).default([]);
  const type = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'a type in lower case, such as feat');
  const types = z.array(type).max(50).default([]);
  const section = z.strictObject({
    title: title.meta({ description: 'Title of the section.' }),
    labels: labels.meta({ description: 'Labels of merge requests that belong to it.' }),
    types: types.meta({ description: 'Types of conventional commits that belong to it, such as `feat`.' }),
    breaking: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether a change that breaks something belongs to it, whatever its type.' }),
  });
  return z
    .strictObject({
      sections: z
        .array(section)
        .max(30, 'at most 30 sections')
        .default(
          defaultNotesSettings.sections.map((one) => ({
            ...one,
            labels: [...one.labels],
            types: [...one.types],
          })),
        )
        .meta({ description: 'Sections of the release notes; the first one that fits counts.' }),
      other: title
        .default(defaultNotesSettings.other)
        .meta({ description: 'Title of the section for everything else.' }),
      hide: z.strictObject({ labels, types }).default({ labels: [], types: [] }).meta({
        description: 'Merge requests with these labels, and commits of these types, are not shown.',
      }),
      contributors: z
        .boolean()
        .default(defaultNotesSettings.contributors)
        .meta({ description: 'Whether the notes name the authors and co-authors; nobody is mentioned.' }),
    })
    .optional();
});

/**
 * The value of `trail` in `.herald.yml`: the report and the bot read the same. Both try the patterns before they use
 * them.
 */
export const trailSettings = z.strictObject({ trackers, releases });
