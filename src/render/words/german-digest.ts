import type { AllDigestWords, DigestWords } from './english-digest.ts';
import { formatMetric, formatRatio } from './format-metric.ts';
import { formatPercent, formatPoints } from './format-number.ts';
import { spanInDays } from './format-span.ts';
import { threeDigits, withUnit } from './format-unit.ts';
import { germanDigestMeasures } from './german-digest-measures.ts';
import { germanReasons, germanRemark } from './german-digest-reasons.ts';
import { germanDuration } from './german-duration.ts';
import { count, form, germanNumber, plural } from './german-number.ts';

/** The words of a digest in German. */
export const germanDigest: AllDigestWords & DigestWords = {
  tag: 'de',
  format: {
    count,
    decimal: (value) => (Math.abs(value) < 1_000 ? germanNumber(threeDigits(value)) : count(value)),
    percent: (value) => germanNumber(formatPercent(value)),
    points: (value) => germanNumber(formatPoints(value)).replace('pp', 'Pp.'),
    ratio: (value) => germanNumber(formatRatio(value)),
    span: (seconds) => {
      const days = spanInDays(seconds);
      return days === null ? germanDuration(seconds) : withUnit(germanNumber(days), 'Tage');
    },
    metric: (value, unit) => germanNumber(formatMetric(value, unit)),
  },
  unchanged: 'unverändert',
  inSentence: (name) => name,
  news: { better: 'besser', worse: 'schlechter' },
  spread: (p75, p95) => `75 % höchstens ${p75}, 95 % höchstens ${p95}`,
  ofAll: (n, of) => `${n} von ${of}`,
  title: (name, period) => `Lieferung von ${name}, ${period}`,
  currentTitle: (name) => `Lieferung von ${name}`,
  columns: {
    measure: 'Kennzahl',
    now: 'Dieser Zeitraum',
    before: 'Davor',
    change: 'Änderung',
    n: 'n',
    course: 'Verlauf',
    reason: 'Warum',
    from: 'Von',
    until: 'Bis',
    value: 'Wert',
  },
  sections: {
    delivery: 'Lieferung',
    'merge-requests': 'Merge-Requests',
    issues: 'Issues',
    code: 'Code und Releases',
    ci: 'Pipelines und Jobs',
    tests: 'Tests',
  },
  summary: {
    better: (names) => `Besser: ${names}.`,
    worse: (names) => `Schlechter: ${names}.`,
    steady: 'Nichts hat sich stärker geändert, als es der Zufall erklärt.',
    nothing: 'In diesem Zeitraum gibt es nichts zu messen.',
    nothingRead: 'In diesem Zeitraum konnte nichts gemessen werden.',
    unread: (names, more) =>
      `Nicht ganz gelesen: ${names}${more === 0 ? '' : ` und ${count(more)} mehr`}. „Methode und Daten“ nennt den Grund.`,
  },
  worst: 'Einen Blick wert',
  all: (figures) => form(figures, { one: 'Die eine Kennzahl', other: `Alle ${count(figures)} Kennzahlen` }),
  method: 'Methode und Daten',
  window: (period, before, zone) => `Zeitraum: ${period}, verglichen mit ${before}. Zeitzone: ${zone}.`,
  source: (words) => `Deployments: ${words}.`,
  arrows:
    'Ein Pfeil zeigt eine Änderung, die der Zufall nicht erklärt. Mediane sind von allem, was einen Wert hat; n sagt, wie viel das ist.',
  projects: (projects) => plural(projects, { one: 'Projekt', other: 'Projekte' }),
  version: (version) => `Definitionen: Version ${version}.`,
  requests: (requests) => `${plural(requests, { one: 'Anfrage', other: 'Anfragen' })} an GitLab.`,
  gapsOf: (project) => `Nicht gelesen von ${project}`,
  more: (more) =>
    `${count(more)} weitere ${form(more, { one: 'steht', other: 'stehen' })} in der Datei herald-digest.json.`,
  notMeasured: 'Nicht gemessen',
  reasons: germanReasons,
  remark: germanRemark,
  page: {
    skip: 'Zum Inhalt springen',
    contents: 'Inhalt',
    asTable: 'Als Tabelle',
    made: (at) => `Erstellt ${at} UTC von Herald.`,
    cycleParts: 'Zykluszeit nach Abschnitten',
    cyclePartsNote:
      'Mediane der Abschnitte übereinander; Mediane ergeben zusammen nicht den des Ganzen. Nacharbeit liegt in Review und Merge.',
    ribbon: { red: 'Rot', green: 'Grün', unknown: 'Nicht bekannt' },
    ribbonNote: (red, known) => `Zeitweise rot in ${red} von ${known} Zeitabschnitten.`,
  },
  inWords: (points, lowest, highest) =>
    `${plural(points, { one: 'Wert', other: 'Werte' })}, niedrigster ${lowest}, höchster ${highest}.`,
  tables: {
    'deployments-by-environment': 'Deployments nach Umgebung',
    'slowest-jobs': 'Langsamste Jobs',
    'failing-jobs': 'Jobs, die am häufigsten fehlschlagen',
    'flaky-jobs': 'Wackelige Jobs',
    'expensive-jobs': 'Jobs mit der meisten Laufzeit',
    'oldest-merge-requests': 'Älteste offene Merge-Requests',
    'waiting-merge-requests': 'Auf wen offene Merge-Requests warten',
    people: 'Personen',
    'pipelines-by-result': 'Pipelines nach Ergebnis',
    'failures-by-cause': 'Fehlgeschlagene Jobs nach Ursache',
    'red-spans': 'Wann der Standard-Branch rot war',
    'flaky-tests': 'Wackelige Tests',
    'failing-tests': 'Fehlschlagende Tests',
  },
  tableColumns: {
    environment: 'Umgebung',
    deployments: 'Deployments',
    failed: 'Fehlgeschlagen',
    rollbacks: 'Zurückgerollt',
    again: 'Nochmals deployt',
    job: 'Job',
    median: 'Median',
    p95: '95 % höchstens',
    runs: 'Läufe',
    'failed-share': 'Anteil fehlgeschlagen',
    'flaky-share': 'Anteil wackelig',
    flaky: 'Wackelig',
    pipelines: 'Pipelines',
    'minutes-lost': 'Verlorene Zeit',
    minutes: 'Zeit',
    'merge-request': 'Merge-Request',
    title: 'Titel',
    'waiting-on': 'Wartet auf',
    age: 'Alter',
    'merge-requests': 'Merge-Requests',
    status: 'Ergebnis',
    cause: 'Ursache',
    pipeline: 'Pipeline',
    'red-for': 'Rot für',
    'fixed-by': 'Behoben durch',
    test: 'Test',
    share: 'Anteil',
    retried: 'Beim Wiederholen bestanden',
    person: 'Person',
    merged: 'Gemergt',
    reviewed: 'Geprüft',
    pickup: 'Andere warteten auf die Prüfung',
    waiting: 'Warten auf sie',
    project: 'Projekt',
  },
  cells: {
    author: 'Autorin oder Autor',
    reviewer: 'eine Prüfung',
    pipeline: 'eine Pipeline',
    nobody: 'niemanden',
  },
  measures: germanDigestMeasures,
};
