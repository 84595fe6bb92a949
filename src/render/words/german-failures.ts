import type { CauseKind, TraceUse } from '../../model/failure-cause.ts';
import type { Language } from './english.ts';
import { count, form, plural } from './german-number.ts';

/** GitLab's failure reasons in German. Source of the reasons: https://docs.gitlab.com/api/jobs/ */
const failureReasons: Readonly<Record<string, string>> = {
  script_failure: 'das Skript ist fehlgeschlagen',
  job_execution_timeout: 'er hat sein Zeitlimit überschritten',
  stuck_or_timeout_failure: 'kein Runner hat ihn rechtzeitig übernommen, oder er antwortete nicht mehr',
  runner_system_failure: 'der Runner ist ausgefallen',
  runner_unsupported: 'der Runner ist zu alt dafür',
  runner_quota_exceeded: 'die Rechenminuten sind aufgebraucht',
  no_matching_runner: 'kein Runner passt zu seinen Tags',
  missing_dependency_failure: 'benötigte Artefakte sind nicht mehr da',
  scheduler_failure: 'GitLab konnte ihn nicht einplanen',
  data_integrity_failure: 'GitLab fand seine Daten beschädigt',
  unmet_prerequisites: 'seine Voraussetzungen waren nicht erfüllt',
  api_failure: 'der Runner konnte GitLab nicht erreichen',
  image_pull_failure: 'sein Image konnte nicht geladen werden',
  archived_failure: 'seine Pipeline ist archiviert',
  stale_schedule: 'sein Zeitplan ist veraltet',
  trace_size_exceeded: 'sein Log wurde zu groß',
  environment_creation_failure: 'seine Umgebung konnte nicht angelegt werden',
  deployment_rejected: 'sein Deployment wurde abgelehnt',
  upstream_bridge_project_not_found: 'sein nachgelagertes Projekt wurde nicht gefunden',
  downstream_pipeline_creation_failed: 'seine nachgelagerte Pipeline konnte nicht gestartet werden',
};

/** What a job failed of, as the subject of a line. */
const causeKinds: Readonly<Record<CauseKind, string>> = {
  compilation: 'Kompilieren fehlgeschlagen',
  test: 'Tests fehlgeschlagen',
  lint: 'Lint-Fehler',
  'type-check': 'Typfehler',
  dependency: 'Abhängigkeiten ließen sich nicht installieren',
  network: 'Das Netzwerk oder ein Dienst ist ausgefallen',
  'out-of-memory': 'Der Arbeitsspeicher reicht nicht',
  'disk-full': 'Der Speicherplatz ist voll',
  killed: 'Der Prozess wurde von außen beendet',
  timeout: 'Zeitlimit überschritten',
  image: 'Das Image ließ sich nicht verwenden',
  runner: 'Der Runner ist ausgefallen',
  docker: 'Das Image ließ sich nicht bauen',
  terraform: 'Terraform ist fehlgeschlagen',
  permission: 'Zugriff verweigert',
  'missing-file': 'Eine Datei fehlt',
  'missing-command': 'Ein Befehl fehlt',
  git: 'Git ist fehlgeschlagen',
  artifact: 'Artefakte oder Cache sind ausgefallen',
  script: 'Das Skript ist fehlgeschlagen',
  unknown: 'Fehlgeschlagen',
};

/** Why a log shows no lines, or not all; empty where there is nothing to explain. */
const traceUses: Readonly<Record<TraceUse, string>> = {
  whole: '',
  start: 'Das Log war zu lang, um es bis zum Ende zu lesen; diese Zeilen stammen von seinem Anfang.',
  'none-needed': '',
  empty: 'Das Log ist leer oder wurde gelöscht.',
  refused:
    'GitLab hat das Log verweigert: Das Token braucht mindestens die Rolle Reporter, für Jobs mit Debug-Log Developer.',
  'job-token':
    'Das Log wurde nicht gelesen: Ein Job-Token darf keine Logs lesen, ein Bot-Token in HERALD_TOKEN schon.',
  unreachable: 'Das Log ließ sich nicht laden.',
  'over-limit':
    'Das Log wurde nicht gelesen: Herald hatte schon die Logs von zehn fehlgeschlagenen Jobs gelesen, oder die Zeit für Logs war verbraucht.',
};

