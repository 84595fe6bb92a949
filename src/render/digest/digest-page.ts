import type { Digest, DigestTable, MeasuredFigure, MeasureSection } from '../../model/digest.ts';
import { renderHtml } from '../html/document.ts';
import {
  all,
  anchor,
  breakable,
  type Child,
  codeText,
  el,
  type Html,
  rendered,
  tableOf,
} from '../html/element.ts';
import { pageStyle, scriptlessPage } from '../html/page.ts';
import type { DigestWords } from '../words/english-digest.ts';
import { cyclePartsPlot, figuresOfCycle } from './cycle-parts-plot.ts';
import { methodBlocks, summaryOf } from './digest-document.ts';
import { digestStyle } from './digest-style.ts';
import { hasValue, keyFiguresOf, nameOf } from './figure-rows.ts';
import { changeText, countText, newsOf, spreadText, valueText } from './figure-text.ts';
import { plotFigure } from './plot.ts';
import type { Frame } from './plot-frame.ts';
import { ribbonFigure, ribbonPlot } from './ribbon-plot.ts';

const shownOffenders = 5;
const sections = [
  'delivery',
  'merge-requests',
  'issues',
  'code',
  'ci',
  'tests',
] as const satisfies readonly MeasureSection[];

function changeCell(figure: MeasuredFigure, words: DigestWords): Html {
  const change = changeText(figure.current, figure.previous, { unit: figure.unit, words });
  const news = newsOf(figure);
  if (!figure.isBeyondNoise) return el('td', { class: 'right dim' }, change);
  const isUp = (figure.current.value ?? 0) > (figure.previous.value ?? 0);
  const said = `${isUp ? '▲' : '▼'} ${change}${news === null ? '' : `, ${words.news[news]}`}`;
  return el('td', { class: `right${news === null ? '' : ` ${news}`}` }, said);
}

function figureRow(figure: MeasuredFigure, words: DigestWords): Html {
  const { current, previous, unit } = figure;
  const reason = current.reason === null ? '' : words.reasons(current.reason);
  const notes = [spreadText(current, unit, words), reason].filter((note) => note !== '');
  return el(
    'tr',
    {},
    el(
      'th',
      { scope: 'row' },
      nameOf(figure, words),
      ...notes.map((note) => el('span', { class: 'note' }, note)),
    ),
    el('td', { class: 'right' }, valueText(current.value, unit, words)),
    el('td', { class: 'right' }, valueText(previous.value, unit, words)),
    changeCell(figure, words),
    el('td', { class: 'right' }, countText(current, words)),
  );
}

function figuresTable(figures: readonly MeasuredFigure[], words: DigestWords): Html {
  const { columns } = words;
  const titles = [columns.measure, columns.now, columns.before, columns.change, columns.n];
  return tableOf(
    { titles, numbersFrom: 1 },
    figures.map((figure) => figureRow(figure, words)),
  );
}

/** One tile of a key figure: its name, value and change. */
function tile(figure: MeasuredFigure, words: DigestWords): Html {
  const change = changeText(figure.current, figure.previous, { unit: figure.unit, words });
  const news = newsOf(figure);
  const arrow = figure.isBeyondNoise
    ? (figure.current.value ?? 0) > (figure.previous.value ?? 0)
      ? '▲ '
      : '▼ '
    : '';
  return el(
    'div',
    { class: 'tile' },
    el('dt', {}, nameOf(figure, words)),
    el('dd', { class: 'value' }, valueText(figure.current.value, figure.unit, words)),
    change === ''
      ? null
      : el(
          'dd',
          { class: news ?? 'dim' },
          `${arrow}${change}${news === null ? '' : `, ${words.news[news]}`}`,
        ),
  );
}

function worstOf(figure: MeasuredFigure, words: DigestWords): Html | null {
  if (figure.offenders.length === 0) return null;
  const items = figure.offenders
    .slice(0, shownOffenders)
    .map(({ name, title, url, value }) =>
      el(
        'li',
        {},
        anchor(url, codeText(name)),
        title === '' ? null : all([' ', breakable(title)]),
        value === null ? null : el('span', { class: 'dim' }, ` ${valueText(value, figure.unit, words)}`),
      ),
    );
  return el('div', { class: 'worst' }, el('h3', {}, nameOf(figure, words)), el('ol', {}, ...items));
}

function cellOf(
  cell: string | number | null,
  { id, unit }: DigestTable['columns'][number],
  words: DigestWords,
): Child {
  if (cell === null) return '–';
  if (typeof cell === 'number')
    return unit === 'text' ? words.format.count(cell) : valueText(cell, unit, words);
  // Only here: a job or a person may have the same name.
  return breakable(id === 'waiting-on' ? (words.cells[cell] ?? cell) : cell);
}

