import { type Block, code, details, icon, paragraph, restOf, text } from '../../../model/document.ts';
import type { Warning } from '../../../model/report.ts';
import { itemLimit, type Section } from '../section.ts';

const usualWarnings = 30;

function item({ path, message }: Warning): readonly Block[] {
  return [paragraph(...(path === null || path === '' ? [] : [code(path), text(' ')]), text(message))];
}

/** Files that could not be read or hold something odd, each with the reason. */
export const warnings: Section = (summary, words, options) => {
  const all = summary.warnings;
  if (all.length === 0) return null;
  const max = itemLimit(options, usualWarnings);
  const items = all.slice(0, max).map(item);
  const more = all.length > max ? [[restOf(all.length - max, words.warnings.more(all.length - max))]] : [];
  const list: Block = { kind: 'list', ordered: false, items: [...items, ...more] };
  const title = [icon('warning'), text(` ${words.warnings.heading(all.length)}`)];
  return {
    id: 'warnings',
    importance: 4,
    full: [details(title, [list], all.length <= 3)],
    short: [paragraph(...title)],
    counted: words.warnings.noun(all.length),
  };
};
