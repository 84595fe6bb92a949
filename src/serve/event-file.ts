/** The files of the spool: one or several events each, as they came in together. */
import * as z from 'zod';
import type { Delivery } from '../receiver/delivery.ts';

/** An event of a file. */
export interface FiledEvent {
  /** Sorts by arrival: `<milliseconds>-<count>-<id>`. */
  readonly name: string;
  readonly delivery: Delivery;
  /** Where it is in the file, its line with it, in bytes. */
  readonly start: number;
  /** Where its body is. */
  readonly begin: number;
  readonly end: number;
}

const headSchema = z.object({
  name: z.string(),
  bytes: z.number().int().min(0),
  id: z.string(),
  event: z.string(),
  project: z.number().nullable(),
  path: z.string().nullable(),
  object: z.string(),
  meaning: z.string().nullable(),
});

/** Of an event, and of a file, which has the name of its first event. */
const nameForm = /^(\d{15})-\d{6}-([\w-]{1,64})$/;

/** Name of the event that a file begins with; null for files of others. */
export function firstEventOf(file: string): string | null {
  const name = file.endsWith('.json') ? file.slice(0, -5) : '';
  return nameForm.test(name) ? name : null;
}

/** When an event came, in milliseconds since 1970. */
export function arrivalOf(name: string): number {
  return Number(nameForm.exec(name)?.[1] ?? 0);
}

/** One event as it is in a file: a line with what the receiver knows of it, then the body as it came. */
export function fileEntry(name: string, delivery: Delivery, body: Uint8Array): Buffer {
  const head = JSON.stringify({ name, bytes: body.length, ...delivery });
  return Buffer.concat([Buffer.from(`${head}\n`), body, Buffer.from('\n')]);
}

function parseHead(line: string): z.infer<typeof headSchema> | null {
  try {
    return headSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/**
 * The events of a file. It was complete before it had its name, so a line that cannot be read was changed by someone:
 * the rest of the file is then one event of which nothing is known.
 */
export function eventsIn(content: Buffer, file: string): readonly FiledEvent[] {
  const found: FiledEvent[] = [];
  for (let at = 0; at < content.length; ) {
    const lineEnd = content.indexOf(10, at);
    const begin = lineEnd < 0 ? content.length : lineEnd + 1;
    const head = parseHead(content.toString('utf8', at, begin));
    if (head === null || !nameForm.test(head.name) || begin + head.bytes > content.length) {
      found.push({ ...unknownEvent(file, found.length), start: at, begin, end: content.length });
      break;
    }
    const { name, bytes, ...delivery } = head;
    found.push({ name, delivery, start: at, begin, end: begin + bytes });
    at = begin + bytes + 1;
  }
  return found;
}

function unknownEvent(file: string, place: number): Pick<FiledEvent, 'name' | 'delivery'> {
  const first = firstEventOf(file) ?? file;
  const [, , id = ''] = nameForm.exec(first) ?? [];
  const name = place === 0 ? first : `${first.slice(0, -id.length)}${id.slice(0, 56)}-${place}`;
  const about = { event: 'unknown', project: null, path: null, object: `file ${name}`, meaning: null };
  return { name, delivery: { id: place === 0 ? id : name.slice(23), ...about } };
}
