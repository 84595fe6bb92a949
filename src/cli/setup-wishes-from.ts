import type { SetupOptions } from '../config/setup-options.ts';
import { botTokenFrom } from '../context/credentials.ts';
import { receiverAddressFrom, setupTargetFrom } from '../context/setup-target.ts';
import type { ReceiverWish, SetupWishes } from '../usecases/setup/wishes.ts';
import type { Host } from './host.ts';

/** The receiver of the webhooks; its secrets are read from the variables when they are needed. */
function receiverFrom(options: SetupOptions, secretOf: ReceiverWish['secretOf']): ReceiverWish | null {
  const { receiver } = options;
  return receiver === null ? null : { address: receiverAddressFrom(options, receiver), secretOf };
}

/** What to set up, from options and variables. Throws `UsageError` for what is missing. */
export function setupWishesFrom(
  options: SetupOptions,
  host: Pick<Host, 'variables'>,
  secretOf: ReceiverWish['secretOf'] = () => null,
): SetupWishes {
  const { plan, remove, instructions, bot: makesBot, ...rest } = options;
  return {
    ...rest,
    ...setupTargetFrom(options, host.variables),
    action: remove ? 'remove' : instructions ? 'instruct' : 'make',
    planOnly: plan,
    makesBot,
    tokenKey: 'HERALD_TOKEN',
    botToken: botTokenFrom(host.variables),
    receiver: receiverFrom(options, secretOf),
  };
}
