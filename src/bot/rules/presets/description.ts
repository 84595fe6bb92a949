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
  meaning: 'reminds of merge requests without a description, and of those that name no issue',
  settings: {
    characters: z
      .int()
      .min(0)
      .max(10_000)
      .default(20)
      .meta({ description: 'A description has at least so many characters of its own; 0 asks for none.' }),
    issue: z.boolean().default(true).meta({ description: 'Whether it has to close or name an issue.' }),
    text: textSetting(
      'This merge request has next to no description. What does it change, why, and how can a reviewer try it? This comment goes away once it is there.',
    ),
    'issue-text': textSetting(
      'This merge request names no issue. A line such as `Closes #123` in the description links it. This comment goes away once it is there.',
    ),
    ...reminderSettings,
  },
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
