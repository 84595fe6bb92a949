/** What a run of the bench found, as tables: for the terminal and for docs/performance.md. */
import { aims, figureOf, isReached } from './aims.mjs';

/**
 * @typedef {object} Table
 * @property {string} title
 * @property {readonly string[]} [columns] the first is the name of a row
 * @property {readonly (readonly string[])[]} [rows]
 * @property {readonly string[]} [text] lines of fixed width, in place of columns and rows
 * @property {readonly string[]} [notes]
 *
 * @typedef {object} Measured
 * @property {Readonly<Record<string, number | null>>} figures by the id of their aim
 * @property {readonly Table[]} tables
 *
 * @typedef {object} Machine
 * @property {number} cores
 * @property {number} memoryGigabytes
 * @property {string} system
 * @property {string} node
 *
 * @typedef {object} Results
 * @property {Readonly<Record<string, Measured & { readonly machine: Machine }>>} parts
 */

const marks = new Map([
  [true, 'yes'],
  [false, 'no'],
  [null, ''],
]);

/** @param {Table} table */
export function tableText({ title, columns = [], rows = [], text, notes = [] }) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, at) => (at === 0 ? '---' : '--:'));
  const body =
    text === undefined ? [line(columns), line(rule), ...rows.map(line)] : ['```text', ...text, '```'];
  const below = notes.length === 0 ? [] : ['', ...notes];
  return [`## ${title}`, '', ...body, ...below].join('\n');
}

/** Every figure that is shown with its aim beside it. @param {Results['parts']} parts @returns {Table} */
export function aimsTable(parts, shown = () => true) {
  const rows = aims.filter(shown).map((aim) => {
    const { id, what, against, unit, atMost } = aim;
    const value = parts[id.split('.')[0]]?.figures[id];
    const ratio = against === '' ? what : `${what}, against ${against}`;
    return [ratio, figureOf(value, unit), figureOf(atMost, unit), marks.get(isReached(value, aim))];
  });
  return { title: 'Figures and aims', columns: ['What', 'Measured', 'At most', 'Reached'], rows };
}

/** @param {Machine} machine */
export function machineText({ cores, memoryGigabytes, system, node }) {
  return `${cores} cores, ${memoryGigabytes} GB of memory, ${system}, Node ${node}`;
}

/** docs/performance.md. @param {Results} results */
export function performancePage({ parts }) {
  const machines = [...new Set(Object.values(parts).map(({ machine }) => machineText(machine)))];
  const tables = Object.values(parts).flatMap(({ tables: all }) => all);
  return `${[
    '# How fast it is',
    '',
    'Whole processes, run in turn with what they are compared with; medians. Times hold for one machine only: look at the ratios.',
    `Measured on ${machines.join('; ')}.`,
    '',
    '`npm run bench` measures everything, in about a quarter of an hour; `npm run bench -- start report` only those parts. With `--write` it',
    'replaces their figures on this page, which is generated from `bench/results.json`.',
    '',
    tableText(aimsTable(parts)),
    '',
    'A dash under "Measured" means "not measured"; a dash under "At most" means "no aim".',
    '`danger` is danger-js with a Dangerfile that counts the failures of one JUnit file. `saxes` reads the same file and counts its elements.',
    '',
    ...tables.flatMap((table) => [tableText(table), '']),
  ]
    .join('\n')
    .trimEnd()}\n`;
}
