import type { LineRange } from '../../model/comparison.ts';
import {
  type Block,
  code,
  codeBlock,
  type Document,
  details,
  icon,
  link,
  paragraph,
  strong,
  suggestion,
  text,
} from '../../model/document.ts';
import { type Finding, type Severity, severities } from '../../model/findings.ts';
import type { InlineItem, InlinePlace } from '../../model/inline-comment.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import { shortenText } from '../words/shorten-text.ts';
import { itemId, sourceOf } from './item-id.ts';

const maxMessage = 2_000;
const maxName = 200;
const maxIdentifiers = 4;
/** A finding about more lines than this is about all of them: the comment is on the first. */
const maxLines = 20;
const maxFixLines = 60;

type Changed = ReadonlyMap<string, readonly LineRange[]>;

function headOf({ severity, rule, ruleUrl, tool, identifiers }: Finding, words: Language): Document {
  const name = shortenText(rule === '' ? tool : rule, maxName);
  const label = code(name);
  const others = identifiers.filter((identifier) => identifier !== rule).slice(0, maxIdentifiers);
  return [
    paragraph(
      icon(severity === 'critical' || severity === 'high' ? 'failed' : 'warning'),
      text(' '),
      strong(text(words.findings.severity[severity])),
      ...(name === '' ? [] : [text(' '), ruleUrl === null ? label : link(ruleUrl, label)]),
      ...(rule === '' || tool === '' ? [] : [text(` (${shortenText(tool, maxName)})`)]),
      ...others.flatMap((identifier) => [text(' '), code(shortenText(identifier, maxName))]),
    ),
  ];
}

/** The changed lines of a finding: the first stretch of them; the first line alone where it is a long one. */
function placeOf({ path, line, endLine }: Finding, changed: Changed): InlinePlace | null {
  if (path === null || line === null) return null;
  const last = Math.max(line, endLine ?? line);
  const range = changed.get(path)?.find(({ start, end }) => start <= last && end >= line);
  if (range === undefined) return null;
  const [start, end] = [Math.max(line, range.start), Math.min(last, range.end)];
  return { path, start, end: end - start >= maxLines ? start : end };
}

/**
 * The lines that the tool's fix replaces, when it can be applied there: they hold the finding's line, and all of them
 * are changed.
 */
function fixedPlaceOf({ path, line, fix }: Finding, changed: Changed): InlinePlace | null {
  if (fix?.columns !== null || path === null || line === null) return null;
  const { startLine: start, endLine: end } = fix;
  if (line < start || line > end || end - start >= maxFixLines) return null;
  const isChanged = changed.get(path)?.some((range) => range.start <= start && range.end >= end) ?? false;
  return isChanged ? { path, start, end } : null;
}

function fixBlocks({ fix }: Finding, place: InlinePlace | null, words: Language): readonly Block[] {
  if (fix?.columns !== null) return [];
  const tooLong = fix.replacement.split('\n').length > maxFixLines;
  if (tooLong) return [];
  if (place !== null) return [suggestion(fix.replacement, place.end - place.start)];
  if (fix.replacement.trim() === '') return [];
  return [paragraph(text(words.inline.fix(fix.startLine, fix.endLine))), codeBlock(fix.replacement)];
}

function descriptionBlocks({ description, message }: Finding, words: Language): readonly Block[] {
  const told = description.trim();
  if (told === '' || told === message.trim()) return [];
  return [details([text(words.inline.more)], [paragraph(text(shortenText(told, maxMessage)))])];
}

/** The finding's own lines with those of its comment, which can be those of the fix. */
function extentOf({ line, endLine }: Finding, { start, end }: InlinePlace): InlineItem['extent'] {
  const first = line ?? start;
  return { start: Math.min(first, start), end: Math.max(first, endLine ?? first, end) };
}

function itemOf(finding: Finding, changed: Changed, words: Language): InlineItem | null {
  const fixedPlace = fixedPlaceOf(finding, changed);
  const place = fixedPlace ?? placeOf(finding, changed);
  if (place === null) return null;
  const source = sourceOf('findings', finding.report);
  return {
    id: itemId('findings', finding.id),
    place,
    extent: extentOf(finding, place),
    source,
    group: finding.fix === null ? itemId('findings', finding.tool, finding.rule, place.path, source) : null,
    head: headOf(finding, words),
    body: [
      paragraph(text(shortenText(finding.message, maxMessage))),
      ...descriptionBlocks(finding, words),
      ...fixBlocks(finding, fixedPlace, words),
    ],
  };
}

/** New findings on changed lines of that severity or above, the most severe first. */
export function findingItems(
  { comparison }: Summary,
  {
    changed,
    severity,
    words,
  }: { readonly changed: Changed; readonly severity: Severity; readonly words: Language },
): readonly InlineItem[] {
  const isGrave = (finding: Finding): boolean =>
    severities.indexOf(finding.severity) <= severities.indexOf(severity);
  return (comparison.findings?.fresh ?? [])
    .filter(({ finding, onChangedLine }) => onChangedLine === true && isGrave(finding))
    .flatMap(({ finding }) => itemOf(finding, changed, words) ?? []);
}
