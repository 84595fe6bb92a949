import { type Finding, severities } from '../../model/findings.ts';
import type { Summary } from '../../model/summary.ts';
import { fileAddress } from '../markdown/link-address.ts';
import type { Language } from '../words/english.ts';
import { shortenStart, shortenText } from '../words/shorten-text.ts';
import { anchor, breakable, codeText, el, type Html, rowsWithin, tableOf } from './element.ts';

const maxFindings = 5_000;
const maxName = 200;
const maxPath = 300;
/** The heading of the table and the sentence above it. */
const frameBytes = 600;

type Standing = 'fresh' | 'existing' | 'unknown';

function rowOf(
  finding: Finding,
  standing: Standing,
  { summary, words }: { summary: Summary; words: Language },
): Html {
  const { context, mergeRequest } = summary;
  const sha = mergeRequest?.headSha ?? context.commit.sha;
  const { path, line } = finding;
  const address = path === null ? null : fileAddress(context.project.url, sha, { path, line });
  return el(
    'tr',
    { class: standing },
    el('td', { class: `severity ${finding.severity}` }, finding.severity),
    el(
      'td',
      {},
      el(
        'div',
        { dir: 'auto' },
        breakable(finding.message.slice(0, 2_000).split('\n', 1)[0]?.slice(0, 500) ?? ''),
      ),
      el(
        'div',
        { class: 'dim' },
        breakable(shortenText(finding.tool, maxName)),
        ' ',
        anchor(finding.ruleUrl, breakable(shortenText(finding.rule, maxName))),
      ),
    ),
    el(
      'td',
      {},
      path === null
        ? ''
        : anchor(address, codeText(`${shortenStart(path, maxPath)}${line === null ? '' : `:${line}`}`)),
    ),
    el('td', {}, words.page.standing[standing]),
  );
}

/** Findings in so many bytes, the new ones first, then by severity; the others are counted. Null without any. */
export function findingsTable(summary: Summary, words: Language, maxBytes: number): Html | null {
  const { findings, comparison } = summary;
  const counted = findings?.findings.filter(({ suppressed }) => !suppressed) ?? [];
  if (findings === null || counted.length === 0) return null;
  const fresh = new Set(comparison.findings?.fresh.map(({ finding }) => finding.id));
  const undecided = new Set(comparison.findings?.undecided.map(({ id }) => id));
  const standingOf = ({ id }: Finding): Standing =>
    fresh.has(id) ? 'fresh' : comparison.findings === null || undecided.has(id) ? 'unknown' : 'existing';
  const sorted = counted.toSorted(
    (a, b) =>
      Number(fresh.has(b.id)) - Number(fresh.has(a.id)) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  const head = [words.page.severity, words.page.finding, words.page.place, words.page.standing.title];
  const rows = rowsWithin(sorted.slice(0, maxFindings), maxBytes - frameBytes, (finding) =>
    rowOf(finding, standingOf(finding), { summary, words }),
  );
  return el(
    'div',
    {},
    el(
      'p',
      { class: 'dim' },
      words.page.findingsShown(rows.length, Math.max(0, findings.total - rows.length)),
    ),
    tableOf({ titles: head }, rows),
  );
}