/** What GitLab did not give, in German. */
export const missingParts: Language['missing'] = {
  unknown: 'nicht bekannt',
  several: (parts) => `${count(parts)} Teile nicht bekannt`,
  reason: {
    refused: 'GitLab gibt sie nicht heraus',
    unreachable: 'GitLab antwortete nicht oder mit Fehlern',
    'unusable-answer': 'die Antwort von GitLab war nicht brauchbar',
  },
  phrase: {
    jobs: 'Jobs nicht bekannt',
    'test-report': 'Testreport von GitLab nicht bekannt',
    baseline: 'frühere Läufe nicht bekannt',
    diff: 'geänderte Zeilen nicht bekannt',
  },
  sentence: {
    'merge-request': (reason) => `Die Angaben zum Merge Request sind nicht bekannt: ${reason}.`,
    jobs: (reason) =>
      `Die Jobs dieser Pipeline sind nicht bekannt: ${reason}. Ein fehlgeschlagener Job fehlt hier.`,
    traces: (reason) => `Die Logs fehlgeschlagener Jobs sind nicht bekannt: ${reason}.`,
    'test-report': (reason) =>
      `Die Tests, die GitLab gezählt hat, sind nicht bekannt: ${reason}. Ein fehlgeschlagener Test fehlt hier.`,
    'job-reports': (reason) => `Einige Reports der Jobs sind nicht bekannt: ${reason}.`,
    baseline: (reason) =>
      `Einige Reports früherer Läufe sind nicht bekannt: ${reason}. Der Vergleich ist vielleicht einer mit einem anderen Commit.`,
    diff: (reason) =>
      `Die Zeilen dieser Änderung sind nicht bekannt: ${reason}. Was auf ihnen ist, steht hier nicht getrennt.`,
    labels: (reason) =>
      `Die Labels des Merge Requests sind nicht bekannt: ${reason}. Eines, das eine Schranke erlaubt, zählt hier nicht.`,
    'flaky-marks': (reason) =>
      `Die Markierungen wackeliger Tests sind nicht bekannt: ${reason}. Ein solcher Test zählt wie alle anderen.`,
    'code-owner-approval': (reason) => `Die Genehmigungen der Code Owner sind nicht bekannt: ${reason}.`,
    'touched-files': (reason) =>
      `Die offenen Vorfälle zu den geänderten Dateien sind nicht bekannt: ${reason}.`,
    quarantine: (reason) =>
      `Die Quarantäne von Tests ist nicht bekannt: ${reason}. Ein Test in ihr zählt wie alle anderen.`,
    blame: (reason) => `Wer die fehlgeschlagenen Zeilen zuletzt geändert hat, ist nicht bekannt: ${reason}.`,
  },
};

/** About pipelines that trigger jobs started. */
const triggerWords: Pick<
  Language['jobs'],
  'downstreamFailed' | 'downstreamRunning' | 'downstream' | 'downstreamState'
> = {
  downstreamFailed: (pipelines) =>
    pipelines === 1
      ? 'eine von einem Job gestartete Pipeline ist fehlgeschlagen'
      : `${count(pipelines)} von Jobs gestartete Pipelines sind fehlgeschlagen`,
  downstreamRunning: (pipelines) =>
    pipelines === 1
      ? 'eine von einem Job gestartete Pipeline läuft noch'
      : `${count(pipelines)} von Jobs gestartete Pipelines laufen noch`,
  downstream: (id) => `Pipeline ${id}`,
  downstreamState: (status) =>
    status === 'failed' ? 'ist fehlgeschlagen' : `hat den Status ${status.replaceAll('_', ' ')}`,
};

