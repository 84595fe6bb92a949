import type { CoverageUnit } from '../../model/coverage.ts';
import type { GateWords } from '../../model/gate-words.ts';
import { withUnit } from './format-unit.ts';
import { germanMeasures } from './german-measures.ts';
import { count, form, germanNumber, plural } from './german-number.ts';

const measures: Readonly<Record<CoverageUnit, string>> = {
  lines: 'Zeilenabdeckung',
  statements: 'Anweisungsabdeckung',
  mixed: 'Abdeckung von Zeilen und Anweisungen',
};

const counted = {
  findings: { one: 'Befund', other: 'Befunde' },
  'new-findings': { one: 'neuer Befund', other: 'neue Befunde' },
  vulnerabilities: { one: 'Schwachstelle', other: 'Schwachstellen' },
  'new-vulnerabilities': { one: 'neue Schwachstelle', other: 'neue Schwachstellen' },
};

const failing = {
  all: { one: 'Test schlägt fehl', other: 'Tests schlagen fehl' },
  unmarked: {
    one: 'nicht als wackelig markierter Test schlägt fehl',
    other: 'nicht als wackelig markierte Tests schlagen fehl',
  },
  stable: {
    one: 'nicht als wackelig bekannter Test schlägt fehl',
    other: 'nicht als wackelig bekannte Tests schlagen fehl',
  },
};

/** At most two digits behind the comma. */
function rounded(value: number): string {
  return germanNumber(String(Math.round(value * 100) / 100));
}

