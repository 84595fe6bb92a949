/**
 * The hidden first line of the bot's answer to a comment. It lists the answered commands of the comment, so that
 * nothing is done twice: GitLab is the only memory. It counts if GitLab says that the bot's own user wrote the answer.
 * It holds no proof of the token, so that nothing is done again after the token was replaced.
 */
import { createHash } from 'node:crypto';
import type { CommandCall } from './command.ts';

/** `working`: a run has begun it and has not reported its end. */
export const callStates = ['working', 'done', 'refused', 'cannot', 'failed'] as const;

export type CallState = (typeof callStates)[number];

export interface ReplyMarker {
  /** The comment that is answered. */
  readonly noteId: number;
  /** By the call's hash, in the order they were answered. */
  readonly calls: ReadonlyMap<string, CallState>;
  /** Commit of the configuration; null for the defaults. */
  readonly config: string | null;
  /** The comment was not a thread; this answer made it one, which can block the merge. */
  readonly madeThread: boolean;
}

const letters: Readonly<Record<CallState, string>> = {
  working: 'w',
  done: 'd',
  refused: 'r',
  cannot: 'c',
  failed: 'f',
};

const line =
  /^<!-- herald:reply v=1 note=(\d{1,15}) calls=([0-9a-f]{12}[wdrcf](?:,[0-9a-f]{12}[wdrcf]){0,199}|-) config=([0-9a-f]{7,64}|-)( thread)? -->(?=\r?\n|$)/;

/** 12 hex digits of a call's text: what is written in another case or with other spaces is the same call. */
export function hashOf({ text }: CommandCall): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function stateOf(letter: string): CallState {
  return callStates.find((state) => letters[state] === letter) ?? 'failed';
}

/**
 * Reads the marker: only as the very first line, only exactly as it is written; else null. The caller checks whether it
 * is genuine.
 */
export function parseReplyMarker(body: string): ReplyMarker | null {
  const [, noteId, calls, config, thread] = line.exec(body) ?? [];
  if (noteId === undefined || calls === undefined || config === undefined) return null;
  const entries = calls === '-' ? [] : calls.split(',');
  return {
    noteId: Number(noteId),
    calls: new Map(entries.map((entry) => [entry.slice(0, 12), stateOf(entry.slice(12))])),
    config: config === '-' ? null : config,
    madeThread: thread !== undefined,
  };
}

/** The most answers that a marker keeps; a comment that was edited more often than that is no longer read. */
export const maxAnswered = 200;

/** Puts the marker and an empty line before a body. */
export function withReplyMarker({ noteId, calls, config, madeThread }: ReplyMarker, body: string): string {
  const entries = [...calls].map(([hash, state]) => `${hash}${letters[state]}`).join(',');
  const answered = entries === '' ? '-' : entries;
  return `<!-- herald:reply v=1 note=${noteId} calls=${answered} config=${config ?? '-'}${madeThread ? ' thread' : ''} -->\n\n${body}`;
}
