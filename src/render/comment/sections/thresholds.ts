import { type Block, code, heading, icon, list, paragraph, restOf, text } from '../../../model/document.ts';
import type { ThresholdResult } from '../../../model/metrics.ts';
import { shortenText } from '../../words/shorten-text.ts';
import { itemLimit, type Section } from '../section.ts';
import { crossedThresholds } from '../verdict.ts';

const usualThresholds = 10;
const maxName = 200;

function item({ group, name, detail }: ThresholdResult): readonly Block[] {
  const said = [group, name].filter((part) => part !== '').join(' ');
  return [
    paragraph(
      code(shortenText(said, maxName)),
      ...(detail === '' ? [] : [text(` ${shortenText(detail, maxName)}`)]),
    ),
  ];
}

/** Limits that tools check themselves and found crossed, and what they could not measure. */
export const thresholds: Section = (summary, words, options) => {
  const crossed = crossedThresholds(summary);
  if (crossed.length === 0) return null;
  const max = itemLimit(options, usualThresholds);
  const more = crossed.length - max;
  const title = heading(4, icon('failed'), text(` ${words.thresholds.heading}`));
  const blocks = (shown: number): readonly Block[] => [
    title,
    list(
      ...crossed.slice(0, shown).map(item),
      ...(crossed.length > shown
        ? [[restOf(crossed.length - shown, words.thresholds.more(crossed.length - shown))]]
        : []),
    ),
  ];
  return {
    id: 'thresholds',
    importance: 2.1,
    full: blocks(crossed.length - Math.max(0, more)),
    short: blocks(Math.min(crossed.length, 3)),
    counted: words.thresholds.noun(crossed.length),
  };
};
