import { type Block, code, heading, icon, list, paragraph, restOf, text } from '../../../model/document.ts';
import type { UnexplainedSign } from '../../../model/evidence.ts';
import type { Language } from '../../words/english.ts';
import { itemLimit, type Section } from '../section.ts';

const usualSigns = 10;

function item({ kind, path, count, reason }: UnexplainedSign, words: Language): readonly Block[] {
  const said = words.unexplained.sign[kind](count);
  return [
    paragraph(
      ...(path === null || path === '' ? [] : [code(path), text(': ')]),
      text(reason === '' ? said : `${said}: ${reason}`),
    ),
  ];
}

/** Signs of failure that nothing else in the report explains: why the verdict is not green. */
export const unexplained: Section = ({ unexplained: signs }, words, options) => {
  if (signs.length === 0) return null;
  const max = itemLimit(options, usualSigns);
  const more = signs.length - max;
  const title = heading(4, icon('warning'), text(` ${words.unexplained.heading}`));
  return {
    id: 'unexplained',
    importance: 1.2,
    full: [
      title,
      list(
        ...signs.slice(0, max).map((sign) => item(sign, words)),
        ...(more > 0 ? [[restOf(more, words.unexplained.more(more))]] : []),
      ),
    ],
    short: [title],
    counted: words.unexplained.noun(signs.length),
  };
};
