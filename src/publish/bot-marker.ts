/**
 * The hidden first line of a comment or thread that a rule or a command made: the key by which Herald finds it again,
 * and the reason for it. A proof by the token that wrote it covers the whole line, the object and the author. A line with this token's name needs its proof. A line with another token's name is from before the token was replaced: then GitLab's answer counts that the own user wrote the comment, which only maintainers could have changed. An HTML comment is invisible when rendered and kept in the body that the API returns: https://docs.gitlab.com/user/markdown/#comments
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

/** The author of the mark, and its object. */
export interface MarkOwner {
  readonly on: Noteable;
  readonly authorId: number;
  readonly sign: Sign;
}

const text = '[A-Za-z0-9_./%]{0,1200}';
const line = new RegExp(
  `^<!-- herald:bot v=1 on=[a-z_]{5,13}/\\d{1,15}/\\d{1,15} kind=(note|thread) key=(${text}) by=(${text}) event=(${text}) ` +
    `config=([0-9a-f]{7,64}|-) permission=(${text}|-) author=\\d{1,15} token=([A-Za-z0-9_-]{8}) ` +
    `proof=([A-Za-z0-9_-]{22}) -->(?=\\r?\\n|$)`,
);

interface Seal {
  /** Distinguishes tokens, and reveals nothing about them. */
  readonly token: string;
  readonly proof: string;
}

function tokenName(sign: Sign): string {
  return sign('herald:token').slice(0, 8);
}

function sealOf({ kind, key, by, event, config, permission }: BotMark, owner: MarkOwner): Seal {
  const { on, authorId, sign } = owner;
  const place = [on.kind, on.project, on.iid];
  const claim = ['herald:bot', ...place, kind, key, by, event, config, permission, authorId];
  return { token: tokenName(sign), proof: sign(JSON.stringify(claim)) };
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

function lineOf(mark: BotMark, { on, authorId }: MarkOwner, { token, proof }: Seal): string {
  const { kind, key, by, event, config, permission } = mark;
  const fields = [
    `on=${on.kind}/${on.project}/${on.iid}`,
    `kind=${kind}`,
    `key=${encodeMarkerText(key)}`,
    `by=${encodeMarkerText(by)}`,
    `event=${encodeMarkerText(event)}`,
    `config=${config ?? '-'}`,
    `permission=${permission === null ? '-' : encodeMarkerText(permission)}`,
    `author=${authorId}`,
    `token=${token}`,
    `proof=${proof}`,
  ];
  return `<!-- herald:bot v=1 ${fields.join(' ')} -->`;
}

/** Puts the marker and an empty line before a body. */
export function withBotMark(mark: BotMark, owner: MarkOwner, body: string): string {
  const short = shortened(mark);
  return `${lineOf(short, owner, sealOf(short, owner))}\n\n${body}`;
}

/**
 * The marker of a body that the owner wrote: only as the very first line, only exactly as it is written, only for this
 * object and author; else null. The caller must know the body's author from GitLab.
 */
export function ownBotMark(body: string, owner: MarkOwner): BotMark | null {
  const match = line.exec(body);
  if (match === null) return null;
  const [whole, kind, ...fields] = match;
  const [token = '', proof = ''] = fields.slice(5);
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
  const seal = token === tokenName(owner.sign) ? sealOf(mark, owner) : { token, proof };
  return lineOf(mark, owner, seal) === whole ? mark : null;
}

/** The visible part of a body with a marker; line ends and trailing white space as GitLab keeps them. */
export function textBelowMark(body: string): string {
  return body.replaceAll('\r\n', '\n').replace(line, '').trim();
}
