import type { Handled, SweepWorld } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { onItsOwn } from './on-its-own.ts';
import { perform } from './perform.ts';

/** Publishes the reports of pipelines that could not do it themselves, and finishes statuses that were left running. */
export async function sweepReports(
  { project, settings }: Desk,
  world: SweepWorld,
): Promise<readonly Handled[]> {
  const handled: Handled[] = [];
  for (const on of await world.findUnreported(project)) {
    const cause = { by: 'sweep', event: 'schedule', config: settings.commit, permission: null };
    const reason = `the report of merge request !${on.iid}`;
    const report = async (): Promise<readonly Handled[]> => {
      const writes = await perform([{ action: { do: 'report', on }, cause }], world);
      return [{ outcome: 'handled', reason, writes, explanation: [] }];
    };
    handled.push(...(await onItsOwn(`${project.path}: ${reason}`, report, world)));
  }
  const names = await world.finishAbandonedStatuses(project);
  if (names.length > 0) {
    const reason = `statuses left running: ${names.join(', ')}`;
    handled.push({ outcome: 'handled', reason, writes: [], explanation: [] });
  }
  return handled;
}
