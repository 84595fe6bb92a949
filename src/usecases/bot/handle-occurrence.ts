import type { Occurrence } from '../../bot/occurrence.ts';
import { UsageError } from '../../errors.ts';
import { type BotWorld, type Handled, ignored } from './bot-world.ts';
import { handleByCommands } from './handle-by-commands.ts';
import { handleByRules } from './handle-by-rules.ts';
import { openDesk } from './open-desk.ts';
import { tellOfWrongSettings } from './tell-of-wrong-settings.ts';

function joined(parts: readonly Handled[]): Handled {
  const [first = ignored('nothing to do'), ...others] = parts;
  if (others.length === 0) return first;
  const handled = parts.filter(({ outcome }) => outcome === 'handled');
  return {
    outcome: handled.length > 0 ? 'handled' : 'ignored',
    reason: (handled.length > 0 ? handled : parts).map(({ reason }) => reason).join('; '),
    writes: parts.flatMap(({ writes }) => writes),
    explanation: parts.flatMap(({ explanation }) => explanation),
  };
}

/**
 * Handles one occurrence: guards, then commands, then rules. Everything it acts on is asked of GitLab; the payload only says where to look.
 * Handling it again, or by two runs at once, does nothing more. Throws what the port throws, and `UsageError` for a wrong configuration.
 */
export async function handleOccurrence(occurrence: Occurrence, world: BotWorld): Promise<Handled> {
  if (occurrence.names.length === 0) return ignored('GitLab itself did it');
  const desk = await openDesk(occurrence.project, world).catch(async (error: unknown) => {
    if (error instanceof UsageError) await tellOfWrongSettings(occurrence, world);
    throw error;
  });
  if (typeof desk === 'string') return ignored(desk);
  if (occurrence.actorId === desk.self.id) return ignored('the bot did it itself');
  const answered = await handleByCommands(occurrence, desk);
  const ruled = await handleByRules(occurrence, desk);
  return joined(
    answered === null ? [ruled] : answered.outcome === 'ignored' ? [ruled, answered] : [answered, ruled],
  );
}
