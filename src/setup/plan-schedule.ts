import type { Schedule, ScheduleSettings } from '../model/setup.ts';
import { differencesOf, type Place, type SetupChange } from './change.ts';
import { scheduleDescription } from './markers.ts';

/** The variable that makes a pipeline of the bot sweep: it then handles what no webhook reported. */
const sweepVariable = 'HERALD_SWEEP';

/** The schedule of the sweep. */
export function sweepSchedule(ref: string, cron: string): ScheduleSettings {
  return {
    description: scheduleDescription,
    ref,
    cron,
    timezone: 'UTC',
    active: true,
    variables: { [sweepVariable]: 'true' },
  };
}

function changeOf(
  before: Schedule,
  {
    bot,
    wanted,
    userId,
  }: { readonly bot: Place; readonly wanted: ScheduleSettings; readonly userId: number },
): readonly SetupChange[] {
  const { variables: found, ref, cron, timezone, active } = before;
  const differences = differencesOf(
    {
      ref,
      cron,
      timezone,
      active,
      ...Object.fromEntries(Object.keys(wanted.variables).map((key) => [key, found[key] ?? ''])),
    },
    { ref: wanted.ref, cron: wanted.cron, timezone: wanted.timezone, active: true, ...wanted.variables },
  );
  // GitLab does not run a schedule without an owner.
  if (differences.length === 0 && before.ownerId !== null) return [];
  const takeOver = before.ownerId !== userId;
  const lost = before.ownerId === null ? [{ name: 'owner', from: 'none', to: 'you' }] : [];
  return [
    {
      do: 'change-schedule',
      in: bot,
      before,
      schedule: wanted,
      takeOver,
      differences: [...lost, ...differences],
    },
  ];
}

/**
 * The schedule that runs the sweep, by its description: creates it, repairs it, and removes a second one. Only its
 * owner can change a schedule, so that it is taken over where it belongs to somebody else.
 */
export function planSchedule(
  found: readonly Schedule[],
  world: { readonly bot: Place; readonly wanted: ScheduleSettings; readonly userId: number },
): readonly SetupChange[] {
  const [kept, ...others] = found.filter(({ description }) => description === scheduleDescription);
  const { bot, wanted: schedule } = world;
  return [
    ...(kept === undefined ? [{ do: 'make-schedule', in: bot, schedule } as const] : changeOf(kept, world)),
    ...others.map(
      ({ id }): SetupChange => ({ do: 'delete-schedule', in: bot, id, why: 'it is a second one' }),
    ),
  ];
}
