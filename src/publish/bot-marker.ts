/**
 * The hidden first line of a comment or thread that a rule or a command made: by which key it is found again, and why it was written. A
 * proof covers all of it. Only with the right author and a proof that this token makes is it our own; whatever else looks like it is not.
 * An HTML comment is invisible when rendered and kept in the body that the API returns: https://docs.gitlab.com/user/markdown/#comments
 */
import type { Cause } from '../model/bot-write.ts';
import type { Sign } from '../model/issue-marker.ts';
import { decodeMarkerText, encodeMarkerText, shortMarkerText } from '../model/marker-text.ts';
import type { Noteable } from '../model/noteable.ts';

export interface BotMark extends Cause {
  readonly kind: 'note' | 'thread';
  /** As `shortMarkerText` gives it. */
  readonly key: string;
}

/** Whose mark, and on what. */
export interface MarkOwner {
  readonly on: Noteable;
  readonly authorId: number;
  readonly sign: Sign;
}

const text = '[A-Za-z0-9_./%]{0,1200}';
const line = new RegExp(
  `^<!-- herald:bot v=1 kind=(note|thread) key=(${text}) by=(${text}) event=(${text}) config=([0-9a-f]{7,64}|-) ` +
    `permission=(${text}|-) author=\\d{1,15}:[A-Za-z0-9_-]{22} -->(?=\\r?\\n|$)`,
);

function proofOf({ kind, key, by, event, config, permission }: BotMark, owner: MarkOwner): string {
  const { on, authorId, sign } = owner;
  const place = [on.kind, on.project, on.iid];
  return sign(JSON.stringify(['herald:bot', ...place, kind, key, by, event, config, permission, authorId]));
}

function shortened({ kind, key, by, event, config, permission }: BotMark): BotMark {
  return {
    kind,
    key: shortMarkerText(key),
    by: shortMarkerText(by),
    event: shortMarkerText(event),
    config: config !== null && /^[0-9a-f]{7,64}$/.test(config) ? config : null,
    permission: permission === null ? null : shortMarkerText(permission),
  };
}

function lineOf(mark: BotMark, owner: MarkOwner): string {
  const { kind, key, by, event, config, permission } = mark;
  const fields = [
    `kind=${kind}`,
    `key=${encodeMarkerText(key)}`,
    `by=${encodeMarkerText(by)}`,
    `event=${encodeMarkerText(event)}`,
    `config=${config ?? '-'}`,
    `permission=${permission === null ? '-' : encodeMarkerText(permission)}`,
    `author=${owner.authorId}:${proofOf(mark, owner)}`,
  ];
  return `<!-- herald:bot v=1 ${fields.join(' ')} -->`;
}

/** Puts the marker and an empty line before a body. */
export function withBotMark(mark: BotMark, owner: MarkOwner, body: string): string {
  return `${lineOf(shortened(mark), owner)}\n\n${body}`;
}

/** The marker of a body: only as the very first line, only exactly as this token writes it for this owner; else null. */
export function genuineBotMark(body: string, owner: MarkOwner): BotMark | null {
  const match = line.exec(body);
  if (match === null) return null;
  const [whole, kind, ...fields] = match;
  const [key, by, event, config, permission] = fields.map((field) =>
    field === '-' ? null : (decodeMarkerText(field) ?? ''),
  );
  const mark: BotMark = {
    kind: kind === 'thread' ? 'thread' : 'note',
    key: key ?? '',
    by: by ?? '',
    event: event ?? '',
    config: config ?? null,
    permission: permission ?? null,
  };
  return lineOf(mark, owner) === whole ? mark : null;
}

/** What people see of a body with a marker; line ends and white space at the end as GitLab keeps them. */
export function textBelowMark(body: string): string {
  return body.replaceAll('\r\n', '\n').replace(line, '').trim();
}
