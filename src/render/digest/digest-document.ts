import type { Digest, DigestProject, DigestTable, MeasuredFigure } from '../../model/digest.ts';
import {
  type Block,
  code,
  type Document,
  details,
  heading,
  type Inline,
  icon,
  link,
  list,
  paragraph,
  strong,
  type TableColumn,
  text,
} from '../../model/document.ts';
import { isFailedReading } from '../../model/reading-gap.ts';
import type { DigestWords } from '../words/english-digest.ts';
import {
  figureColumns,
  figureRow,
  hasValue,
  keyFigures,
  keyFiguresOf,
  nameOf,
  offenderInlines,
} from './figure-rows.ts';
import { newsOf, valueText } from './figure-text.ts';

const maxNews = 4;
const maxWorst = 3;
const maxGapProjects = 10;

function namesOf(figures: readonly MeasuredFigure[], words: DigestWords): string {
  return figures
    .slice(0, maxNews)
    .map((figure) => words.inSentence(nameOf(figure, words)))
    .join(', ');
}

/** Key figures of which something could not be read: what is not there may be worse. */
function unreadOf({ figures, projects }: Digest): readonly MeasuredFigure[] {
  const gaps = projects.flatMap((project) => project.gaps.filter(isFailedReading));
  return figures.filter(({ id, current: { reason } }) => {
    return keyFigures.includes(id) && reason !== null && gaps.some((gap) => reason.includes(gap));
  });
}

function unreadWords(digest: Digest, words: DigestWords): readonly Inline[] {
  const unread = unreadOf(digest);
  const said = words.summary.unread(namesOf(unread, words), Math.max(0, unread.length - maxNews));
  return unread.length === 0 ? [] : [text(' '), icon('warning'), text(` ${said}`)];
}

/** What changed, in a sentence or two, and what is not known. */
export function summaryOf(digest: Digest, words: DigestWords): readonly Inline[] {
  return [...changesOf(digest, words), ...unreadWords(digest, words)];
}

function changesOf({ figures, projects }: Digest, words: DigestWords): readonly Inline[] {
  const { summary } = words;
  const isRead = projects.length > 0 && !projects.some(({ gaps }) => gaps.some(isFailedReading));
  if (!figures.some(hasValue)) return [text(isRead ? summary.nothing : summary.nothingRead)];
  const key = new Set(keyFigures);
  const ordered = [...figures].sort((one, other) => Number(key.has(other.id)) - Number(key.has(one.id)));
  const worse = ordered.filter((figure) => newsOf(figure) === 'worse');
  const better = ordered.filter((figure) => newsOf(figure) === 'better');
  if (worse.length + better.length === 0) return [text(summary.steady)];
  return [
    ...(worse.length === 0 ? [] : [strong(text(summary.worse(namesOf(worse, words)))), text(' ')]),
    ...(better.length === 0 ? [] : [text(summary.better(namesOf(better, words)))]),
  ];
}

function titleOf({ scope, period }: Digest, words: DigestWords): Block {
  const title = text(words.title(scope.name, period.label));
  return heading(3, scope.url === null ? title : link(scope.url, title));
}

function tableOf(figures: readonly MeasuredFigure[], words: DigestWords): Block {
  return {
    kind: 'table',
    columns: figureColumns(words),
    rows: figures.map((figure) => figureRow(figure, words)),
  };
}

/** One line for a figure with its worst things; those that got worse come first. */
function worstLines(digest: Digest, words: DigestWords): readonly Block[] {
  const withOffenders = keyFiguresOf(digest).filter(({ offenders }) => offenders.length > 0);
  const ranked = [
    ...withOffenders.filter((figure) => newsOf(figure) === 'worse'),
    ...withOffenders.filter((figure) => newsOf(figure) !== 'worse'),
  ].slice(0, maxWorst);
  if (ranked.length === 0) return [];
  const items = ranked.map((figure): readonly Block[] => [
    paragraph(
      strong(text(`${nameOf(figure, words)}:`)),
      text(' '),
      ...figure.offenders
        .slice(0, maxWorst)
        .flatMap((offender, index) => [
          ...(index === 0 ? [] : [text(', ')]),
          ...offenderInlines(offender, { unit: figure.unit, words }),
        ]),
    ),
  ]);
  return [heading(4, text(words.worst)), list(...items)];
}

