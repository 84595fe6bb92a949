/** An accepted event, as the receiver keeps it until it is handled. */
import { createHash } from 'node:crypto';
import { type Occurrence, occurrenceOf } from '../bot/occurrence.ts';
import { noteableName } from '../model/noteable.ts';
import type { ParsedPayload } from '../webhooks/parse-payload.ts';

export interface Delivery {
  /** The sender's number of it, the same when it is sent again; of the body where the sender gives none. */
  readonly id: string;
  /** `merge_request.opened`, the most particular name; `unknown` for a kind that nobody reads. */
  readonly event: string;
  /** Id of the project that it claims to be about; null where it names none. */
  readonly project: number | null;
  /** Full path of the project that it comes from, as it claims; null where it names none. */
  readonly path: string | null;
  /** `merge_request 12!7`, `branch 12 main`: deliveries of one object are handled in their order, one at a time. */
  readonly object: string;
  /**
   * Says which waiting deliveries a newer one makes needless: those with the same text. Null where every one counts.
   */
  readonly meaning: string | null;
}

/** Names and paths of GitLab are shorter; of each waiting event they are in memory, and in every line of the log. */
const maxLength = 1_000;

/** A name that is longer ends with its hash, so that two of them stay two. */
function bounded(name: string): string {
  if (name.length <= maxLength) return name;
  const hash = createHash('sha256').update(name).digest('base64url').slice(0, 22);
  return `${name.slice(0, maxLength)}… ${hash}`;
}

function objectOf({ subject, ref, project, note }: Occurrence): string {
  if (subject !== null) return noteableName(subject);
  const commit = note?.commit ?? null;
  if (commit !== null) return `commit ${project}@${commit.sha}`;
  return ref === null ? `project ${project}` : `ref ${project} ${ref}`;
}

/**
 * Rules and reports read the state from GitLab when they run, so of two waiting events that say the same of the same
 * object the newer one is enough. Comments, labels, and claims that GitLab must confirm one by one always count.
 */
function meaningOf(occurrence: Occurrence): string | null {
  const { subject, note, claim, labelChange, names, actorId } = occurrence;
  const changes = labelChange.added.length + labelChange.removed.length;
  if (subject === null || note !== null || claim !== null || changes > 0) return null;
  return JSON.stringify([noteableName(subject), names, actorId]);
}

/** What the receiver has to know of a payload. The reader of payloads throws nothing, so this does not either. */
export function deliveryOf(id: string, parsed: ParsedPayload): Delivery {
  const nothing = { id, event: 'unknown', project: null, path: null, object: 'nothing', meaning: null };
  if (parsed.outcome !== 'event') return nothing;
  const occurrence = occurrenceOf(parsed.event);
  const claimed = parsed.event.project?.path ?? null;
  const path = claimed === null ? null : bounded(claimed);
  if (occurrence === null) return { ...nothing, event: parsed.event.kind };
  return {
    id,
    event: occurrence.names.at(-1) ?? parsed.event.kind,
    project: occurrence.project,
    path,
    object: bounded(objectOf(occurrence)),
    meaning: meaningOf(occurrence),
  };
}

/**
 * Whether a delivery may come from a project, by its id or full path. Where neither can be compared, the answer is yes:
 * an event of the bot's own pipelines would otherwise start pipelines without end.
 */
export function mayComeFrom({ project, path }: Delivery, from: number | string): boolean {
  if (typeof from === 'number') return project === from;
  return path === null || path.toLowerCase() === from.toLowerCase();
}
