import * as z from 'zod';
import { type Preset, preset } from './preset.ts';
import {
  reminderActions,
  reminderConditions,
  reminderEvents,
  reminderSettings,
  textSetting,
} from './shared-settings.ts';

const word = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,30}$/, 'a word of letters, digits and dashes');
const standardTypes = [
  'build',
  'chore',
  'ci',
  'docs',
  'feat',
  'fix',
  'perf',
  'refactor',
  'revert',
  'style',
  'test',
];

const standardText = `The title of this merge request is not a [conventional commit](https://www.conventionalcommits.org/), for example:

\`\`\`
feat(search): find by prefix
\`\`\`

It becomes the message of the squash or merge commit, from which the changelog is made. This comment goes away when the title is one.`;

/** A title as https://www.conventionalcommits.org/en/v1.0.0/ asks for. */
function patternOf(types: readonly string[], scopes: readonly string[]): string {
  const scope = scopes.length === 0 ? '[^()\\s]{1,50}' : `(?:${scopes.join('|')})`;
  return `^(?:${types.join('|')})(?:\\(${scope}\\))?!?: \\S`;
}

export const conventionalTitles: Preset = preset({
  name: 'conventional-titles',
  meaning: 'reminds authors whose titles are not conventional commits',
  settings: () => ({
    types: z
      .array(word)
      .min(1)
      .max(50)
      .default(standardTypes)
      .meta({ description: 'Types that a title can begin with.' }),
    scopes: z
      .array(word)
      .max(100)
      .default([])
      .meta({ description: 'Scopes that a title can have; any if none is given.' }),
    text: textSetting(standardText),
    ...reminderSettings,
    drafts: reminderSettings.drafts
      .unwrap()
      .default(true)
      .meta({ description: 'Whether authors of drafts are reminded too.' }),
  }),
  rules: ({ types, scopes, text, ...reminder }) => [
    {
      name: 'conventional-titles',
      on: reminderEvents,
      when: { ...reminderConditions(reminder), title: { none: patternOf(types, scopes) } },
      ...reminderActions(reminder, text),
    },
  ],
});
