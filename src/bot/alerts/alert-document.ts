import type { Alert, AlertCode, AlertFrame, AlertWords } from '../../model/alert.ts';
import {
  type Block,
  code,
  codeBlock,
  type Document,
  type Inline,
  link,
  list,
  paragraph,
  text,
} from '../../model/document.ts';
import { counted } from '../../model/plural.ts';
import { fileAddress } from '../../render/markdown/link-address.ts';
import { formatSpan } from '../../render/words/format-span.ts';
import { maxAlerts } from '../../trail/alerts/alert-format.ts';
import { type AlertRecord, maxWaiting, type RestRecord } from '../../trail/alerts/alert-record.ts';

const shortSha = 8;

/** `2026-12-01 03:48 UTC` */
function moment(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

function occurrences({ count }: { readonly count: number }): string {
  return counted(count, { one: 'occurrence', other: 'occurrences' });
}

function factsOf({ severity, link: url }: AlertWords, source: string): Block {
  const facts: Inline[] = [text('Reported by '), code(source)];
  if (severity !== null) facts.push(text(', severity '), code(severity));
  if (url !== null) facts.push(text(': '), link(url, text('open it there')));
  return paragraph(...facts, text('.'));
}

function courseOf(record: AlertRecord): Block {
  const { first, latest } = record;
  const words =
    record.count < 2
      ? `It happened at ${moment(latest)}.`
      : `${occurrences(record)}: the first at ${moment(first)}, the latest at ${moment(latest)}.`;
  return paragraph(text(words));
}

function place({ path, line, functionName }: AlertFrame, sha: string, projectUrl: string): readonly Inline[] {
  const shown = code(line === null ? path : `${path}:${line}`);
  const address = fileAddress(projectUrl, sha, { path, line });
  const at = address === null ? shown : link(address, shown);
  return functionName === '' ? [at] : [at, text(' in '), code(functionName)];
}

function codeBlocks({ sha, isRelease, places, owners }: AlertCode, projectUrl: string): readonly Block[] {
  const commit = link(`${projectUrl}/-/commit/${sha}`, code(sha.slice(0, shortSha)));
  const where = isRelease
    ? [text('Code at the commit that the alert names, '), commit, text(':')]
    : [
        text('The alert names no commit of the project. Code at the newest one of the default branch, '),
        commit,
        text(':'),
      ];
  const known = owners.flatMap((owner, index) => (index === 0 ? [code(owner)] : [text(', '), code(owner)]));
  return [
    paragraph(...where),
    list(...places.map((one) => [paragraph(...place(one, sha, projectUrl))])),
    ...(owners.length === 0 ? [] : [paragraph(text('Code owners: '), ...known, text('.'))]),
  ];
}

function framesList(frames: readonly AlertFrame[]): readonly Block[] {
  const shown = frames.slice(0, 5).map(({ path, line, functionName }) => {
    const at = code(line === null ? path : `${path}:${line}`);
    return [paragraph(...(functionName === '' ? [at] : [at, text(' in '), code(functionName)]))];
  });
  return shown.length === 0 ? [] : [paragraph(text('The stack names:')), list(...shown)];
}

interface About {
  readonly source: string;
  readonly projectUrl: string;
}

/** The description of the issue about an alert. */
export function alertDocument(record: AlertRecord, { source, projectUrl }: About): Document {
  const { labels, text: words, frames } = record.words;
  return [
    factsOf(record.words, source),
    courseOf(record),
    ...(words === '' ? [] : [codeBlock(words)]),
    ...(record.code === null ? framesList(frames) : codeBlocks(record.code, projectUrl)),
    ...(labels.length === 0
      ? []
      : [list(...labels.map(([name, value]) => [paragraph(code(name), text(': '), code(value))]))]),
    paragraph(
      text('This issue is closed when '),
      code(source),
      text(
        ' reports that it is over, and opened again when it happens again. Write in comments: this text is replaced.',
      ),
    ),
  ];
}

/** The one comment on an issue that is closed, which later ends replace. */
export function endDocument(record: AlertRecord, seconds: number, source: string): Document {
  return [
    paragraph(
      code(source),
      text(` reports that it is over. It lasted ${formatSpan(seconds)}; ${occurrences(record)} so far.`),
    ),
  ];
}

/** The description of the issue that counts the alerts without an issue of their own. */
export function restDocument(
  { count, waiting, unread }: RestRecord,
  last: Alert | null,
  { source, max }: { readonly source: string; readonly max: number },
): Document {
  const alerts = counted(count, { one: 'alert', other: 'alerts' });
  const left = unread.reduce((sum, [, number]) => sum + number, 0);
  const isFull = waiting.length >= maxWaiting;
  const counts = [
    text(`${alerts} of `),
    code(source),
    text(
      ` got no issue: at most ${max} are open at once. ${isFull ? 'At least ' : ''}${waiting.length} of them are not over.`,
    ),
  ];
  const unknown = [
    text(`${counted(left, { one: 'alert', other: 'alerts' })} of `),
    code(source),
    text(` could not be read: the message of the tool was without them, or had more than ${maxAlerts}.`),
  ];
  return [
    ...(count === 0 ? [] : [paragraph(...counts)]),
    ...(left === 0 ? [] : [paragraph(...unknown)]),
    ...(last === null ? [] : [paragraph(text('The latest: '), code(last.title))]),
    paragraph(text('This issue is closed when none of them is left.')),
  ];
}
