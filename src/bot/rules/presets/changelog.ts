import * as z from 'zod';
import { type Preset, preset } from './preset.ts';
import {
  reminderActions,
  reminderConditions,
  reminderEvents,
  reminderSettings,
  textSetting,
} from './shared-settings.ts';

const globs = z.array(z.string().min(1)).min(1).max(50);

export const changelog: Preset = preset({
  name: 'changelog',
  meaning: 'reminds authors of merge requests that change code but not the changelog',
  settings: () => ({
    changelog: globs
      .default(['**/CHANGELOG*', '**/changelog.*', 'changelogs/**', '.changeset/**', 'changelog.d/**'])
      .meta({ description: 'Paths of the changelog, as globs.' }),
    code: globs
      .default(['src/**', 'lib/**', 'app/**', 'pkg/**', 'cmd/**', 'internal/**', 'packages/**'])
      .meta({ description: 'Paths whose changes belong in the changelog, as globs.' }),
    text: textSetting(
      'This changes the code but not the changelog. If it matters to users, add a line there. This comment goes away when the line is there.',
    ),
    ...reminderSettings,
    'exempt-labels': reminderSettings['exempt-labels']
      .unwrap()
      .default(['skip-changelog'])
      .meta({ description: 'Labels that switch it off, as globs.' }),
  }),
  rules: ({ changelog: logs, code, text, ...reminder }) => [
    {
      name: 'changelog',
      on: reminderEvents,
      when: { ...reminderConditions(reminder), 'changed-paths': { any: code, none: logs } },
      ...reminderActions(reminder, text),
    },
  ],
});
