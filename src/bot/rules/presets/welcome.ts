import { type Preset, preset } from './preset.ts';
import { textSetting } from './shared-settings.ts';

export const welcome: Preset = preset({
  name: 'welcome',
  meaning: 'greets people at their first contribution',
  settings: () => ({
    text: textSetting(
      'Thank you for your first contribution to {project}, {@author}! Somebody will have a look at it soon.',
    ),
  }),
  rules: ({ text }) => [
    {
      name: 'welcome',
      on: 'merge_request.opened',
      when: { 'first-contribution': true },
      do: [{ comment: { text, once: true } }],
    },
  ],
});
