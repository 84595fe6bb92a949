import type { Language } from './english.ts';
import { count, plural } from './german-number.ts';

/** Words of the full report that the comment does not need. */
export const germanPage: Language['page'] = {
  title: 'Herald-Report',
  contents: 'Inhalt',
  skip: 'Zum Inhalt springen',
  action: 'Was zu tun ist',
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
  pipelineDuration: 'Dauer der Pipeline',
  failingTests: 'Fehlschlagende Tests',
  trendInWords: (runs, ends, range) =>
    `${plural(runs, { one: 'Lauf', other: 'Läufe' })}, von ${ends[0]} bis ${ends[1]}; niedrigster Wert ${range[0]}, höchster ${range[1]}.`,
  when: 'Wann (UTC)',
  outcome: 'Ergebnis',
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
  testsShown: (shown, untold) =>
    untold > 0
      ? `${plural(shown, { one: 'Test', other: 'Tests' })}; ${count(untold)} weitere, die bestanden haben, sind gezählt, aber nicht aufgeführt.`
      : `${plural(shown, { one: 'Test', other: 'Tests' })}.`,
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
