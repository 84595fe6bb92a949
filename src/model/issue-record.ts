/**
 * A second hidden line of an issue that the bot keeps, below the line with its key: what the bot has to know of it
 * besides what it shows, with a proof, since many people may edit a description.
 */
import type { IssueOwner, Sign } from './issue-marker.ts';

const line =
  /^<!-- herald:issue [^\n]{1,2000} -->\r?\n\r?\n<!-- herald:record v=1 (?<data>[A-Za-z0-9_-]{1,60000}) proof=(?<proof>[A-Za-z0-9_-]{22}) -->(?=\r?\n|$)/;

interface OfIssue extends IssueOwner {
  readonly key: string;
}

function proofOf(data: string, { project, authorId, key }: OfIssue, sign: Sign): string {
  return sign(JSON.stringify(['herald:record', project, key, authorId, data]));
}

/** Puts the record before a text, which then gets the line with the key. */
export function withIssueRecord(
  { record, body }: { readonly record: string; readonly body: string },
  of: OfIssue,
  sign: Sign,
): string {
  const data = Buffer.from(record).toString('base64url');
  return `<!-- herald:record v=1 ${data} proof=${proofOf(data, of, sign)} -->\n\n${body}`;
}

/** The record of a description whose key is proved; null where there is none that this token made for this issue. */
export function genuineIssueRecord(description: string, of: OfIssue, sign: Sign): string | null {
  const { data, proof } = line.exec(description)?.groups ?? {};
  if (data === undefined || proof !== proofOf(data, of, sign)) return null;
  return Buffer.from(data, 'base64url').toString('utf8');
}
