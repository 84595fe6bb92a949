/**
 * What says that a payload is an alert of another tool, and whose. GitLab's trigger puts the parameters of an address
 * beside the fields of a body, so a tool needs no settings but the address:
 * `…/trigger/pipeline?token=…&herald_alert=sentry&herald_project=group/project&herald_secret=…`. A receiver puts the
 * body into `herald_payload`, since the trigger overwrites `id`, `ref`, `variables`, `inputs` and `token`. Source:
 * https://docs.gitlab.com/ci/triggers/#access-webhook-payload
 */
import * as z from 'zod';
import { isWithinBounds } from '../model/json-bounds.ts';
import { once } from '../model/once.ts';
import { parseWellFormedJson } from '../model/well-formed-json.ts';
import { maxPayloadBytes, parsePayload } from './parse-payload.ts';

export interface AlertEnvelope {
  /** Name of the source. */
  readonly source: string;
  /** By id or full path; null for the project that the bot runs in. */
  readonly project: number | string | null;
  readonly secret: string | null;
  /** What the tool sent; untrusted like the rest. */
  readonly payload: unknown;
}

const bounds = { maxDepth: 64, maxContainers: 100_000, maxValues: 500_000 } as const;
const path = /^\w[\w.-]{0,254}(?:\/\w[\w.-]{0,254}){1,20}$/;

const schema = z.looseObject({
  herald_alert: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  herald_project: z
    .union([
      z.int().positive(),
      z
        .string()
        .regex(/^[1-9]\d{0,14}$/)
        .transform(Number),
      z.string().max(1_000).regex(path),
    ])
    .nullish(),
  herald_secret: z.string().min(1).max(500).nullish(),
  herald_payload: z.unknown().optional(),
});

/** Names of the address and of GitLab's trigger, which are not the tool's. */
const own: ReadonlySet<string> = new Set([
  'herald_alert',
  'herald_project',
  'herald_secret',
  'herald_payload',
  'id',
  'ref',
  'variables',
  'inputs',
]);

function objectIn(text: string): object | null {
  if (Buffer.byteLength(text) > maxPayloadBytes || !isWithinBounds(text, bounds)) return null;
  try {
    const value: unknown = parseWellFormedJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * The alert in a payload; null for payloads that are none, and why not for one that is wrong. A payload that is one of
 * GitLab's own events is never an alert, whatever else is in it: a receiver takes it for what GitLab sent.
 */
export function parseAlertEnvelope(text: string): AlertEnvelope | { readonly wrong: string } | null {
  const value = objectIn(text);
  if (value === null || !Object.hasOwn(value, 'herald_alert')) return null;
  if (parsePayload(text).outcome !== 'unknown') return null;
  const parsed = schema.safeParse(value, once);
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    return { wrong: `${String(problem?.path[0] ?? '')} of an alert is not valid` };
  }
  const { herald_alert: source, herald_project: project, herald_secret: secret, ...rest } = parsed.data;
  const payload =
    rest.herald_payload ?? Object.fromEntries(Object.entries(value).filter(([name]) => !own.has(name)));
  return { source, project: project ?? null, secret: secret ?? null, payload };
}

/**
 * A message that a receiver believes, as the bot reads it; null for what is not a JSON object. What the tool sent is
 * inside, so that it cannot name another source or project.
 */
export function wrapAlert(
  text: string,
  {
    source,
    project,
    secret,
  }: { readonly source: string; readonly project: number; readonly secret: string | null },
): string | null {
  const payload = objectIn(text);
  if (payload === null) return null;
  return JSON.stringify({
    herald_alert: source,
    herald_project: project,
    ...(secret === null ? {} : { herald_secret: secret }),
    herald_payload: payload,
  });
}
