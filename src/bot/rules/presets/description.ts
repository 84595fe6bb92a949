import * as z from 'zod';
import { type Preset, preset } from './preset.ts';
import {
  reminderActions,
  reminderConditions,
  reminderEvents,
  reminderSettings,
  textSetting,
} from './shared-settings.ts';

export const description: Preset = preset({
  name: 'description',
  meaning: 'reminds authors of merge requests without a description, or without an issue',
  settings: () => ({
    characters: z.int().min(0).max(10_000).default(20).meta({
      description: 'The least number of characters in a description, beyond the template; 0 requires none.',
    }),
    issue: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether the merge request has to close or name an issue.' }),
    text: textSetting(
      'This merge request has hardly any description. What does it change, why, and how can a reviewer try it? This comment goes away when the description is there.',
    ),
    'issue-text': textSetting(
      'This merge request does not name an issue. A line such as `Closes #123` in the description links one. This comment goes away when the line is there.',
    ),
    ...reminderSettings,
  }),
  rules: ({ characters, issue, text, 'issue-text': issueText, ...reminder }) => [
    ...(characters === 0
      ? []
      : [
          {
            name: 'description',
            on: reminderEvents,
            when: { ...reminderConditions(reminder), 'description-length': { below: characters } },
            ...reminderActions(reminder, text),
          },
        ]),
    ...(issue
      ? [
          {
            name: 'description/issue',
            on: reminderEvents,
            when: { ...reminderConditions(reminder), 'linked-issue': false },
            ...reminderActions(reminder, issueText),
          },
        ]
      : []),
  ],
});
