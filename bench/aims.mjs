/**
 * What the bench measures, with what is aimed at: the one list for the printed table, docs/performance.md and its test.
 * Ratios are to what runs beside it in the same call; times and memory are those of the machine that is named there.
 */

/**
 * @typedef {'times' | 'ms' | 'MB' | 'percent' | 'requests' | 'rounds' | 's'} Unit
 *
 * @typedef {object} Aim
 * @property {string} id `<part>.<figure>`; the part is one of `parts` in parts.mjs
 * @property {string} what
 * @property {string} against what a ratio is to; empty for others
 * @property {Unit} unit
 * @property {number | null} atMost null where a figure is only watched
 */

/** @type {readonly Aim[]} */
export const aims = [
  ['start.version', '`herald --version`', '`node -e 0`', 'times', 1.2],
  ['start.help', '`herald --help`', '`node -e 0`', 'times', 1.8],
  ['start.report-help', '`herald report --help`', '`node -e 0`', 'times', 2],
  ['bot.first-request', '`herald bot`, a comment: until its first request', '`node -e 0`', 'times', 1.6],
  [
    'bot.first-request-tls',
    'the same over TLS, with a file of certificates as runners give it',
    '`node -e 0`',
    'times',
    null,
  ],
  ['bot.unrelated-event', '`herald bot`, an event that no rule is about', '', 'requests', 4],
  ['report.time', '`herald report`, a usual run with failures', 'danger', 'times', 0.7],
  ['report.time-200', 'the same run, 200 ms per request', 'danger', 'times', 0.5],
  [
    'report.time-200-unlocked',
    'the same run, 200 ms per request, without the lock of the component',
    'danger',
    'times',
    null,
  ],
  [
    'report.time-200-notes',
    'the same run, 200 ms per request, 500 notes on the merge request',
    'danger',
    'times',
    0.5,
  ],
  ['waterfall.requests', '`herald report`, a usual run in which a job failed', '', 'requests', 8],
  ['waterfall.rounds', 'the same: requests that wait for each other', '', 'rounds', 4],
  ['waterfall.requests-unchanged', 'the same again, unchanged', '', 'requests', 6],
  ['xml.one-core', 'JUnit, 1,000,000 tests, on one core', '`saxes`, count only', 'times', 1.3],
  ['xml.more-cores', 'the same file, on more cores', '`saxes`, count only', 'times', 1],
  ['xml.growth', 'peak memory of `herald inspect`, 2,000,000 tests beyond 1,000,000', '', 'percent', 10],
  ['xml.peak', 'peak memory of `herald inspect`, 1,000,000 tests', '', 'MB', null],
  ['xml.report-peak', 'peak memory of `herald report`, the same file', '', 'MB', null],
  ['xml.report-growth', 'that of 2,000,000 tests beyond it', '', 'percent', null],
  ['json.peak', '100,000 findings in JSON, the largest of the usual formats', '', 'MB', 200],
  ['json-formats.peak', 'the same in every JSON format that has a generator', '', 'MB', 200],
  ['coverage.time', '1,000 coverage files with 5,000,000 lines', '', 's', null],
  ['coverage.peak', 'their peak memory', '', 'MB', null],
  ['files.time', '10,000 files of one test each', '', 's', null],
  ['files.peak', 'the peak memory of these', '', 'MB', null],
  ['page.size', 'the full report of 20,000 tests', '', 'MB', 2],
  ['page.open', 'the same page, opened in Chromium', '', 'ms', 300],
  ['page.size-200000', 'the full report of 200,000 tests', '', 'MB', null],
  ['growth.tests', 'time of 4 times as many tests', '10,000 tests', 'times', 4],
  ['growth.findings', 'time of 4 times as many findings', '5,000 findings', 'times', 4],
  ['growth.notes', 'time of 4 times as many notes', '200 notes', 'times', 1.5],
  ['growth.jobs', 'time of 4 times as many jobs', '50 jobs', 'times', 1.5],
  [
    'digest.requests',
    'a digest of a month with 2,000 jobs and 120 merged merge requests',
    '',
    'requests',
    160,
  ],
  ['digest.requests-next', 'the next one, a week later', '', 'requests', 40],
  ['digest.requests-month', 'the one after that, a month later', '', 'requests', 40],
  [
    'digest.large-requests',
    'a digest of a project with 20,000 pipelines in two months',
    '',
    'requests',
    null,
  ],
  ['digest.large-requests-next', 'the next one of this project, a week later', '', 'requests', null],
  ['digest.large-time', 'time of the first one', '', 's', null],
  ['digest.large-time-next', 'time of the next one', '', 's', null],
  ['digest.large-peak', 'peak memory of the first one', '', 'MB', null],
  ['digest.large-peak-next', 'peak memory of the next one', '', 'MB', null],
  ['serve.p99', 'a receiver under 200 deliveries a second, p99 of its answers', '', 'ms', 50],
].map(([id, what, against, unit, atMost]) => ({ id, what, against, unit, atMost }));

// Small sizes need two digits: 2.04 MB is not within 2.
const digitsOf = (value, unit) => (unit === 'MB' ? (value < 10 ? 2 : 0) : digits[unit]);
const digits = { times: 2, ms: 0, percent: 0, requests: 0, rounds: 0, s: 1 };
const suffix = { times: ' ×', ms: ' ms', MB: ' MB', percent: ' %', requests: '', rounds: '', s: ' s' };

/** A figure in words; a dash for none. @param {number | null | undefined} value @param {Unit} unit */
export function figureOf(value, unit) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  return `${value.toFixed(digitsOf(value, unit)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${suffix[unit]}`;
}

/**
 * Whether a figure is within its aim, as it is shown: what is rounded to the aim is within it. Null where nothing was
 * measured or nothing is aimed at.
 *
 * @param {number | null | undefined} value
 * @param {Aim} aim
 */
export function isReached(value, { atMost, unit }) {
  if (value === null || value === undefined || Number.isNaN(value) || atMost === null) return null;
  return Number(value.toFixed(digitsOf(value, unit))) <= atMost;
}
