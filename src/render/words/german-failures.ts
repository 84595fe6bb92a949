import type { CauseKind, TraceUse } from '../../model/failure-cause.ts';
import { count } from './german-number.ts';

/** GitLab's failure reasons in German. Source of the reasons: https://docs.gitlab.com/api/jobs/ */
export const failureReasons: Readonly<Record<string, string>> = {
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
export const causeKinds: Readonly<Record<CauseKind, string>> = {
  compilation: 'Übersetzen fehlgeschlagen',
  test: 'Tests fehlgeschlagen',
  lint: 'Lint-Fehler',
  'type-check': 'Typfehler',
  dependency: 'Abhängigkeiten ließen sich nicht installieren',
  network: 'Das Netz oder ein Dienst ist ausgefallen',
  'out-of-memory': 'Kein Speicher mehr',
  'disk-full': 'Die Platte ist voll',
  killed: 'Der Prozess wurde abgeschossen',
  timeout: 'Zeit abgelaufen',
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

/** Why there are no lines of a log, or not all; empty where nothing needs to be said. */
export const traceUses: Readonly<Record<TraceUse, string>> = {
  whole: '',
  start: 'Das Log war zu lang, um es bis zum Ende zu lesen; die Zeilen sind von seinem Anfang.',
  'none-needed': '',
  empty: 'Das Log ist leer oder wurde gelöscht.',
  refused:
    'GitLab hat das Log verweigert: Das Token braucht mindestens die Rolle Reporter, für Jobs mit Debug-Log Developer.',
  'job-token':
    'Das Log wurde nicht gelesen: Ein Job-Token darf es nicht, ein Bot-Token in HERALD_TOKEN schon.',
  unreachable: 'Das Log ließ sich nicht laden.',
  'over-limit':
    'Das Log wurde nicht gelesen: Zehn andere fehlgeschlagene Jobs kamen vorher, oder die Zeit für Logs war verbraucht.',
};

/** What is said around the text of a failing test. */
export const testDetails = {
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
