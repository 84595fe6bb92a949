import type { SetupOptions } from '../config/options.ts';
import { botTokenFrom } from '../context/credentials.ts';
import { setupTargetFrom } from '../context/setup-target.ts';
import type { SetupWishes } from '../usecases/setup/wishes.ts';
import type { Host } from './host.ts';

/** What to set up, from options and variables. Throws `UsageError` for what is missing. */
export function setupWishesFrom(options: SetupOptions, host: Host): SetupWishes {
  const { plan, remove, instructions, bot: makesBot, ...rest } = options;
  return {
    ...rest,
    ...setupTargetFrom(options, host.variables),
    action: remove ? 'remove' : instructions ? 'instruct' : 'make',
    planOnly: plan,
    makesBot,
    tokenKey: 'HERALD_TOKEN',
    botToken: botTokenFrom(host.variables),
  };
}
