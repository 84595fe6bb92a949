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
  restOf,
  strong,
  text,
} from '../../../model/document.ts';
import { type Finding, type Severity, severities } from '../../../model/findings.ts';
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
    ...(more > 0 ? [restOf(more, words.findings.more(more))] : []),
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
      [list(...items), ...(more > 0 ? [restOf(more, words.findings.more(more))] : [])],
    ),
  ];
}

/** Where nobody knows what is new, only these are named; the others are counted. */
const named: ReadonlySet<Severity> = new Set<Severity>(['critical', 'high', 'medium']);

/** By severity, those of security scanners first; what the report itself dismisses is not among them. */
function worstOf(open: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity, category }: Finding): number =>
    severities.indexOf(severity) * 2 + (category === 'security' ? 0 : 1);
  return open
    .filter(({ severity, suppressed }) => named.has(severity) && !suppressed)
    .sort((a, b) => rank(a) - rank(b));
}

/** Where nobody knows what is new, the worst are named, with their lines. */
function worstBlocks(summary: Summary, max: number, words: Language): readonly Block[] {
  const { findings: compared } = summary.comparison;
  const open = compared === null ? (summary.findings?.findings ?? []) : compared.undecided;
  const worst = worstOf(open);
  if (worst.length === 0 || max === 0) return [];
  const shown = worst.slice(0, max);
  const total = compared === null ? (summary.findings?.total ?? 0) : compared.undecided.length;
  const more = total - shown.length;
  const items = shown.map((finding) => [
    paragraph(
      strong(text(words.findings.severity[finding.severity])),
      text(' '),
      placeOf(finding, summary, words),
      ...ruleOf(finding),
      text(`: ${shortenText(finding.message, maxMessage)}`),
    ),
  ]);
  return [
    heading(4, text(words.findings.worstHeading)),
    list(...items),
    ...(more > 0 ? [restOf(more, words.findings.more(more))] : []),
  ];
}

function countedOf({ findings: found, comparison }: Summary, words: Language): string {
  const { findings: compared } = comparison;
  if (compared === null) return words.findings.countPhrase(found?.total ?? 0);
  if (compared.undecided.length > 0) return words.findings.countPhrase(compared.undecided.length);
  return compared.fresh.length === 0 ? '' : words.findings.noun(compared.fresh.length);
}

/** What is beside the news: that some may be missing, and in the full report what is fixed. */
function otherBlocks(
  summary: Summary,
  limit: number,
  { words, isFull }: { readonly words: Language; readonly isFull: boolean },
): readonly Block[] {
  const { findings: compared, missing } = summary.comparison;
  // Without any comparison the footer says why, and how to get one.
  if (compared === null) return missing === null ? openBlocks(summary, words) : [];
  return [
    ...openBlocks(summary, words),
    ...(!compared.complete && compared.fresh.length > 0 ? [paragraph(text(words.findings.incomplete))] : []),
    ...(isFull ? fixedFold(compared.fixed, limit, words) : []),
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
  const worst = worstBlocks(summary, itemLimit(options, fewFindings), words);
  const isFull = options.layout.detail === 'full';
  const full = [...news(limit), ...worst, ...otherBlocks(summary, limit, { words, isFull })];
  if (full.length === 0) return null;
  return {
    id: 'findings',
    importance: security.length > 0 ? 2.5 : 3.2,
    full,
    short: [...news(Math.min(limit, fewFindings)), ...worst],
    counted: countedOf(summary, words),
  };
};
