import type { ResourceGroup } from '../model/setup.ts';
import type { Place, SetupPlan } from './change.ts';

/** Jobs that wait for the same resource run in the order of their pipelines: https://docs.gitlab.com/ci/resource_groups/#process-modes */
const wanted = 'oldest_first';

/** True for the queue of that name, and for those below it, such as one for each merge request. */
function isQueueOf(key: string, name: string): boolean {
  return key === name || key.startsWith(`${name}/`) || key.startsWith(`${name}-`);
}

/**
 * The bot's queue works in order. GitLab makes a resource group when the first job that names it runs: before that
 * there is nothing to set, which the advice says.
 */
export function planQueue(
  found: readonly ResourceGroup[],
  { bot, name }: { readonly bot: Place; readonly name: string },
): SetupPlan {
  const queues = found.filter(({ key }) => isQueueOf(key, name));
  return {
    changes: queues
      .filter(({ processMode }) => processMode !== wanted)
      .map(({ key, processMode }) => ({
        do: 'set-process-mode',
        in: bot,
        key,
        from: processMode,
        to: wanted,
      })),
    advice:
      queues.length > 0
        ? []
        : [
            `no job of ${bot.path} has used the resource group ${name} yet: run herald setup again after the first one, so that events are handled in order`,
          ],
  };
}
