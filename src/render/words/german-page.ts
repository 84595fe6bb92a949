import type { Language } from './english.ts';
import { count, form, plural } from './german-number.ts';

/** Words of the full report that the comment does not need. */
export const germanPage: Language['page'] = {
  title: 'Herald-Report',
  contents: 'Inhalt',
  skip: 'Zum Inhalt springen',
  action: 'Was zu tun ist',
  actionCut: (shown, inMarkdown) =>
    `Nicht jeder Fehler passt auf diese Seite: ${shown === 0 ? 'sie zählt sie' : `sie zeigt von jeder Art höchstens ${count(shown)} ganz und zählt die anderen`}. Die Liste der Tests nennt sie, solange Platz ist. herald-report.md zeigt bis zu ${count(inMarkdown)} ganz, und die Reportdateien haben alle.`,
  moreCounted: (more) => `${plural(more, { one: 'weiterer ist', other: 'weitere sind' })} hier nur gezählt.`,
  notShown: (more) =>
    `${plural(more, { one: 'weiterer Eintrag ist', other: 'weitere Einträge sind' })} gezählt, aber nicht gezeigt: für alle reicht der Platz nicht. Die Reportdateien und GitLab haben sie.`,
  jobs: 'Was wann lief',
  trends: (branch) => `Verlauf auf ${branch}`,
  yes: 'ja',
  asTable: 'Als Tabelle',
  starts: 'Beginnt nach',
  queued: 'Gewartet',
  criticalPath: 'Auf dem kritischen Pfad',
  timeline: 'Zeitleiste der Jobs',
  timelineInWords: (jobs, duration, path) =>
    `${plural(jobs, { one: 'Job', other: 'Jobs' })} in ${duration}. Kritischer Pfad: ${path}.`,
  timelineStart: (when) => `0 s ist ${when} UTC.`,
  pipelineDuration: 'Dauer der Pipeline',
  failingTests: 'Fehlschlagende Tests',
  trendInWords: (runs, ends, range) =>
    `${plural(runs, { one: 'Lauf', other: 'Läufe' })}, von ${ends[0]} bis ${ends[1]}; niedrigster Wert ${range[0]}, höchster ${range[1]}.`,
  when: 'Wann (UTC)',
  test: 'Test',
  states: {
    failed: 'fehlgeschlagen',
    flaky: 'wackelig',
    skipped: 'übersprungen',
    passed: 'bestanden',
  },
  record: (failed, runs) =>
    `in ${count(failed)} der letzten ${plural(runs, { one: 'Lauf', other: 'Läufe' })} fehlgeschlagen`,
  allTests: 'alle',
  search: 'Tests durchsuchen',
  testsShown: (shown, untold, files) =>
    untold.length > 0
      ? `${plural(shown, { one: 'Test ist', other: 'Tests sind' })} aufgeführt. Gezählt, aber nicht aufgeführt: ${untold.join(', ')}.${files === null ? '' : ` Alle Tests haben die Reportdateien: ${files}.`}`
      : `${plural(shown, { one: 'Test', other: 'Tests' })}.`,
  moreFiles: (more) => `${count(more)} weitere`,
  cleanGroups: (groups, passed) =>
    `${plural(groups, { one: 'Suite', other: 'Suiten' })}, in denen jeder Test bestanden hat (${passed})`,
  moreGroups: (groups, counts) =>
    `${plural(groups, { one: 'weitere Suite', other: 'weitere Suiten' })} (${counts})`,
  slowest: 'Langsamste Tests und Suiten',
  slowestTests: 'Langsamste Tests',
  slowestSuites: 'Langsamste Suiten',
  slowestOf: (tests) =>
    `${form(tests, { one: 'Vom aufgeführten Test', other: `Von den ${count(tests)} aufgeführten Tests` })}.`,
  project: 'Projekt',
  mergeRequest: 'Merge-Request',
  branch: 'Branch oder Tag',
  pipeline: 'Pipeline',
  suite: 'Suite',
  tests: 'Tests',
  inTotal: 'Zusammen',
  thisPipeline: 'diese Pipeline',
  linesCovered: (covered, total, unit) => `${count(covered)} von ${count(total)} ${unit}`,
  changedLines: (covered, total) =>
    `${count(covered)} von ${plural(total, { one: 'geänderten Zeile', other: 'geänderten Zeilen' })} abgedeckt`,
  uncovered: 'nicht abgedeckt:',
  severity: 'Schwere',
  finding: 'Befund',
  place: 'Ort',
  standing: { title: 'Neu oder bekannt', fresh: 'neu', existing: 'bekannt', unknown: '' },
  findingsShown: (shown, untold) =>
    untold > 0
      ? `${plural(shown, { one: 'Befund', other: 'Befunde' })}; ${count(untold)} weitere sind gezählt, aber nicht aufgeführt.`
      : `${plural(shown, { one: 'Befund', other: 'Befunde' })}.`,
  group: 'Gruppe',
  value: 'Wert',
};
