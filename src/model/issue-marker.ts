/**
 * The hidden first line of an issue that the bot opened: the key by which it is found again, and a proof of its author,
 * since many people may edit a description. An HTML comment is invisible when rendered and kept in the description that the API returns: https://docs.gitlab.com/user/markdown/#comments
 */
import { decodeMarkerText, encodeMarkerText, shortMarkerText } from './marker-text.ts';

const line =
  /^<!-- herald:issue v=1 key=([A-Za-z0-9_./%]{1,1200}) by=(\d{1,15}):([A-Za-z0-9_-]{22}) -->(?=\r?\n|$)/;

/** Whose issue in which project a marker is about. */
export interface IssueOwner {
  readonly project: number;
  readonly authorId: number;
}

/** Makes a proof that only this token can make: `Users.signature` of the port. */
export type Sign = (text: string) => string;

function proofOf(key: string, { project, authorId }: IssueOwner, sign: Sign): string {
  return sign(JSON.stringify(['herald:issue', project, key, authorId]));
}

/** Puts the marker line and an empty line before a description. */
export function withIssueMarker(
  { key, body }: { readonly key: string; readonly body: string },
  owner: IssueOwner,
  sign: Sign,
): string {
  const name = shortMarkerText(key);
  const by = `${owner.authorId}:${proofOf(name, owner, sign)}`;
  return `<!-- herald:issue v=1 key=${encodeMarkerText(name)} by=${by} -->\n\n${body}`;
}

/** The key in a description, no matter who wrote it: only for uses where nothing depends on it. Null without a key. */
export function claimedIssueKey(description: string): string | null {
  const [, encoded] = line.exec(description) ?? [];
  return encoded === undefined ? null : decodeMarkerText(encoded);
}

/**
 * The key of a description, as `shortMarkerText` gives it: only from a marker in the very first line, exactly
 * as it is written, and that this token made for an issue of this author in this project; else null.
 */
export function genuineIssueKey(description: string, owner: IssueOwner, sign: Sign): string | null {
  const [, encoded = '', id, proof] = line.exec(description) ?? [];
  const key = decodeMarkerText(encoded);
  if (key === null || key === '' || Number(id) !== owner.authorId) return null;
  return proof === proofOf(key, owner, sign) ? key : null;
}

/** What the marker of an issue claims; nothing of it is proved. */
export interface ClaimedIssue {
  readonly key: string;
  readonly authorId: number;
}

/**
 * The claims in the first line of a description, no matter who wrote it; null without a marker. Only for descriptions
 * whose author GitLab names, and if this author has rights: anybody can write such a line.
 */
export function claimedIssue(description: string): ClaimedIssue | null {
  const [, encoded = '', id] = line.exec(description) ?? [];
  const key = decodeMarkerText(encoded);
  return key === null || key === '' || id === undefined ? null : { key, authorId: Number(id) };
}
