import type { englishDigestCi } from './english-digest-ci.ts';
import type { MeasureWords } from './measure-words.ts';

/** The names of the figures about code, pipelines and tests in German, and how each is counted. */
export const germanDigestCi: Readonly<Record<keyof typeof englishDigestCi, MeasureWords>> = {
  commits: {
    name: 'Commits',
    method: 'Commits des Standard-Branches, mit Merge-Commits.',
  },
  branches: {
    name: 'Branches',
    method: 'Branches, die es jetzt gibt.',
  },
  'stale-branches': {
    name: 'Veraltete Branches',
    method: 'Branches, die lange keinen Commit bekommen haben, ohne den Standard-Branch und geschützte.',
  },
  tags: {
    name: 'Tags',
    method: 'Tags, die im Zeitraum entstanden.',
  },
  releases: {
    name: 'Releases',
    method: 'Releases, die im Zeitraum erschienen.',
  },
  pipelines: {
    name: 'Pipelines',
    method: 'Pipelines, die im Zeitraum entstanden.',
  },
  'pipeline-success': {
    name: 'Bestandene Pipelines',
    method: 'Anteil der beendeten Pipelines; abgebrochene und übersprungene sind auch beendet.',
  },
  'pipeline-failure': {
    name: 'Fehlgeschlagene Pipelines',
    method: 'Anteil der beendeten Pipelines.',
  },
  'first-attempt-success': {
    name: 'Beim ersten Versuch bestanden',
    method: 'Anteil der beendeten Pipelines, die ohne einen wiederholten Job bestanden haben.',
  },
  'pipeline-duration': {
    name: 'Dauer der Pipelines',
    method:
      'Vom Start des ersten Jobs bis zum Ende des letzten, ohne die Zeit, in der kein Job lief oder wartete; Median.',
  },
  'queue-time': {
    name: 'Warten auf einen Runner',
    method: 'Wie lange ein Job wartete, bis er begann; Median.',
  },
  'default-branch-red': {
    name: 'Standard-Branch rot',
    method: 'Anteil der Zeit, in der die letzte beendete Pipeline des Standard-Branches fehlgeschlagen war.',
  },
  'time-to-green': {
    name: 'Zeit bis Grün',
    method:
      'Von einer fehlgeschlagenen Pipeline des Standard-Branches bis zur nächsten, die bestand; Median.',
  },
  'ci-minutes': {
    name: 'CI-Zeit',
    method: 'Zeit, die Runner mit Jobs verbracht haben, alle Versuche zusammen.',
  },
  'minutes-lost-to-retries': {
    name: 'CI-Zeit, durch Wiederholungen verloren',
    method: 'Zeit der Versuche, die fehlschlugen und wiederholt wurden.',
  },
  'minutes-lost-to-superseded': {
    name: 'CI-Zeit, durch überholte Pipelines verloren',
    method: 'Zeit der Jobs in Pipelines, die abgebrochen wurden, während es eine neuere ihres Branches gab.',
  },
  'flaky-job-runs': {
    name: 'Wackelige Job-Läufe',
    method:
      'Anteil der Läufe eines Jobs, von denen ein Versuch fehlschlug und ein späterer desselben Commits bestand.',
  },
  'job-failures': {
    name: 'Fehlgeschlagene Jobs',
    method: 'Versuche von Jobs, die fehlschlugen und nicht durften.',
  },
  'job-failures-by-code': {
    name: 'Fehlgeschlagene Jobs: Code',
    method:
      'Fehlschläge, deren Log die Änderung als Ursache nennt: Sie kompiliert nicht, ein Linter oder eine Typprüfung schlägt fehl. Von den Jobs, die am häufigsten fehlschlagen, liest Herald einige Logs; n sagt, von wie vielen Fehlschlägen die Ursache bekannt ist.',
  },
  'job-failures-by-test': {
    name: 'Fehlgeschlagene Jobs: Tests',
    method: 'Fehlschläge von Jobs, in deren Bericht ein Test fehlschlug oder deren Log das sagt.',
  },
  'job-failures-by-flaky': {
    name: 'Fehlgeschlagene Jobs: wackelig',
    method: 'Fehlschläge, nach denen ein späterer Versuch desselben Commits bestand.',
  },
  'job-failures-by-infrastructure': {
    name: 'Fehlgeschlagene Jobs: Infrastruktur',
    method: 'Fehlschläge, deren Ursache außerhalb des Projekts liegt: der Runner, das Netz, ein Image.',
  },
  'job-failures-by-unknown': {
    name: 'Fehlgeschlagene Jobs: Ursache unbekannt',
    method:
      'Fehlschläge, deren Ursache weder GitLab noch ein Testbericht nennt und deren Log nicht gelesen wurde oder sie nicht nennt.',
  },
  'flaky-tests': {
    name: 'Wackelige Tests',
    method: 'Tests, die der letzte Report des Standard-Branches wackelig nennt.',
  },
  'failing-tests': {
    name: 'Fehlschlagende Tests',
    method: 'Tests mit einem Fehlschlag in der Geschichte dieses Reports, die nicht wackelig sind.',
  },
  coverage: {
    name: 'Abdeckung',
    method: 'Zeilenabdeckung des Standard-Branches; Median seiner Läufe.',
  },
  'test-time': {
    name: 'Zeit der Tests',
    method: 'Zeit aller Tests eines Laufs des Standard-Branches; Median.',
  },
};