/** The jobs of a pipeline, and which of them failed. */
export const jobWords: Language['jobs'] = {
  label: 'Jobs',
  heading: 'Fehlgeschlagene Jobs',
  none: (total) =>
    form(total, {
      one: 'der einzige nicht fehlgeschlagen',
      other: `keiner von ${count(total)} fehlgeschlagen`,
    }),
  failed: (failed, total) => `${count(failed)} von ${count(total)} fehlgeschlagen`,
  failedAsAllowed: (failed, total) => `${count(failed)} von ${count(total)} fehlgeschlagen, wie erlaubt`,
  moreAsAllowed: (jobs) =>
    `${plural(jobs, { one: 'weiterer', other: 'weitere' })} fehlgeschlagen, wie erlaubt`,
  total: (jobs) => plural(jobs, { one: 'Job', other: 'Jobs' }),
  totalIn: (jobs, time) => `${plural(jobs, { one: 'Job', other: 'Jobs' })} in ${time}`,
  withoutEffect: (jobs) => `${plural(jobs, { one: 'Job', other: 'Jobs' })} ohne Auswirkung fehlgeschlagen`,
  ofTests: (tests, above) =>
    `${form(tests, { one: 'der fehlgeschlagene Test', other: `die ${count(tests)} fehlgeschlagenen Tests` })} ${above ? 'oben' : 'unten'}`,
  jobsFailed: (failed) => `${plural(failed, { one: 'Job', other: 'Jobs' })} fehlgeschlagen`,
  infrastructure: (failed) =>
    `${plural(failed, { one: 'Job', other: 'Jobs' })} aus Gründen außerhalb der Änderung fehlgeschlagen`,
  retried: (retried) => `${count(retried)} wiederholt`,
  allowed: 'dürfen fehlschlagen',
  allowedPhrase: (jobs) => `${plural(jobs, { one: 'Job', other: 'Jobs' })} fehlgeschlagen, wie erlaubt`,
  succeededOnRetry: 'beim Wiederholen bestanden',
  ...triggerWords,
  columns: { job: 'Job', stage: 'Stage', reason: 'Warum', duration: 'Dauer' },
  reason: (reason) =>
    reason === null ? 'GitLab nennt keinen Grund' : (failureReasons[reason] ?? reason.replaceAll('_', ' ')),
  noun: (failed) => plural(failed, { one: 'fehlgeschlagener Job', other: 'fehlgeschlagene Jobs' }),
  more: (more) =>
    `${plural(more, { one: 'weiterer steht', other: 'weitere stehen' })} auf der Seite der Pipeline.`,
};

/** Why jobs failed. */
export const causeWords: Language['causes'] = {
  kind: (kind) => causeKinds[kind],
  moreJobs: (more) => `und ${count(more)} weitere`,
  line: (line) => `Zeile ${count(line)} des Logs`,
  lineShort: (line) => `Zeile ${count(line)}`,
  command: 'Befehl',
  stage: 'in',
  outside: 'Außerhalb der Änderung: Den Job zu wiederholen kann helfen',
  unread: (use) => traceUses[use],
  more: (more) =>
    `${plural(more, { one: 'weitere Ursache steht', other: 'weitere Ursachen stehen' })} im vollständigen Report.`,
};

/** Words around the text of a failing test. */
export const testDetails = {
  attachments: 'Anhänge',
  leftOut: (left: number): string => `… ${left === 1 ? 'eine Zeile' : `${count(left)} Zeilen`} ausgelassen …`,
  parents: (many: number): string =>
    many === 1
      ? 'schlägt nur fehl, weil ein Untertest davon fehlschlägt'
      : 'schlagen nur fehl, weil Untertests davon fehlschlagen',
  otherBodies: (others: number): string =>
    others === 1
      ? 'ein weiterer hat dieselbe Meldung mit anderen Einzelheiten'
      : `${count(others)} weitere haben dieselbe Meldung mit anderen Einzelheiten`,
};
