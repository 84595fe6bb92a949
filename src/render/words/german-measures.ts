import type { Language } from './english.ts';
import { count, form, plural } from './german-number.ts';

/** The words for what is measured. */
export const germanMeasures: Pick<
  Language,
  'coverage' | 'findings' | 'metrics' | 'plan' | 'thresholds' | 'durations'
> = {
  coverage: {
    label: 'Abdeckung',
    inWords: (percent) => `Abdeckung ${percent}`,
    units: { lines: 'Zeilen', statements: 'Anweisungen', mixed: 'Zeilen und Anweisungen' },
    shareOf: (percent, unit) => `${percent} der ${unit}`,
    branches: (percent) => `Zweige ${percent}`,
    nothing: 'nichts abzudecken',
    ofBranches: (percent) => `${percent} der Zweige`,
    patch: (percent) => `${percent} der geänderten Zeilen`,
    heading: 'Abdeckung',
    uncovered: (covered, total, percent) =>
      `${count(covered)} von ${plural(total, { one: 'geänderten Zeile', other: 'geänderten Zeilen' })} ${form(covered, { one: 'ist', other: 'sind' })} abgedeckt (${percent}). Nicht abgedeckt:`,
    patchTitle: 'In dieser Änderung nicht abgedeckt',
    patchShare: (covered, total) =>
      `(${count(covered)} von ${plural(total, { one: 'Zeile ist', other: 'Zeilen sind' })} es)`,
    columns: { file: 'Datei', covered: 'Geänderte Zeilen abgedeckt', missing: 'Nicht abgedeckt' },
    lossColumns: { file: 'Datei', before: 'Vorher', now: 'Jetzt', change: 'Änderung' },
    lost: (files) =>
      `${plural(files, { one: 'geänderte Datei ist', other: 'geänderte Dateien sind' })} weniger abgedeckt als vorher`,
    indirect: (files) =>
      `${plural(files, { one: 'Datei', other: 'Dateien' })} außerhalb dieser Änderung ${form(files, { one: 'hat', other: 'haben' })} Abdeckung verloren`,
    unmeasured: (files) =>
      `${plural(files, { one: 'geänderte Datei steht', other: 'geänderte Dateien stehen' })} in keinem Abdeckungs-Report:`,
    pathsDoNotFit:
      'Keine der geänderten Dateien steht im Abdeckungs-Report: Sind seine Pfade relativ zum Projekt?',
    incomplete: 'GitLab hat nicht das ganze Diff geliefert: Es gibt vielleicht weitere.',
    moreRanges: (more) => `und ${count(more)} weitere`,
    moreFiles: (more) =>
      `${plural(more, { one: 'weitere Datei steht', other: 'weitere Dateien stehen' })} im vollständigen Report.`,
    noun: (lines) =>
      plural(lines, { one: 'nicht abgedeckte geänderte Zeile', other: 'nicht abgedeckte geänderte Zeilen' }),
    nounIndirect: (files) =>
      plural(files, { one: 'Datei mit weniger Abdeckung', other: 'Dateien mit weniger Abdeckung' }),
  },
  findings: {
    label: 'Befunde',
    none: 'keine',
    by: (tools) => `von ${tools.join(', ')}`,
    ofSeverity: (found, severity) => `${count(found)} ${severity}`,
    severity: {
      critical: 'kritisch',
      high: 'hoch',
      medium: 'mittel',
      low: 'niedrig',
      info: 'Hinweis',
      unknown: 'ohne Einstufung',
    },
    fresh: (fresh) => `${count(fresh)} neu`,
    noneFresh: 'keine neuen Befunde',
    noneFreshCell: 'keine neuen',
    freshPhrase: (fresh) => plural(fresh, { one: 'neuer Befund', other: 'neue Befunde' }),
    freshSecurityPhrase: (fresh, worst) =>
      `${plural(fresh, { one: 'neuer Sicherheitsbefund', other: 'neue Sicherheitsbefunde' })} (höchste Schwere: ${worst})`,
    countPhrase: (found) => plural(found, { one: 'Befund', other: 'Befunde' }),
    ofWorst: (found, severity) => `davon ${count(found)} ${severity}`,
    fixed: (fixed) => `${count(fixed)} behoben`,
    securityHeading: (fresh) =>
      plural(fresh, { one: 'neuer Sicherheitsbefund', other: 'neue Sicherheitsbefunde' }),
    heading: (fresh) => plural(fresh, { one: 'neuer Befund', other: 'neue Befunde' }),
    onChangedLines: (changed, total) =>
      changed === total
        ? form(total, { one: 'auf einer geänderten Zeile', other: 'alle auf geänderten Zeilen' })
        : `davon ${count(changed)} auf geänderten Zeilen`,
    changedLine: 'geänderte Zeile',
    columns: { severity: 'Schwere', place: 'Wo', message: 'Was' },
    worstHeading: 'Die schwersten Befunde, neu oder nicht',
    fixedHeading: (fixed) => `Behoben (${count(fixed)})`,
    incomplete: 'Es gibt mehr Befunde, als Herald aufhebt: Manche neuen sind vielleicht nicht gezählt.',
    undecided: (others) =>
      `${plural(others, { one: 'Befund auf anderen Zeilen kann', other: 'Befunde auf anderen Zeilen können' })} neu sein oder nicht: Der Zielbranch hat keine Befunde zum Vergleichen, deshalb gelten nur die auf hinzugefügten Zeilen als neu. Bitte auch die Pipelines des Zielbranches Befunde berichten lassen.`,
    notCompared:
      'Welche Befunde neu sind, ist nicht bekannt: Der Zielbranch hat keine zum Vergleichen, und die geänderten Zeilen sind nicht bekannt. Bitte auch die Pipelines des Zielbranches Befunde berichten lassen.',
    more: (more) =>
      `${plural(more, { one: 'weiterer steht', other: 'weitere stehen' })} im vollständigen Report.`,
    noun: (fresh) => plural(fresh, { one: 'neuer Befund', other: 'neue Befunde' }),
    project: 'das ganze Projekt',
  },
  metrics: {
    label: 'Messwerte',
    count: (metrics) => plural(metrics, { one: 'Messwert', other: 'Messwerte' }),
    worse: (worse) => `${count(worse)} schlechter`,
    better: (better) => `${count(better)} besser`,
    changed: (changed) => `${count(changed)} geändert`,
    heading: 'Messwerte',
    columns: { metric: 'Messwert', before: 'Vorher', now: 'Jetzt', change: 'Änderung' },
    verdict: { better: 'besser', worse: 'schlechter', neutral: '' },
    more: (more) =>
      `${plural(more, { one: 'weiterer steht', other: 'weitere stehen' })} im vollständigen Report.`,
    noun: (changed) => plural(changed, { one: 'geänderter Messwert', other: 'geänderte Messwerte' }),
  },
  thresholds: {
    label: 'Grenzwerte',
    heading: 'Überschrittene Grenzwerte',
    crossed: (crossed, total) =>
      `${count(crossed)} von ${plural(total, { one: 'Grenzwert', other: 'Grenzwerten' })} überschritten`,
    kept: (kept) => plural(kept, { one: 'Grenzwert eingehalten', other: 'Grenzwerte eingehalten' }),
    crossedPhrase: (crossed) =>
      plural(crossed, { one: 'Grenzwert überschritten', other: 'Grenzwerte überschritten' }),
    more: (more) =>
      `${plural(more, { one: 'weiterer steht', other: 'weitere stehen' })} im vollständigen Report.`,
    noun: (crossed) =>
      plural(crossed, { one: 'überschrittener Grenzwert', other: 'überschrittene Grenzwerte' }),
  },
  plan: {
    label: 'Plan',
    create: (resources) => `${count(resources)} anzulegen`,
    update: (resources) => `${count(resources)} zu ändern`,
    replace: (resources) => `${count(resources)} zu ersetzen`,
    delete: (resources) => `${count(resources)} zu löschen`,
    import: (resources) => `${count(resources)} zu importieren`,
    move: (resources) => `${count(resources)} zu verschieben`,
    forget: (resources) => `${count(resources)} zu vergessen`,
    phrase: (changes) => `Plan: ${changes}`,
    nothing: 'keine Änderungen',
    destroysPhrase: (resources) =>
      `der Plan löscht ${plural(resources, { one: 'Ressource', other: 'Ressourcen' })}`,
    heading: 'Vom Plan gelöscht',
    more: (more) => `und ${count(more)} weitere`,
  },
  durations: {
    heading: 'Langsamer als üblich',
    pipeline: 'Pipeline',
    queue: 'Warten auf Runner',
    usual: (median) => `üblich ${median}`,
    columns: { what: 'Was', now: 'Jetzt', usual: 'Üblich', change: 'Änderung' },
    more: (more) =>
      `${plural(more, { one: 'weiterer Job ist', other: 'weitere Jobs sind' })} langsamer als üblich.`,
    noun: (jobs) => plural(jobs, { one: 'langsamer Job', other: 'langsame Jobs' }),
  },
};
