import type { Language } from './english.ts';
import { formatMetric, formatRatio } from './format-metric.ts';
import { formatDifference, formatPercent, formatPoints } from './format-number.ts';
import { germanDuration } from './german-duration.ts';
import { causeWords, jobWords, missingParts, testDetails } from './german-failures.ts';
import { germanFooter } from './german-footer.ts';
import { germanGates } from './german-gates.ts';
import { germanMeasures } from './german-measures.ts';
import { count, form, germanNumber, plural } from './german-number.ts';
import { germanPage } from './german-page.ts';
import { germanTouched } from './german-touched.ts';

/** All of Herald's own words in German. */
export const german: Language = {
  tag: 'de',
  format: {
    count,
    percent: (value) => germanNumber(formatPercent(value)),
    points: (value) => germanNumber(formatPoints(value)).replace('pp', 'Pp.'),
    difference: (value) => germanNumber(formatDifference(value)),
    duration: germanDuration,
    metric: (value, unit) => germanNumber(formatMetric(value, unit)),
    ratio: (value) => germanNumber(formatRatio(value)),
  },
  verdict: {
    passed: 'Bestanden',
    failed: 'Fehlgeschlagen',
    warning: 'Bitte ansehen',
    info: 'Nicht beurteilt',
  },
  tests: {
    label: 'Tests',
    allPass: (total) =>
      form(total, { one: 'der einzige Test besteht', other: `alle ${count(total)} Tests bestehen` }),
    fail: (failing, total) =>
      `${count(failing)} von ${plural(total, { one: 'Test', other: 'Tests' })} ${form(failing, { one: 'schlägt fehl', other: 'schlagen fehl' })}`,
    noneRan: 'kein Test ist gelaufen',
    pass: (passed) => plural(passed, { one: 'Test besteht', other: 'Tests bestehen' }),
    inRuns: (runs) => `in ${plural(runs, { one: 'Lauf', other: 'Läufen' })}`,
    ran: (runs) => plural(runs, { one: 'Lauf', other: 'Läufe' }),
    newOnes: (fresh) => plural(fresh, { one: 'neuer Test-Fehlschlag', other: 'neue Test-Fehlschläge' }),
    knownOnes: (known) => plural(known, { one: 'bekannter Fehlschlag', other: 'bekannte Fehlschläge' }),
    noneNew: (failing) => form(failing, { one: 'kein neuer Fehlschlag', other: 'keiner davon neu' }),
    knownFlaky: (known) => `${count(known)} als wackelig bekannt`,
    areNew: (added) => `davon ${count(added)} neu`,
    flaky: (flaky) => `${count(flaky)} wackelig`,
    errored: (errored) => `${count(errored)} abgebrochen`,
    passedOnRetry: (retried) => `${count(retried)} erst beim Wiederholen bestanden`,
    onRetry: (retried) => `davon ${count(retried)} erst beim Wiederholen`,
    skipped: (skipped) => `${count(skipped)} übersprungen`,
    passed: (passed) => `${count(passed)} bestanden`,
    failed: (failed) => `${count(failed)} fehlgeschlagen`,
    failedOf: (failed, total) => `${count(failed)} von ${count(total)} fehlgeschlagen`,
    erroredOf: (errored, total) => `${count(errored)} von ${count(total)} abgebrochen`,
    withError: (errored) => `davon ${count(errored)} abgebrochen`,
    fixed: (fixed) => `${count(fixed)} behoben`,
    added: (added) => `${count(added)} hinzugekommen`,
    removed: (removed) => `${count(removed)} entfallen`,
    moreFailed: (fresh) => `${germanNumber(formatDifference(fresh))} fehlgeschlagen`,
    newHeading: 'Neue Fehlschläge',
    failuresHeading: 'Fehlgeschlagene Tests',
    stillHeading: (still) => `Auch auf dem Ziel-Branch fehlgeschlagen (${count(still)})`,
    flakyHeading: (flaky) => `Wackelig: erst fehlgeschlagen, dann bestanden (${count(flaky)})`,
    runs: (failed, runs) =>
      `in ${count(failed)} von ${plural(runs, { one: 'Lauf', other: 'Läufen' })} fehlgeschlagen`,
    in: 'in',
    lastChanged: (name) => (name === '' ? 'zuletzt geändert' : `zuletzt geändert von ${name}`),
    inThisMergeRequest: 'in diesem Merge Request',
    markedHeading: (marked) => `Als wackelig bekannt, von Menschen markiert (${count(marked)})`,
    markedBy: (who, day) => `am ${day} von ${who} als wackelig markiert`,
    quarantined: (tolerated) => `${count(tolerated)} in Quarantäne`,
    quarantinedHeading: (tolerated) => `In Quarantäne, zählt für keine Schranke (${count(tolerated)})`,
    quarantinedUntil: (day, owner, reason) => `in Quarantäne bis ${day}, durch ${owner}: ${reason}`,
    quarantineExpired: (day, owner) =>
      `Quarantäne durch ${owner} am ${day} abgelaufen: der Fehlschlag zählt wieder`,
    flakyMark: 'als wackelig bekannt',
    history: (failed, runs, branch) =>
      failed === 0
        ? `in den letzten ${plural(runs, { one: 'Lauf', other: 'Läufen' })} auf ${branch} nie fehlgeschlagen`
        : `in ${count(failed)} der letzten ${plural(runs, { one: 'Lauf', other: 'Läufe' })} auf ${branch} fehlgeschlagen`,
    retried: (retried) => `in ${count(retried)} erst beim Wiederholen bestanden`,
    retriedOf: (retried, runs, branch) =>
      `in ${count(retried)} der letzten ${plural(runs, { one: 'Lauf', other: 'Läufe' })} auf ${branch} erst beim Wiederholen bestanden`,
    ...testDetails,
    failAlike: (alike) => `${count(alike)} Tests schlagen auf dieselbe Weise fehl`,
    noMessage: 'Der Report enthält keine Meldung.',
    noun: (failing) => plural(failing, { one: 'fehlgeschlagener Test', other: 'fehlgeschlagene Tests' }),
    more: (more) =>
      `${plural(more, { one: 'weiterer steht', other: 'weitere stehen' })} im vollständigen Report.`,
  },
  runAgain: {
    heading: (commands) =>
      form(commands, { one: 'Ihn noch einmal ausführen', other: 'Sie noch einmal ausführen' }),
    without: (tests) =>
      `${plural(tests, { one: 'Test ist', other: 'Tests sind' })} nicht dabei: Herald kennt keinen Befehl, oder der Name lässt sich nicht sicher in Anführungszeichen setzen.`,
    noun: (commands) => plural(commands, { one: 'Befehl', other: 'Befehle' }),
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
  jobs: jobWords,
  causes: causeWords,
  gates: {
    label: 'Schranken',
    heading: 'Schranken',
    failed: (failed) => plural(failed, { one: 'Schranke gerissen', other: 'Schranken gerissen' }),
    warned: (warned) => plural(warned, { one: 'Schranke zum Ansehen', other: 'Schranken zum Ansehen' }),
    allPass: (gates) => form(gates, { one: 'die einzige hält', other: `alle ${count(gates)} halten` }),
    allowed: (label, setBy) =>
      `erlaubt durch das Label ${label}${setBy === null ? '' : `, gesetzt von ${setBy}`}`,
    outcome: {
      failed: 'gerissen',
      warned: 'Warnung',
      unknown: 'nicht gemessen',
      passed: 'hält',
      allowed: 'gerissen, aber erlaubt',
    },
    messages: germanGates,
    unknownCount: (unknown) => `${count(unknown)} nicht gemessen`,
    noun: (gates) => plural(gates, { one: 'Schranke', other: 'Schranken' }),
    more: (more) =>
      `${plural(more, { one: 'weitere steht', other: 'weitere stehen' })} im vollständigen Report.`,
  },
  checks: {
    check: 'Prüfung',
    result: 'Ergebnis',
    change: 'Änderung',
    against: (ref) => `Gegenüber ${ref}`,
    noun: (checks) => plural(checks, { one: 'Prüfung', other: 'Prüfungen' }),
  },
  warnings: {
    heading: (warnings) => plural(warnings, { one: 'Warnung', other: 'Warnungen' }),
    noun: (warnings) => plural(warnings, { one: 'Warnung', other: 'Warnungen' }),
    more: (more) => `und ${count(more)} weitere`,
  },
  unexplained: {
    label: 'Reports',
    heading: 'Anzeichen von Fehlern, die nichts erklärt',
    noun: (signs) => plural(signs, { one: 'unerklärtes Anzeichen', other: 'unerklärte Anzeichen' }),
    more: (more) => `und ${count(more)} weitere`,
    phrase: {
      declared: (failures) =>
        `${plural(failures, { one: 'Fehlschlag', other: 'Fehlschläge' })} gezählt, aber nicht genannt`,
      verdict: (tools) =>
        `${plural(tools, { one: 'Werkzeug meldet', other: 'Werkzeuge melden' })} einen fehlgeschlagenen Lauf`,
      incomplete: (reports) =>
        plural(reports, { one: 'Report unvollständig', other: 'Reports unvollständig' }),
      unreadable: (reports) =>
        `${plural(reports, { one: 'Report konnte', other: 'Reports konnten' })} nicht gelesen werden`,
      missing: (reports) => plural(reports, { one: 'Report fehlt', other: 'Reports fehlen' }),
      vanished: (failures) =>
        `${plural(failures, { one: 'Fehlschlag ist', other: 'Fehlschläge sind' })} verloren gegangen`,
      stopped: (jobs) => `${plural(jobs, { one: 'Job', other: 'Jobs' })} vorzeitig beendet`,
      pipeline: () => 'die Pipeline ist fehlgeschlagen',
      triggers: () => 'Trigger-Jobs waren nicht zu sehen',
    },
    sign: {
      declared: (failures) =>
        `zählt ${plural(failures, { one: 'Fehlschlag, den', other: 'Fehlschläge, die' })} er nicht nennt`,
      verdict: () => 'das Werkzeug meldet einen fehlgeschlagenen Lauf',
      incomplete: () => 'der Report ist unvollständig',
      unreadable: () => 'der Report konnte nicht gelesen werden',
      missing: () => 'der Report fehlt',
      vanished: (failures) =>
        `${plural(failures, { one: 'Fehlschlag', other: 'Fehlschläge' })} dieses Reports ging verloren; bitte als Fehler in Herald melden`,
      stopped: () => 'ein Job wurde abgebrochen oder von außen beendet, sein Report fehlt vielleicht',
      pipeline: () => 'die Pipeline ist fehlgeschlagen, aber GitLab nennt keinen fehlgeschlagenen Job',
      triggers: () =>
        'GitLab hat die Trigger-Jobs der Pipeline nicht genannt, und einer davon kann fehlgeschlagen sein',
    },
  },
  missing: missingParts,
  inline: {
    failsHere: 'Schlägt seit dieser Änderung hier fehl',
    uncovered: (lines) =>
      form(lines, {
        one: 'Kein Test führt diese Zeile aus.',
        other: `Kein Test führt diese ${count(lines)} Zeilen aus.`,
      }),
    fix: (start, end) =>
      start === end
        ? `Änderungsvorschlag des Werkzeugs für Zeile ${start}:`
        : `Änderungsvorschlag des Werkzeugs für die Zeilen ${start} bis ${end}:`,
    more: 'Mehr dazu',
    gone: (commit) => `Behoben seit ${commit}.`,
    leftOut: (left, max) =>
      `${plural(left, { one: 'Kommentar zu einer Zeile steht', other: 'Kommentare zu Zeilen stehen' })} nur in diesem Report, weil max-inline ${count(max)} erlaubt.`,
  },
  touched: germanTouched,
  closes: {
    merging: 'Der Merge schließt',
    says: 'Nach eigenen Worten schließt dies',
    onlyOn: (branch) => `GitLab tut das nur in ${branch}.`,
    elsewhere: 'In anderen Trackern:',
    cut: 'Das Ende der Beschreibung ist hier nicht bekannt.',
    noun: (issues) =>
      plural(issues, { one: 'Issue, das geschlossen wird', other: 'Issues, die geschlossen werden' }),
    more: (more) => `und ${count(more)} weitere`,
  },
  appended: {
    noun: (texts) => plural(texts, { one: 'Text eines Jobs', other: 'Texte von Jobs' }),
  },
  sections: {
    headline: 'Ergebnis',
    checks: 'Prüfungen',
    gates: 'Schranken',
    unexplained: 'Unerklärt',
    'failed-tests': 'Fehlgeschlagene Tests',
    'run-again': 'Noch einmal ausführen',
    thresholds: 'Grenzwerte',
    'failed-jobs': 'Fehlgeschlagene Jobs',
    findings: 'Befunde',
    coverage: 'Abdeckung',
    metrics: 'Messwerte',
    durations: 'Dauer',
    'test-changes': 'Geänderte Tests',
    'touched-files': 'Geänderte Dateien',
    closes: 'Schließt',
    appended: 'Notizen',
    warnings: 'Warnungen',
    footer: 'Über',
  },
  nothing: {
    headline: 'Es wurden keine Reports gefunden',
    advice: {
      reports:
        'Jeder Job sollte seine Reports übergeben, auch wenn er fehlschlägt: `artifacts:reports`, mit `when: always`. Ab GitLab 19.4 ist das alles.',
      paths:
        'Vor GitLab 19.4, und bei Formaten, für die GitLab keinen Typ hat: Führen Sie die Dateien auch unter `artifacts:paths` auf, und nennen Sie die Jobs im Input `artifacts-from`.',
      names: 'Herald findet Dateien mit bekannten Namen. Nennen Sie andere im Input `reports`.',
    },
  },
  footer: germanFooter,
  page: germanPage,
  leftOut: (items) => `Aus Platzgründen ausgelassen: ${items.join(', ')}. Alles steht im`,
};