/** What gates found, and what would make them pass. */
export const germanGates: GateWords = {
  notJudged: (why) => `nicht beurteilt: ${why}`,
  atLeast: (found, why) => `mindestens ${found}; ${why}`,
  besides: (found, quarantined) => `${found}, ohne ${count(quarantined)} in Quarantäne`,
  both: (first, second) => `${first}, und ${second}`,
  names: (shown, more) => ` (${shown.join(', ')}${more > 0 ? ` und ${count(more)} weitere` : ''})`,
  unmeasured: {
    'no-tests':
      'kein Test-Report gefunden; bitte prüfen, ob die Test-Jobs liefen und ihre Reports in artifacts:paths aufheben',
    'no-earlier-tests':
      'dem Vergleichsstand fehlen Tests; bitte auch die Pipelines des Zielbranches darüber berichten lassen',
    'no-coverage':
      'kein Abdeckungs-Report gefunden; bitte prüfen, ob ein Job ihn schreibt und in artifacts:paths aufhebt',
    'no-branches': 'kein Report misst Zweige; bitte die Zweigabdeckung im Werkzeug einschalten',
    'no-earlier-coverage':
      'dem Vergleichsstand fehlt die Abdeckung, oder er zählt Anderes (Zeilen, Anweisungen); bitte die Pipelines des Zielbranches denselben Report schreiben lassen',
    'no-changed-lines':
      'die Abdeckungs-Reports messen keine geänderte Zeile; bitte prüfen, ob ihre Pfade die des Projekts sind',
    'no-findings':
      'kein Report mit Befunden gefunden; bitte prüfen, ob der Scanner lief und sein Job den Report in artifacts:paths aufhebt',
    'no-earlier-findings':
      'dem Vergleichsstand fehlen Befunde, und die geänderten Zeilen sind nicht bekannt; bitte auch die Pipelines des Zielbranches Befunde berichten lassen',
    'findings-elsewhere':
      'andere können auch neu sein, weil der Zielbranch keine Befunde zum Vergleichen hat; bitte auch dessen Pipelines darüber berichten lassen',
    'no-baseline':
      'vom Zielbranch gibt es keinen Report zum Vergleichen; am Ende des Kommentars steht, was fehlt',
    'no-diff': 'die geänderten Zeilen sind nicht bekannt; der Grund steht im Log',
    'no-metrics':
      'kein Report mit Messwerten gefunden; bitte prüfen, ob ein Job ihn schreibt und in artifacts:paths aufhebt',
    'no-earlier-metrics':
      'dem Vergleichsstand fehlen Messwerte; bitte auch die Pipelines des Zielbranches darüber berichten lassen',
    'no-earlier-sizes':
      'diesem Lauf oder dem Vergleichsstand fehlen Größen; bitte beide Messwerte in Bytes berichten lassen',
    'no-earlier-durations':
      'keine jüngeren Laufzeiten zum Vergleichen gefunden; sie kommen mit den nächsten Pipelines des Zielbranches',
    'no-plan':
      'kein Terraform-Plan gefunden; bitte prüfen, ob sein Job den Plan als JSON in artifacts:paths aufhebt',
    'no-jobs': 'GitLab hat die Jobs nicht geliefert; der Grund steht im Log',
    'no-merge-request': 'diese Pipeline hat keinen Merge Request',
    'no-code-owners':
      'der Zielbranch hat keine CODEOWNERS-Datei, die Herald lesen kann und die jemanden nennt',
    'no-approvals': 'GitLab hat nicht geliefert, wer genehmigt hat; der Grund steht im Log',
    'no-changed-files': 'die geänderten Dateien sind nicht alle bekannt oder zu viele',
    'unseen-owners': 'bitte dem Bot Zugang zu diesen Gruppen geben oder in CODEOWNERS Personen nennen',
    'no-other-owner': 'bitte in CODEOWNERS weitere Personen nennen',
  },
  remedy: {
    'fix-tests': 'bitte die fehlgeschlagenen Tests reparieren',
    'fix-new-failures': 'bitte die neuen Fehlschläge beheben',
    'fix-errors': 'bitte beheben, was die Tests am Laufen hindert',
    'make-reliable': 'bitte diese Tests zuverlässig machen',
    'run-again': 'bitte diese Tests wieder laufen lassen',
    'bring-back': 'bitte zurückholen oder prüfen, warum sie nicht liefen',
    'check-test-jobs': 'bitte prüfen, ob die Test-Jobs liefen und ihre Reports als Artefakte aufheben',
    'cover-lines': 'bitte mehr Zeilen abdecken',
    'cover-branches': 'bitte mehr Zweige abdecken',
    'cover-added-lines': 'bitte die hinzugefügten Zeilen abdecken',
    'cover-changed-lines': 'bitte die geänderten Zeilen abdecken',
    'fix-findings': 'bitte beheben oder verwerfen',
    'fix-new-findings': 'bitte die neuen beheben oder verwerfen',
    'check-growth': 'bitte prüfen, was sie wachsen ließ',
    'check-metrics': 'bitte prüfen, was sie verschlechtert hat',
    'check-limits': 'bitte prüfen, welche Grenze überschritten wurde',
    'check-durations': 'bitte prüfen, welche Jobs langsamer wurden',
    'check-plan': 'bitte den Plan prüfen oder das Label setzen, das ihn erlaubt',
    'see-comment': 'Datei und Grund nennt der Kommentar',
    'fix-jobs': 'bitte die Jobs reparieren',
    'ask-owners': 'bitte die Genannten um Genehmigung bitten',
  },
  unexplained: (signs) =>
    `${plural(signs, { one: 'Anzeichen eines Fehlers ist', other: 'Anzeichen von Fehlern sind' })} unerklärt`,
  failures: (tests) => plural(tests, failing.all),
  newFailures: (tests, which, { names, isCompared }) =>
    isCompared
      ? `${plural(tests, failing[which])}, aber nicht auf dem Ziel-Branch${names}`
      : `${plural(tests, failing[which])}${names}; ohne Vergleichsstand zählen alle als neu`,
  errors: (tests) => `${plural(tests, { one: 'Test konnte', other: 'Tests konnten' })} nicht laufen`,
  flaky: (tests) =>
    `${plural(tests, { one: 'Test bestand', other: 'Tests bestanden' })} erst beim Wiederholen`,
  skipped: (tests) => `${plural(tests, { one: 'Test wurde', other: 'Tests wurden' })} übersprungen`,
  newlySkipped: (tests) =>
    `${plural(tests, { one: 'Test, der vorher lief, wird', other: 'Tests, die vorher liefen, werden' })} jetzt übersprungen`,
  removed: (tests) => `${plural(tests, { one: 'Test ist', other: 'Tests sind' })} entfallen`,
  tests: (tests) =>
    `${plural(tests, { one: 'Test lief oder wurde', other: 'Tests liefen oder wurden' })} übersprungen`,
  coverage: (unit, percent) => `${measures[unit]} liegt bei ${withUnit(rounded(percent), '%')}`,
  branches: (percent) => `Zweigabdeckung liegt bei ${withUnit(rounded(percent), '%')}`,
  drop: (unit, points) =>
    points > 0
      ? `${measures[unit]} ist um ${withUnit(rounded(points), 'Pp.')} gesunken`
      : `${measures[unit]} ist nicht gesunken (${withUnit(rounded(-points), 'Pp.')} mehr)`,
  patch: (percent, uncovered) =>
    `Abdeckung der geänderten Zeilen liegt bei ${withUnit(rounded(percent), '%')} (${plural(uncovered, { one: 'Zeile', other: 'Zeilen' })} nicht abgedeckt)`,
  findings: (which, found, atLeast) =>
    `${plural(found, counted[which])}${atLeast === null ? '' : ` der Schwere „${germanMeasures.findings.severity[atLeast]}“ oder höher`}`,
  noGrowth: 'Keine Größe ist gewachsen',
  growth: (name, bytes, percent) =>
    `${name} ist um ${withUnit(rounded(bytes), form(bytes, { one: 'Byte', other: 'Bytes' }))} gewachsen${percent === null ? '' : ` (${withUnit(rounded(percent), '%')})`}`,
  worseMetrics: (metrics) =>
    `${plural(metrics, { one: 'Messwert ist', other: 'Messwerte sind' })} schlechter`,
  crossed: (limits) => `${plural(limits, { one: 'Grenzwert ist', other: 'Grenzwerte sind' })} überschritten`,
  duration: (seconds, percent) =>
    `Die Pipeline brauchte ${withUnit(rounded(Math.abs(seconds)), 's')} (${withUnit(rounded(Math.abs(percent)), '%')}) ${seconds >= 0 ? 'länger' : 'weniger'} als üblich`,
  destroys: (resources) =>
    `Der Plan löscht oder ersetzt ${plural(resources, { one: 'Ressource', other: 'Ressourcen' })}`,
  noReport: 'Kein Report gefunden',
  everyReport: 'Jeder Report wurde gelesen',
  failedJobs: (jobs) => `${plural(jobs, { one: 'Job ist', other: 'Jobs sind' })} fehlgeschlagen`,
  owedApprovals: (rules) =>
    `${plural(rules, { one: 'Regel von CODEOWNERS ist', other: 'Regeln von CODEOWNERS sind' })} nicht genehmigt`,
  unclearApprovals: (rules, unseen) =>
    `bei ${plural(rules, { one: 'Regel', other: 'Regeln' })} zeigt GitLab nicht, wer zuständig ist${unseen}`,
  unownedApprovals: (rules) =>
    `bei ${plural(rules, { one: 'Regel', other: 'Regeln' })} kann neben dem Autor niemand mehr genehmigen`,
  approvalsOf: ({ section, pattern, given, required, owners }) =>
    `${section === '' ? '' : `[${section}] `}${pattern}: ${given} von ${required} durch ${owners.join(' ')}`,
};