function allFigures(digest: Digest, words: DigestWords): readonly Block[] {
  const shown = digest.figures.filter(hasValue);
  const sections = [...new Set(shown.map(({ section }) => section))];
  if (shown.length === 0) return [];
  const blocks = sections.flatMap((section) => [
    heading(4, text(words.sections[section])),
    tableOf(
      shown.filter((figure) => figure.section === section),
      words,
    ),
  ]);
  return [details([text(words.all(shown.length))], blocks)];
}

function reasonsOf({ figures }: Digest, words: DigestWords): readonly (readonly Block[])[] {
  return figures.flatMap((figure) => {
    const { reason } = figure.current;
    return reason === null ? [] : [[paragraph(text(`${nameOf(figure, words)}: ${words.reasons(reason)}.`))]];
  });
}

function gapsOf({ path, url, gaps }: DigestProject, words: DigestWords): readonly Block[] {
  return [paragraph(link(url, text(words.gapsOf(path))), text(`: ${words.reasons(gaps.join('; '))}.`))];
}

/** How the figures were made, from what, and what is missing; below a heading, its own one is a level lower. */
export function methodBlocks(digest: Digest, words: DigestWords, level: 3 | 4 = 4): Document {
  const definitions = digest.figures.filter(hasValue).flatMap(({ id }) => {
    const found = words.measures[id];
    return found === undefined ? [] : [[paragraph(strong(text(found.name)), text(`: ${found.method}`))]];
  });
  const gaps = digest.projects.filter((project) => project.gaps.length > 0);
  const [notMeasured, remarks] = [reasonsOf(digest, words), digest.remarks];
  return [
    paragraph(text(words.window(digest.period.label, digest.previous.label, digest.period.timeZone))),
    paragraph(text(words.source(digest.deploymentSource))),
    paragraph(text(words.arrows)),
    ...(definitions.length === 0 ? [] : [list(...definitions)]),
    ...(notMeasured.length === 0 ? [] : [heading(level, text(words.notMeasured)), list(...notMeasured)]),
    ...(gaps.length === 0 ? [] : [list(...gaps.slice(0, maxGapProjects).map((one) => gapsOf(one, words)))]),
    ...(remarks.length === 0
      ? []
      : [list(...remarks.map((remark) => [paragraph(text(words.remark(remark)))]))]),
    paragraph(
      text(
        [
          words.version(digest.methodVersion),
          ...(digest.requests === null ? [] : [words.requests(digest.requests)]),
        ].join(' '),
      ),
    ),
  ];
}

/** The table per person, which is there only where it was asked for; names in code, so that nobody is called. */
function peopleOf({ tables }: Digest, words: DigestWords): readonly Block[] {
  const people = tables.find(({ id }) => id === 'people');
  if (people === undefined || people.rows.length === 0) return [];
  const columns = people.columns.map(
    ({ id, unit }): TableColumn => ({
      title: [text(words.tableColumns[id] ?? id)],
      align: unit === 'text' ? 'left' : 'right',
    }),
  );
  const cellOf = (cell: string | number | null, unit: DigestTable['columns'][number]['unit']): Inline =>
    typeof cell === 'string' || unit === 'text'
      ? code(String(cell ?? ''))
      : text(valueText(cell, unit, words));
  const rows = people.rows.map(({ cells }) =>
    people.columns.map(({ unit }, index) => [cellOf(cells[index] ?? null, unit)]),
  );
  const more = people.more === 0 ? [] : [paragraph(text(words.more(people.more)))];
  return [details([text(words.tables['people'] ?? people.id)], [{ kind: 'table', columns, rows }, ...more])];
}

/**
 * The figures alone, without the things behind them: for readers who may see a comment, and not every merge request or
 * issue that is counted.
 */
export function figuresDocument(digest: Digest, words: DigestWords): Document {
  const key = keyFiguresOf(digest);
  return [
    titleOf(digest, words),
    paragraph(...summaryOf(digest, words)),
    ...(key.length === 0 ? [] : [tableOf(key, words)]),
    ...allFigures(digest, words),
    details([text(words.method)], methodBlocks(digest, words)),
  ];
}

/**
 * A digest as people read it in an issue, a wiki page or a comment: what changed, one table, the worst things with
 * links; all figures and the method folded.
 */
export function digestDocument(digest: Digest, words: DigestWords): Document {
  const key = keyFiguresOf(digest);
  return [
    titleOf(digest, words),
    paragraph(...summaryOf(digest, words)),
    ...(key.length === 0 ? [] : [tableOf(key, words)]),
    ...worstLines(digest, words),
    ...allFigures(digest, words),
    ...peopleOf(digest, words),
    details([text(words.method)], methodBlocks(digest, words)),
  ];
}
