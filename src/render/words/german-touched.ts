import type { Language } from './english.ts';
import { count, plural } from './german-number.ts';

/** What is known of the changed files, in German. */
export const germanTouched: Language['touched'] = {
  heading: 'Bekanntes zu den geänderten Dateien',
  columns: { what: '', known: 'Was bekannt ist' },
  test: 'Test',
  incident: 'Offener Vorfall',
  owners: 'Code-Owner',
  failsOn: (branch) => `schlägt auf ${branch} fehl`,
  failedBefore: 'schlug schon vor dieser Änderung fehl',
  record: (failed, runs) => `in ${count(failed)} von ${count(runs)} Läufen fehlgeschlagen`,
  retried: (times) => `${count(times)}-mal erst bei Wiederholung bestanden`,
  counts: (tests, incidents, owners) =>
    [
      ...(tests > 0 ? [plural(tests, { one: 'Test', other: 'Tests' })] : []),
      ...(incidents > 0 ? [plural(incidents, { one: 'offener Vorfall', other: 'offene Vorfälle' })] : []),
      ...(tests + incidents === 0
        ? [plural(owners, { one: 'Regel für Code-Owner', other: 'Regeln für Code-Owner' })]
        : []),
    ].join(', '),
  approved: (by, given, required) =>
    `${count(given)} von ${plural(required, { one: 'Zustimmung', other: 'Zustimmungen' })}${by === '' ? '' : `, von ${by}`}`,
  more: (more) => `und ${count(more)} weitere`,
  omitted: (left, files, lines) =>
    `Zu ${plural(left, { one: 'weiterer geänderter Datei', other: 'weiteren geänderten Dateien' })} ist etwas bekannt: Gezeigt werden höchstens ${count(files)} Dateien mit ${count(lines)} geänderten Zeilen.`,
  incomplete: 'GitLab hat nicht alle geänderten Dateien genannt.',
  noun: (files) => `Bekanntes zu ${plural(files, { one: 'geänderter Datei', other: 'geänderten Dateien' })}`,
  short: (files, tests, incidents) =>
    [
      `Bekanntes zu ${plural(files, { one: 'geänderter Datei', other: 'geänderten Dateien' })}`,
      ...(tests > 0
        ? [
            plural(tests, {
              one: 'fehlschlagender oder instabiler Test',
              other: 'fehlschlagende oder instabile Tests',
            }),
          ]
        : []),
      ...(incidents > 0 ? [plural(incidents, { one: 'offener Vorfall', other: 'offene Vorfälle' })] : []),
    ].join(' · '),
};
