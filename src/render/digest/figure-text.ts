import type { Figure, MeasuredFigure, MeasureUnit } from '../../model/digest.ts';
import type { Inline } from '../../model/document.ts';
import { icon, text } from '../../model/document.ts';
import type { DigestWords } from '../words/english-digest.ts';

/** A value with its unit; a dash where there is no value. */
export function valueText(value: number | null, unit: MeasureUnit, { format }: DigestWords): string {
  if (value === null || !Number.isFinite(value)) return '–';
  switch (unit) {
    case 'count':
    case 'lines':
      return Number.isInteger(value) ? format.count(value) : format.decimal(value);
    case 'per-day':
    case 'per-week':
      return format.decimal(value);
    case 'share':
      return format.percent(value * 100);
    case 'percent':
      return format.percent(value);
    case 'seconds':
      return format.span(value);
    case 'minutes':
      return format.span(value * 60);
  }
}

/** What changed: points of shares, else the ratio; nothing where one of the two is missing. */
export function changeText(
  current: Figure,
  previous: Figure,
  { unit, words }: { readonly unit: MeasureUnit; readonly words: DigestWords },
): string {
  const [now, before] = [current.value, previous.value];
  if (now === null || before === null) return '';
  if (unit === 'share') return words.format.points((now - before) * 100);
  if (unit === 'percent') return words.format.points(now - before);
  if (before === 0) return now === 0 ? words.unchanged : '';
  return now === before ? words.unchanged : words.format.ratio(now / before - 1);
}

/** Whether a change that chance does not explain is good news; null where there is no such change, or it is neither. */
export function newsOf({
  current,
  previous,
  better,
  isBeyondNoise,
}: MeasuredFigure): 'better' | 'worse' | null {
  if (!isBeyondNoise || better === null || current.value === null || previous.value === null) return null;
  if (current.value === previous.value) return null;
  return current.value > previous.value === (better === 'higher') ? 'better' : 'worse';
}

/** The change with an arrow and a word where it is more than chance; alone, and grey in the page, where it is not. */
export function changeInlines(figure: MeasuredFigure, words: DigestWords): readonly Inline[] {
  const change = changeText(figure.current, figure.previous, { unit: figure.unit, words });
  if (change === '') return [];
  if (!figure.isBeyondNoise) return [text(change)];
  const isUp = (figure.current.value ?? 0) > (figure.previous.value ?? 0);
  const news = newsOf(figure);
  return [icon(isUp ? 'up' : 'down'), text(` ${change}${news === null ? '' : `, ${words.news[news]}`}`)];
}

/** The figure with its 75th and 95th percentile behind it where it is a median. */
export function spreadText({ p75, p95 }: Figure, unit: MeasureUnit, words: DigestWords): string {
  if (p75 === null || p95 === null) return '';
  return words.spread(valueText(p75, unit, words), valueText(p95, unit, words));
}

/** `41`, or `41 of 44` where some had no value. */
export function countText({ n, of }: Figure, { format, ofAll }: DigestWords): string {
  return of > n ? ofAll(format.count(n), format.count(of)) : format.count(n);
}
