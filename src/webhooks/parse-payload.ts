import * as z from 'zod';
import { isWithinBounds } from '../model/json-bounds.ts';
import { once } from '../model/once.ts';
import { parseWellFormedJson } from '../model/well-formed-json.ts';
import { restorePayload } from './payload-template.ts';
import { eventReaders, type WebhookEvent } from './registry.ts';
import { whyBroken } from './why-broken.ts';

/**
 * The result of reading a payload. Never throws: GitLab switches off a webhook that answers with errors.
 */
export type ParsedPayload =
  | { readonly outcome: 'event'; readonly event: WebhookEvent }
  /** A kind that nobody reads; `kind` is the payload's own word, bounded. */
  | { readonly outcome: 'unknown'; readonly kind: string }
  /** JSON, but not valid for its kind. */
  | { readonly outcome: 'malformed'; readonly kind: string; readonly reason: string }
  /** Not JSON at all, or not an object; `reason` names the likely cause. */
  | { readonly outcome: 'unreadable'; readonly reason: string };

/** GitLab.com's own limit of a delivery: https://docs.gitlab.com/user/gitlab_com/#webhooks */
export const maxPayloadBytes = 25 * 1024 * 1024;

const kindSchema = z.object({ object_kind: z.string().nullish(), event_name: z.string().nullish() });

/** Several times what 20 commits, 500 labels and a pipeline of 1,000 jobs take. */
const bounds = { maxDepth: 64, maxContainers: 500_000, maxValues: 2_000_000 } as const;
const maxKindLength = 60;

/** The kind comes from the body alone: headers never reach a triggered pipeline. */
function kindOf(value: unknown): { readonly objectKind: string | null; readonly eventName: string | null } {
  const parsed = kindSchema.safeParse(value, once).data;
  return { objectKind: parsed?.object_kind ?? null, eventName: parsed?.event_name ?? null };
}

/** Reads a payload's text; every part of it is untrusted. */
export function parsePayload(text: string): ParsedPayload {
  if (Buffer.byteLength(text) > maxPayloadBytes)
    return { outcome: 'unreadable', reason: 'it is larger than the 25 MB that GitLab delivers' };
  if (!isWithinBounds(text, bounds))
    return { outcome: 'unreadable', reason: 'it is nested too deeply, or has too many parts' };
  let value: unknown;
  try {
    value = parseWellFormedJson(text);
  } catch {
    // The parser's own message repeats the text.
    return { outcome: 'unreadable', reason: whyBroken(text) };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { outcome: 'unreadable', reason: 'it is not a JSON object' };
  return eventOf(restorePayload(value));
}

/** Messages repeat only names that look like events, because the payload can be any file. */
function shownKind(kind: string): string {
  return kind.length <= maxKindLength && /^[a-z]+(?:[_ -][a-z]+)*$/.test(kind) ? kind : 'nameless';
}

function eventOf(value: object): ParsedPayload {
  const { objectKind, eventName } = kindOf(value);
  const kind = shownKind(objectKind ?? eventName ?? 'none');
  const reader = eventReaders.find(({ objectKinds, eventNames }) =>
    objectKind === null
      ? eventNames.some((name) => name === eventName)
      : objectKinds.some((name) => name === objectKind),
  );
  if (reader === undefined) return { outcome: 'unknown', kind };
  const parsed = reader.schema.safeParse(value, once);
  if (parsed.success) return { outcome: 'event', event: parsed.data };
  const [problem] = parsed.error.issues;
  const where = problem?.path.join('.') ?? '';
  return { outcome: 'malformed', kind, reason: `${where}: ${problem?.message ?? 'not as expected'}` };
}
