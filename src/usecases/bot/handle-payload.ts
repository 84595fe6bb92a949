import { occurrenceOf } from '../../bot/occurrence.ts';
import { UsageError } from '../../errors.ts';
import { parsePayload } from '../../webhooks/parse-payload.ts';
import { type BotWorld, type Handled, ignored } from './bot-world.ts';
import { handleOccurrence } from './handle-occurrence.ts';

const hint =
  'Give the body of a webhook of this GitLab, as TRIGGER_PAYLOAD holds it; docs/guides/bot.md shows how to set it up.';

/** Handles one webhook's body. Throws `UsageError` for what is no webhook's body; a kind that nobody handles is ignored. */
export async function handlePayload(text: string, world: BotWorld): Promise<Handled> {
  const parsed = parsePayload(text);
  switch (parsed.outcome) {
    case 'unreadable':
      throw new UsageError(`the payload cannot be read: ${parsed.reason}`, { hint });
    case 'malformed':
      throw new UsageError(`the payload is not a valid ${parsed.kind} event: ${parsed.reason}`, { hint });
    case 'unknown':
      return ignored(`the bot does nothing for ${parsed.kind} events`);
    case 'event': {
      const occurrence = occurrenceOf(parsed.event);
      return occurrence === null
        ? ignored(`this ${parsed.event.kind} event does not belong to a project`)
        : handleOccurrence(occurrence, world);
    }
  }
}
