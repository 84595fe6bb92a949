import type { EarlierFinding, NewFinding } from '../../../model/comparison.ts';
import {
  type Block,
  code,
  details,
  heading,
  type Icon,
  type Inline,
  icon,
  link,
  list,
  paragraph,
  text,
} from '../../../model/document.ts';
import type { Finding, Severity } from '../../../model/findings.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { shortenText } from '../../words/shorten-text.ts';
import { placeLink } from '../place-link.ts';
import { itemLimit, type Section } from '../section.ts';

const usualFindings = 20;
const fewFindings = 5;
const maxMessage = 300;
const maxName = 200;

const severityIcons: Readonly<Record<Severity, Icon>> = {
  critical: 'failed',
  high: 'failed',
  medium: 'warning',
  low: 'info',
  info: 'info',
  unknown: 'info',
};

function placeOf({ path, line }: Pick<Finding, 'path' | 'line'>, summary: Summary, words: Language): Inline {
  if (path === null) return text(words.findings.project);
  const label = shortenText(line === null ? path : `${path}:${line}`, maxName);
  return placeLink(summary, { path, line }, code(label));
}

/** The tool's word for the rule, linked to its explanation where the report gives one. */
function ruleOf({ rule, ruleUrl, tool }: Finding): readonly Inline[] {
  const name = rule === '' ? tool : rule;
  if (name === '') return [];
  const label = code(shortenText(name, maxName));
  return [text(' '), ruleUrl === null ? label : link(ruleUrl, label)];
}

function severityOf({ severity }: { readonly severity: Severity }, words: Language): readonly Inline[] {
  return [icon(severityIcons[severity]), text(` ${words.findings.severity[severity]}`)];
}

function table(
  findings: readonly NewFinding[],
  { summary, words }: { readonly summary: Summary; readonly words: Language },
): Block {
  // With all of them on changed lines the heading says it.
  const isMarked = findings.some(({ onChangedLine }) => onChangedLine !== true);
  const { severity, place, message } = words.findings.columns;
  return {
    kind: 'table',
    columns: [severity, place, message].map((title) => ({ title: [text(title)], align: 'left' })),
    rows: findings.map(({ finding, onChangedLine }) => [
      severityOf(finding, words),
      [
        placeOf(finding, summary, words),
        ...(onChangedLine === true && isMarked ? [text(` – ${words.findings.changedLine}`)] : []),
      ],
      [text(shortenText(finding.message, maxMessage)), ...ruleOf(finding)],
    ]),
  };
}

interface Group {
  readonly title: string;
  readonly findings: readonly NewFinding[];
}

function groupBlocks(
  { title, findings }: Group,
  max: number,
  place: { readonly summary: Summary; readonly words: Language },
): readonly Block[] {
  if (findings.length === 0) return [];
  const { words } = place;
  const onChanged = findings.filter(({ onChangedLine }) => onChangedLine === true).length;
  const where = onChanged > 0 ? `, ${words.findings.onChangedLines(onChanged, findings.length)}` : '';
  const shown = findings.slice(0, max);
  const more = findings.length - shown.length;
  return [
    heading(4, text(`${title}${where}`)),
    ...(shown.length === 0 ? [] : [table(shown, place)]),
    ...(more > 0 ? [paragraph(text(words.findings.more(more)))] : []),
  ];
}

function fixedFold(
  fixed: { readonly count: number; readonly items: readonly EarlierFinding[] },
  max: number,
  words: Language,
): readonly Block[] {
  if (fixed.items.length === 0) return [];
  const items = fixed.items
    .slice(0, max)
    .map((finding) => [
      paragraph(
        ...severityOf(finding, words),
        ...(finding.path === null ? [] : [text(' '), code(finding.path)]),
        text(`: ${shortenText(finding.message, maxMessage)}`),
      ),
    ]);
  const more = fixed.count - items.length;
  return [
    details(
      [text(words.findings.fixedHeading(fixed.count))],
      [list(...items), ...(more > 0 ? [paragraph(text(words.findings.more(more)))] : [])],
    ),
  ];
}

/** Without a baseline nobody knows what is new: the grave ones of security scanners are named, folded away. */
function graveFold(summary: Summary, max: number, words: Language): readonly Block[] {
  const undecided = summary.comparison.findings?.undecided;
  const grave = (undecided ?? summary.findings?.findings ?? []).filter(
    ({ category, severity, suppressed }) =>
      category === 'security' && !suppressed && (severity === 'critical' || severity === 'high'),
  );
  if (grave.length === 0) return [];
  const shown = grave.slice(0, max).map((finding) => ({ finding, onChangedLine: null }));
  const more = grave.length - shown.length;
  return [
    details(
      [text(words.findings.graveHeading(grave.length))],
      [
        ...(shown.length === 0 ? [] : [table(shown, { summary, words })]),
        ...(more > 0 ? [paragraph(text(words.findings.more(more)))] : []),
      ],
    ),
  ];
}

/** Why it is not known of all findings whether they are new. A run of no merge request has no new ones. */
function openBlocks({ comparison, findings, mergeRequest }: Summary, words: Language): readonly Block[] {
  if (mergeRequest === null || findings === null || findings.total === 0) return [];
  if (comparison.findings === null) return [paragraph(text(words.findings.notCompared))];
  const { length } = comparison.findings.undecided;
  return length === 0 ? [] : [paragraph(text(words.findings.undecided(length)))];
}

/**
 * What analysers found that the target branch does not have: security apart, on changed lines first, then by severity.
 */
export const findings: Section = (summary, words, options) => {
  const { findings: compared } = summary.comparison;
  const fresh = compared?.fresh ?? [];
  const security = fresh.filter(({ finding }) => finding.category === 'security');
  const others = fresh.filter(({ finding }) => finding.category !== 'security');
  const news = (max: number): readonly Block[] => [
    ...groupBlocks({ title: words.findings.securityHeading(security.length), findings: security }, max, {
      summary,
      words,
    }),
    ...groupBlocks({ title: words.findings.heading(others.length), findings: others }, max, {
      summary,
      words,
    }),
  ];
  const limit = itemLimit(options, usualFindings);
  const full = [
    ...news(limit),
    ...graveFold(summary, limit, words),
    ...openBlocks(summary, words),
    ...(compared !== null && !compared.complete && fresh.length > 0
      ? [paragraph(text(words.findings.incomplete))]
      : []),
    ...(compared !== null && options.layout.detail === 'full' ? fixedFold(compared.fixed, limit, words) : []),
  ];
  if (full.length === 0) return null;
  return {
    id: 'findings',
    importance: security.length > 0 ? 2.5 : 3.2,
    full,
    short: news(Math.min(limit, fewFindings)),
    counted: fresh.length === 0 ? '' : words.findings.noun(fresh.length),
  };
};
