import * as z from 'zod';
import { type Preset, preset } from './preset.ts';
import { textSetting } from './shared-settings.ts';

export const deployments: Preset = preset({
  name: 'deployments',
  meaning: 'shows on merge requests which environments they have reached, one comment for each environment',
  settings: () => ({
    environments: z
      .array(z.string().min(1))
      .max(50)
      .default([])
      .meta({ description: 'Only these environments, as globs.' }),
    'exempt-environments': z
      .array(z.string().min(1))
      .max(50)
      .default(['review/*'])
      .meta({ description: 'Environments without a comment, as globs.' }),
    text: textSetting('This is on {environment} now, with {commit}.'),
  }),
  rules: ({ environments, 'exempt-environments': exempt, text }) => [
    {
      name: 'deployments',
      on: 'deployment.success',
      when: {
        // The event says it, but may be late, so GitLab must confirm it.
        status: 'success',
        ...(environments.length + exempt.length === 0
          ? {}
          : {
              environment: {
                ...(environments.length === 0 ? {} : { any: environments }),
                ...(exempt.length === 0 ? {} : { none: exempt }),
              },
            }),
      },
      do: [{ comment: { key: 'deployments/{environment}', text } }],
    },
  ],
});
