import * as z from 'zod';
import { period } from '../bounds.ts';
import { type Preset, preset } from './preset.ts';
import { textSetting } from './shared-settings.ts';

const span = z
  .string()
  .refine((value) => period.safeParse(value).success, 'a time such as "30 days" or "4 weeks"');
const key = 'stale';

/** A person who takes the label off has answered the warning. */
function removalRules(label: string, quiet: object): readonly object[] {
  const removal = { 'remove-comment': key };
  return [
    {
      name: 'stale/kept',
      on: ['merge_request.labels', 'issue.labels'],
      when: { state: 'opened', 'labels-removed': label, 'own-comment': { key } },
      do: [removal],
    },
    {
      // The same without a webhook: an old warning must not count for the next one.
      name: 'stale/leftover',
      on: 'schedule',
      when: { ...quiet, labels: { none: label }, 'own-comment': { key } },
      do: [removal],
    },
  ];
}

export const stale: Preset = preset({
  name: 'stale',
  meaning:
    'warns on merge requests (and issues) where nothing happens any more, and closes them later if nothing happens then either; any activity of anybody but the bot removes the warning, and so does taking the label off',
  settings: () => ({
    'warn-after': span.default('30 days').meta({ description: 'Time without activity before the warning.' }),
    'close-after': span
      .nullable()
      .default('14 days')
      .meta({ description: 'Time without activity after the warning before closing; `null` never closes.' }),
    label: z
      .string()
      .min(1)
      .max(255)
      .default('stale')
      .meta({ description: 'Label while the warning is there.' }),
    'exempt-labels': z
      .array(z.string().min(1))
      .max(50)
      .default([])
      .meta({ description: 'Labels that keep something from becoming stale, as globs.' }),
    drafts: z.boolean().default(true).meta({ description: 'Whether drafts become stale too.' }),
    on: z
      .enum(['merge-requests', 'issues', 'both'])
      .default('merge-requests')
      .meta({ description: 'What becomes stale.' }),
    text: textSetting(
      'Nothing has happened here for a while. Is this still wanted? A comment, a commit or a label is enough to keep it open; otherwise it will be closed.',
    ),
    'close-text': textSetting(
      'Closed, because nothing has happened since the warning. You can reopen it at any time.',
    ),
  }),
  rules: (settings) => {
    const { label, on, drafts, 'close-after': closeAfter, 'exempt-labels': exempt } = settings;
    const when = {
      state: 'opened',
      ...(on === 'both' ? {} : { is: on === 'issues' ? 'issue' : 'merge_request' }),
      ...(drafts ? {} : { not: { draft: true } }),
    };
    const exemption = exempt.length === 0 ? {} : { none: exempt };
    return [
      ...removalRules(label, { ...when, inactive: settings['warn-after'] }),
      {
        name: 'stale/warn',
        on: 'schedule',
        when: {
          ...when,
          inactive: settings['warn-after'],
          ...(exempt.length === 0 ? {} : { labels: exemption }),
        },
        // The comment comes last: everything newer than it was done by somebody else.
        do: [{ label }, { comment: { key, text: settings.text } }],
      },
      ...(closeAfter === null
        ? []
        : [
            {
              name: 'stale/close',
              on: 'schedule',
              when: {
                ...when,
                labels: { any: label, ...exemption },
                'own-comment': { key, 'older-than': closeAfter, 'changed-since': false },
              },
              do: [{ comment: { key: 'stale-closed', text: settings['close-text'] } }, 'close'],
            },
          ]),
      {
        name: 'stale/active',
        on: ['schedule', 'merge_request', 'issue', 'note.created'],
        when: { state: 'opened', labels: label, 'own-comment': { key, 'changed-since': true } },
        do: [{ unlabel: label }, { 'remove-comment': key }],
      },
    ];
  },
});
