import type { BotSettings } from './settings.ts';

/** A project without configuration: commands are answered, no rule acts. */
export const defaultSettings: BotSettings = {
  commit: null,
  rules: [],
  commands: { prefix: '/herald', disabled: [], roles: {}, labels: [] },
  otherBots: [],
  noise: { perObject: 20, perHour: 10 },
};
