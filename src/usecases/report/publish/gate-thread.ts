import { code, paragraph, text } from '../../../model/document.ts';
import { failsJob } from '../../../model/gate.ts';
import { renderMarkdown } from '../../../render/markdown/render-markdown.ts';
import type { Troubles } from '../../troubles.ts';
import type { ConnectedWorld } from '../../world.ts';
import { decisionOfThread } from '../decisions/of-writes.ts';
import { isOpen } from './is-open.ts';
import { noteableOfMergeRequest } from './noteable-of-merge-request.ts';
import type { ToPublish } from './to-publish.ts';

/**
 * One thread that blocks the merge while a gate fails, where all threads must be resolved; resolved when all pass. One
 * that a person resolved stays resolved. None is opened once it is merged or closed. Source: https://docs.gitlab.com/user/project/merge_requests/#prevent-merge-unless-all-threads-are-resolved
 */
export async function publishGateThread(
  { options, summary }: ToPublish,
  world: ConnectedWorld,
  troubles: Troubles,
): Promise<void> {
  const { mergeRequest, gates } = summary;
  if (!options.gateThread || mergeRequest === null) return;
  world.decide?.(decisionOfThread('gates', gates.some(failsJob)));
  if (options.dryRun) return;
  await troubles.attempt('the thread of failed gates', async () => {
    const on = await noteableOfMergeRequest(mergeRequest, world.gitlab);
    const key = `gates/${options.key}`;
    const failed = gates.filter(failsJob);
    if (failed.length > 0 && !(await isOpen(mergeRequest, 'no thread is opened for failed gates', world)))
      return;
    const document = failed.map(({ condition, message }) =>
      paragraph(code(condition), text(` failed: ${message}`)),
    );
    const action =
      failed.length > 0
        ? ({ do: 'openThread', on, key, document } as const)
        : ({ do: 'resolveThread', on, key } as const);
    const cause = { by: 'report', event: 'report', config: null, permission: null };
    const { gitlab, clock, log } = world;
    // Few reports have such a thread, and none does any other of the bot's deeds.
    const { performBotWrites } = await import('../../../publish/perform-bot-writes.ts');
    const [done] = await performBotWrites({ gitlab, clock, log, renderMarkdown }, [{ action, cause }], {
      dryRun: false,
    });
    if (done?.outcome === 'refused')
      log.warn(`the thread of failed gates was not written: ${done.detail ?? 'GitLab refused it'}`);
  });
}