function listOf(table: DigestTable, words: DigestWords): Html | null {
  if (table.rows.length === 0) return null;
  const firstNumber = table.columns.findIndex(({ unit }) => unit !== 'text');
  const rows = table.rows.map(({ url, cells }) =>
    el(
      'tr',
      {},
      ...table.columns.map((column, index) => {
        const { unit } = column;
        const shown = cellOf(cells[index] ?? null, column, words);
        return el(
          'td',
          { class: unit === 'text' ? null : 'right' },
          index === 0 ? anchor(url, shown) : shown,
        );
      }),
    ),
  );
  const titles = table.columns.map(({ id }) => words.tableColumns[id] ?? id);
  return all([
    el('h3', {}, words.tables[table.id] ?? table.id),
    tableOf({ titles, ...(firstNumber === -1 ? {} : { numbersFrom: firstNumber }) }, rows),
    table.more === 0 ? null : el('p', { class: 'dim' }, words.more(table.more)),
  ]);
}

/** One picture for the parts of the cycle time and a ribbon for the default branch; each other figure has its own. */
function plotsOf(figures: readonly MeasuredFigure[], frame: Frame): readonly Html[] {
  const ofCycle = new Set(figuresOfCycle(figures));
  const cycle = cyclePartsPlot(figures, frame);
  const others = figures
    .filter((figure) => !ofCycle.has(figure))
    .flatMap((figure) => {
      const plot = figure.id === ribbonFigure ? ribbonPlot : plotFigure;
      return plot(figure, nameOf(figure, frame.words), frame) ?? [];
    });
  return [...(cycle === null ? [] : [cycle]), ...others];
}

function sectionOf(section: MeasureSection, digest: Digest, words: DigestWords): Html | null {
  const figures = digest.figures.filter(
    (figure) => figure.section === section && (hasValue(figure) || figure.current.reason !== null),
  );
  const tables = digest.tables.filter((table) => table.section === section);
  if (figures.length === 0 && tables.length === 0) return null;
  const { timeZone } = digest.period;
  const plots = plotsOf(figures, { timeZone, words });
  const worst = figures.flatMap((figure) => worstOf(figure, words) ?? []);
  return el(
    'section',
    { id: section, 'aria-label': words.sections[section] },
    el('h2', {}, words.sections[section]),
    figures.length === 0 ? null : figuresTable(figures, words),
    plots.length === 0 ? null : el('div', { class: 'trends' }, ...plots),
    worst.length === 0 ? null : el('div', { class: 'trends' }, ...worst),
    ...tables.map((table) => listOf(table, words)),
  );
}

/**
 * The digest as one self-contained page: tiles of the key figures, then every section with its figures, their course as
 * plots with a table behind each, and its lists. No script, nothing fetched.
 */
export function digestPage(digest: Digest, words: DigestWords): string {
  const { scope, period, projects, createdAt } = digest;
  const title = words.title(scope.name, period.label);
  const shown = sections.flatMap((section) => {
    const content = sectionOf(section, digest, words);
    return content === null ? [] : [{ section, content }];
  });
  const key = keyFiguresOf(digest);
  const contents = shown.map(({ section }) =>
    el('li', {}, el('a', { href: `#${section}` }, words.sections[section])),
  );
  const made = createdAt.slice(0, 16).replace('T', ' ');
  const body = [
    el('a', { class: 'skip', href: '#content' }, words.page.skip),
    el(
      'header',
      {},
      el('h1', {}, anchor(scope.url, title)),
      el(
        'p',
        { class: 'dim' },
        [
          words.window(period.label, digest.previous.label, period.timeZone),
          ...(scope.kind === 'project' ? [] : [`${words.projects(projects.length)}.`]),
        ].join(' '),
      ),
      rendered(renderHtml([{ kind: 'paragraph', children: summaryOf(digest, words) }])),
      shown.length === 0 ? null : el('nav', { 'aria-label': words.page.contents }, el('ul', {}, ...contents)),
    ),
    el(
      'main',
      { id: 'content' },
      key.length === 0 ? null : el('dl', { class: 'tiles' }, ...key.map((figure) => tile(figure, words))),
      ...shown.map(({ content }) => content),
      el(
        'section',
        { id: 'method', 'aria-label': words.method },
        el('h2', {}, words.method),
        rendered(renderHtml(methodBlocks(digest, words, 3))),
      ),
    ),
    el('footer', {}, el('p', {}, words.page.made(made))),
  ];
  return scriptlessPage(
    { title, language: words.tag },
    { style: `${pageStyle}\n${digestStyle}`, body: all(body).markup },
  );
}
