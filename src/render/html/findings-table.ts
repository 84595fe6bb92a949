import { type Finding, severities } from '../../model/findings.ts';
import type { Summary } from '../../model/summary.ts';
import { fileAddress } from '../markdown/link-address.ts';
import type { Language } from '../words/english.ts';
import { anchor, breakable, codeText, el, type Html, tableOf } from './element.ts';

const maxFindings = 5_000;

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
      el('div', { dir: 'auto' }, breakable(finding.message.split('\n', 1)[0]?.slice(0, 500) ?? '')),
      el(
        'div',
        { class: 'dim' },
        breakable(finding.tool),
        ' ',
        anchor(finding.ruleUrl, breakable(finding.rule)),
      ),
    ),
    el('td', {}, path === null ? '' : anchor(address, codeText(line === null ? path : `${path}:${line}`))),
    el('td', {}, words.page.standing[standing]),
  );
}

/** Findings with the new ones first, then by severity. Null without any. */
export function findingsTable(summary: Summary, words: Language): Html | null {
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
  const shown = sorted.slice(0, maxFindings);
  return el(
    'div',
    {},
    el(
      'p',
      { class: 'dim' },
      words.page.findingsShown(shown.length, Math.max(0, findings.total - shown.length)),
    ),
    tableOf(
      { titles: head },
      shown.map((finding) => rowOf(finding, standingOf(finding), { summary, words })),
    ),
  );
}
