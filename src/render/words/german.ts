import type { Language } from './english.ts';
import { formatDuration } from './format-duration.ts';
import { formatMetric, formatRatio } from './format-metric.ts';
import { formatDifference, formatPercent, formatPoints } from './format-number.ts';
import { causeKinds, failureReasons, testDetails, traceUses } from './german-failures.ts';
import { germanMeasures } from './german-measures.ts';
import { count, germanNumber, plural } from './german-number.ts';
import { germanPage } from './german-page.ts';

/** `3 min 41 s` instead of `3m 41s`. */
function duration(seconds: number): string {
  return germanNumber(formatDuration(seconds)).replace(/(\d)([hms])/g, (_, digit: string, unit: string) =>
    unit === 'm' ? `${digit} min` : `${digit} ${unit}`,
  );
}

/** All of Herald's own words in German. */
export const german: Language = {
  tag: 'de',
  format: {
    count,
    percent: (value) => germanNumber(formatPercent(value)),
    points: (value) => germanNumber(formatPoints(value)).replace('pp', 'Pp.'),
    difference: (value) => germanNumber(formatDifference(value)),
    duration,
    metric: (value, unit) => germanNumber(formatMetric(value, unit)),
    ratio: (value) => germanNumber(formatRatio(value)),
  },
  verdict: { passed: 'Bestanden', failed: 'Fehlgeschlagen', warning: 'Bitte ansehen' },
  tests: {
    label: 'Tests',
    allPass: (total) => (total === 1 ? 'der eine Test besteht' : `alle ${count(total)} Tests bestehen`),
    fail: (failing, total) =>
      `${count(failing)} von ${plural(total, 'Test', 'Tests')} ${failing === 1 ? 'schlägt fehl' : 'schlagen fehl'}`,
    noneRan: 'kein Test ist gelaufen',
    pass: (passed) => plural(passed, 'Test besteht', 'Tests bestehen'),
    ran: (runs) => plural(runs, 'Lauf', 'Läufe'),
    newOnes: (fresh, failing) =>
      fresh < failing ? `davon ${count(fresh)} neu` : failing === 1 ? 'und zwar neu' : 'alle davon neu',
    noneNew: (failing) => (failing === 1 ? 'kein neuer Fehlschlag' : 'keiner davon neu'),
    knownFlaky: (known) => `${count(known)} als wackelig bekannt`,
    areNew: (added) => `davon ${count(added)} neu`,
    flaky: (flaky) => `${count(flaky)} wackelig`,
    skipped: (skipped) => `${count(skipped)} übersprungen`,
    passed: (passed) => `${count(passed)} bestanden`,
    failed: (failed) => `${count(failed)} fehlgeschlagen`,
    errored: (errored) => `${count(errored)} abgebrochen`,
    fixed: (fixed) => `${count(fixed)} behoben`,
    added: (added) => `${count(added)} hinzugekommen`,
    removed: (removed) => `${count(removed)} entfallen`,
    newFailures: (fresh) => plural(fresh, 'neuer Fehlschlag', 'neue Fehlschläge'),
    newHeading: 'Neue Fehlschläge',
    failuresHeading: 'Fehlgeschlagene Tests',
    stillHeading: (still) => `Auch auf dem Ziel-Branch fehlgeschlagen (${count(still)})`,
    flakyHeading: (flaky) => `Wackelig: erst fehlgeschlagen, dann bestanden (${count(flaky)})`,
    runs: (failed, runs) => `in ${count(failed)} von ${plural(runs, 'Lauf', 'Läufen')} fehlgeschlagen`,
    in: 'in',
    markedHeading: (marked) => `Als wackelig bekannt, von Menschen markiert (${count(marked)})`,
    markedBy: (who, day) => `am ${day} von ${who} als wackelig markiert`,
    flakyMark: 'als wackelig bekannt',
    history: (failed, runs, branch) =>
      failed === 0
        ? `in den letzten ${plural(runs, 'Lauf', 'Läufen')} auf ${branch} nie fehlgeschlagen`
        : `in ${count(failed)} der letzten ${plural(runs, 'Lauf', 'Läufe')} auf ${branch} fehlgeschlagen`,
    retried: (retried) => `in ${count(retried)} erst beim Wiederholen bestanden`,
    retriedOf: (retried, runs, branch) =>
      `in ${count(retried)} der letzten ${plural(runs, 'Lauf', 'Läufe')} auf ${branch} erst beim Wiederholen bestanden`,
    ...testDetails,
    failAlike: (alike) => `${count(alike)} Tests schlagen gleich fehl`,
    noMessage: 'Der Report enthält keine Meldung.',
    noun: (failing) => plural(failing, 'fehlgeschlagener Test', 'fehlgeschlagene Tests'),
    more: (more) => `${plural(more, 'weiterer steht', 'weitere stehen')} im vollständigen Report.`,
  },
  testChanges: {
    slower: (slower) => `${count(slower)} langsamer`,
    newlySkipped: (skipped) => `${count(skipped)} neu übersprungen`,
    removed: (removed) => `${count(removed)} entfallen`,
    added: (added) => `${count(added)} hinzugekommen`,
    moved: (moved) => `${count(moved)} verschoben`,
    summary: (parts) => `Geänderte Tests: ${parts}`,
    headings: {
      slower: 'Langsamer',
      newlySkipped: 'Neu übersprungen',
      removed: 'Entfallen',
      added: 'Hinzugekommen',
      moved: 'Verschoben',
    },
    fromTo: (before, now) => `vorher ${before}, jetzt ${now}`,
    movedFrom: 'aus',
    more: (more) => `und ${count(more)} weitere`,
  },
  ...germanMeasures,
  jobs: {
    label: 'Jobs',
    heading: 'Fehlgeschlagene Jobs',
    allPass: (jobs) => `${plural(jobs, 'Job', 'Jobs')}, keiner fehlgeschlagen`,
    failed: (failed, total) => `${count(failed)} von ${plural(total, 'Job', 'Jobs')} fehlgeschlagen`,
    jobsFailed: (failed) => `${plural(failed, 'Job', 'Jobs')} fehlgeschlagen`,
    infrastructure: (failed) =>
      `${plural(failed, 'Job', 'Jobs')} aus Gründen außerhalb der Änderung fehlgeschlagen`,
    retried: (retried) => `${count(retried)} wiederholt`,
    allowed: 'dürfen fehlschlagen',
    allowedPhrase: (jobs) => `${plural(jobs, 'Job', 'Jobs')} fehlgeschlagen, wie erlaubt`,
    succeededOnRetry: 'beim Wiederholen bestanden',
    columns: { job: 'Job', stage: 'Stage', reason: 'Warum', duration: 'Dauer' },
    reason: (reason) =>
      reason === null ? 'GitLab nennt keinen Grund' : (failureReasons[reason] ?? reason.replaceAll('_', ' ')),
    noun: (failed) => plural(failed, 'fehlgeschlagener Job', 'fehlgeschlagene Jobs'),
    more: (more) => `${plural(more, 'weiterer steht', 'weitere stehen')} auf der Seite der Pipeline.`,
  },
  causes: {
    kind: (kind) => causeKinds[kind],
    moreJobs: (more) => `und ${count(more)} weitere`,
    line: (line) => `Zeile ${count(line)} des Logs`,
    command: 'Befehl',
    stage: 'in',
    outside: 'Außerhalb der Änderung: Den Job noch einmal laufen zu lassen kann helfen',
    unread: (use) => traceUses[use],
    more: (more) =>
      `${plural(more, 'weitere Ursache steht', 'weitere Ursachen stehen')} im vollständigen Report.`,
  },
  gates: {
    label: 'Schranken',
    heading: 'Schranken',
    failed: (failed) => plural(failed, 'Schranke gerissen', 'Schranken gerissen'),
    warned: (warned) => plural(warned, 'Schranke zum Ansehen', 'Schranken zum Ansehen'),
    allPass: (gates) => (gates === 1 ? 'die eine hält' : `alle ${count(gates)} halten`),
    allowed: (label, setBy) =>
      `erlaubt durch das Label ${label}${setBy === null ? '' : `, gesetzt von ${setBy}`}`,
    outcome: {
      failed: 'gerissen',
      warned: 'Warnung',
      unknown: 'nicht gemessen',
      passed: 'hält',
      allowed: 'gerissen, aber erlaubt',
    },
    unknownCount: (unknown) => `${count(unknown)} nicht gemessen`,
    noun: (gates) => plural(gates, 'Schranke', 'Schranken'),
    more: (more) => `${plural(more, 'weitere steht', 'weitere stehen')} im vollständigen Report.`,
  },
  checks: {
    check: 'Prüfung',
    result: 'Ergebnis',
    change: 'Änderung',
    noun: (checks) => plural(checks, 'Prüfung', 'Prüfungen'),
  },
  warnings: {
    heading: (warnings) => plural(warnings, 'Warnung', 'Warnungen'),
    noun: (warnings) => plural(warnings, 'Warnung', 'Warnungen'),
    more: (more) => `und ${count(more)} weitere`,
  },
  unexplained: {
    label: 'Reports',
    heading: 'Anzeichen von Fehlern, die nichts erklärt',
    noun: (signs) => plural(signs, 'unerklärtes Anzeichen', 'unerklärte Anzeichen'),
    more: (more) => `und ${count(more)} weitere`,
    phrase: {
      declared: (failures) => `${plural(failures, 'Fehlschlag', 'Fehlschläge')} gezählt, aber nicht genannt`,
      verdict: (tools) =>
        `${plural(tools, 'Werkzeug meldet', 'Werkzeuge melden')} einen fehlgeschlagenen Lauf`,
      incomplete: (reports) => plural(reports, 'Report unvollständig', 'Reports unvollständig'),
      unreadable: (reports) =>
        reports === 1
          ? '1 Report konnte nicht gelesen werden'
          : `${count(reports)} Reports konnten nicht gelesen werden`,
      missing: (reports) => plural(reports, 'Report fehlt', 'Reports fehlen'),
      vanished: (failures) => `${plural(failures, 'Fehlschlag ist', 'Fehlschläge sind')} verloren gegangen`,
      stopped: (jobs) => `${plural(jobs, 'Job', 'Jobs')} vorzeitig beendet`,
      pipeline: () => 'die Pipeline ist fehlgeschlagen',
    },
    sign: {
      declared: (failures) =>
        `zählt ${plural(failures, 'Fehlschlag, den', 'Fehlschläge, die')} er nicht nennt`,
      verdict: () => 'das Werkzeug meldet einen fehlgeschlagenen Lauf',
      incomplete: () => 'der Report ist unvollständig',
      unreadable: () => 'der Report konnte nicht gelesen werden',
      missing: () => 'der Report fehlt',
      vanished: (failures) =>
        `${plural(failures, 'Fehlschlag', 'Fehlschläge')} dieses Reports ging verloren; bitte als Fehler in Herald melden`,
      stopped: () => 'ein Job wurde abgebrochen oder von außen beendet, sein Report fehlt vielleicht',
      pipeline: () => 'die Pipeline ist fehlgeschlagen, und GitLab nennt keinen Job dazu',
    },
  },
  inline: {
    failsHere: 'Schlägt seit dieser Änderung hier fehl',
    uncovered: (lines) =>
      lines === 1 ? 'Kein Test führt diese Zeile aus.' : `Kein Test führt diese ${count(lines)} Zeilen aus.`,
    fix: (start, end) =>
      start === end
        ? `Änderungsvorschlag des Werkzeugs für Zeile ${start}:`
        : `Änderungsvorschlag des Werkzeugs für die Zeilen ${start} bis ${end}:`,
    more: 'Mehr dazu',
    gone: (commit) => `Behoben seit ${commit}.`,
    leftOut: (left, max) =>
      `${plural(left, 'Kommentar', 'Kommentare')} zu Zeilen hatten neben den ${count(max)}, die max-inline erlaubt, keinen Platz; alles steht in diesem Report.`,
  },
  appended: {
    noun: (texts) => plural(texts, 'Text eines Jobs', 'Texte von Jobs'),
  },
  sections: {
    headline: 'Ergebnis',
    checks: 'Prüfungen',
    gates: 'Schranken',
    unexplained: 'Unerklärt',
    'failed-tests': 'Fehlgeschlagene Tests',
    thresholds: 'Grenzwerte',
    'failed-jobs': 'Fehlgeschlagene Jobs',
    findings: 'Befunde',
    coverage: 'Abdeckung',
    metrics: 'Messwerte',
    durations: 'Dauer',
    'test-changes': 'Geänderte Tests',
    appended: 'Notizen',
    warnings: 'Warnungen',
    footer: 'Über',
  },
  nothing: {
    headline: 'Es wurden keine Reports gefunden',
    advice:
      'Lassen Sie die Jobs, die testen, ihre Reports übergeben: Nennen Sie die Dateien unter artifacts:paths mit when: always. Herald findet die bekannten Namen selbst; der Input reports nennt andere.',
  },
  footer: {
    commit: 'Commit',
    pipeline: 'Pipeline',
    mergedInto: (ref) => `gemergt mit ${ref} auf Stand`,
    comparedWith: (ref) => `verglichen mit ${ref} auf Stand`,
    standing: (relation, commitsBehind) => {
      switch (relation) {
        case 'behind':
          return commitsBehind === null
            ? 'vor der Merge-Basis'
            : `${plural(commitsBehind, 'Commit', 'Commits')} vor der Merge-Basis`;
        case 'newest':
          return 'der neueste Report, da es an der Merge-Basis keinen gibt';
        case 'exact':
        case 'previous':
        case 'given':
          return '';
      }
    },
    gitlabsOwn: 'nach GitLabs eigenem Test-Report',
    noBaseline: (reason) => `kein Vergleich: ${reason}`,
    fullReport: 'vollständiger Report',
    by: (version) => `Herald ${version}`,
  },
  page: germanPage,
  leftOut: (items) => `Der Länge wegen ausgelassen: ${items.join(', ')}. Alles steht im`,
};
