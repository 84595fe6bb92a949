import { type Occurrence, occurrenceOf } from '../../bot/occurrence.ts';
import { UsageError } from '../../errors.ts';
import { parseAlertEnvelope } from '../../webhooks/alert-envelope.ts';
import { parsePayload } from '../../webhooks/parse-payload.ts';
import { type BotWorld, type Handled, ignored } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { deskAbout, fieldsAbout } from './desk-about.ts';
import { handleByCommands } from './handle-by-commands.ts';
import { handleByPipeline } from './handle-by-pipeline.ts';
import { handleByRules } from './handle-by-rules.ts';
import { openDesk } from './open-desk.ts';
import { tellOfWrongSettings } from './tell-of-wrong-settings.ts';

const hint =
  'Give the body of a webhook of this GitLab, as TRIGGER_PAYLOAD holds it; docs/guides/bot.md shows how to set it up.';

const hintOfAlerts = 'docs/guides/alerts.md shows the address that a tool sends its alerts to';

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
 * Handles one occurrence: guards, then commands, then rules. Everything it acts on comes from GitLab; the payload only
 * says where to look. Handling it again, or in two runs at once, does nothing more. Throws what the port throws, and
 * `UsageError` for a wrong configuration.
 */
async function handleOccurrence(occurrence: Occurrence, world: BotWorld): Promise<Handled> {
  if (occurrence.names.length === 0) return ignored('GitLab itself did it');
  const desk = await openDesk(occurrence.project, world).catch(async (error: unknown) => {
    if (error instanceof UsageError) await tellOfWrongSettings(occurrence, world);
    throw error;
  });
  const event = occurrence.names.at(-1) ?? '';
  const object = occurrence.subject;
  const about = (project: string | number): Pick<Handled, 'about'> => ({
    about: fieldsAbout({ event, project, object }),
  });
  if ('nothing' in desk) return { ...ignored(desk.nothing), ...about(occurrence.project) };
  return { ...(await handleAt(deskAbout(desk, { event, object }), occurrence)), ...about(desk.project.path) };
}

async function handleAt(desk: Desk, occurrence: Occurrence): Promise<Handled> {
  // Of a pipeline that the bot started, the report is due like of any other.
  const piped = await handleByPipeline(occurrence, desk);
  if (occurrence.actorId === desk.self.id) return piped ?? ignored('the bot did it itself');
  const answered = await handleByCommands(occurrence, desk);
  const ruled = await handleByRules(occurrence, desk);
  const isAnswered = answered?.outcome === 'handled';
  const others = [isAnswered ? answered : null, ruled, isAnswered ? null : answered];
  return joined([piped, ...others].filter((part) => part !== null));
}

/** An alert of another tool, or nothing that the bot knows. */
async function handleUnknown(
  kind: string,
  text: string,
  { world, isTrusted }: { readonly world: BotWorld; readonly isTrusted: boolean },
): Promise<Handled> {
  const envelope = parseAlertEnvelope(text);
  if (envelope === null) return ignored(`the bot does nothing for ${kind} events`);
  if ('wrong' in envelope) throw new UsageError(envelope.wrong, { hint: hintOfAlerts });
  // Few projects have alerts.
  const { handleAlert } = await import('./handle-alert.ts');
  return handleAlert(envelope, world, isTrusted);
}

/**
 * Handles one webhook's body, or alerts of another tool. Throws `UsageError` for a text that is neither; ignores kinds
 * that nobody handles. `isTrusted`: the person who runs this process has checked who sent it; a trigger
 * has not.
 */
export async function handlePayload(text: string, world: BotWorld, isTrusted = false): Promise<Handled> {
  const parsed = parsePayload(text);
  switch (parsed.outcome) {
    case 'unreadable':
      throw new UsageError(`the payload cannot be read: ${parsed.reason}`, { hint });
    case 'malformed':
      throw new UsageError(`the payload is not a valid ${parsed.kind} event: ${parsed.reason}`, { hint });
    case 'unknown':
      return handleUnknown(parsed.kind, text, { world, isTrusted });
    case 'event': {
      const occurrence = occurrenceOf(parsed.event);
      return occurrence === null
        ? ignored(`this ${parsed.event.kind} event does not belong to a project`)
        : handleOccurrence(occurrence, world);
    }
  }
}
