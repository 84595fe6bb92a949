import type { MeasureId, MeasureWords } from './english-digest-measures.ts';

/** The names of the figures of a digest in German, and how each is counted. */
export const germanDigestMeasures: Readonly<Record<MeasureId, MeasureWords>> = {
  deployments: {
    name: 'Deployments pro Tag',
    method:
      'Erfolgreiche Deployments in die Produktion, geteilt durch die Tage des Zeitraums; eines, das den Commit brachte, der schon da war, zählt nicht.',
  },
  'deploy-days': {
    name: 'Tage mit Deployment pro Woche',
    method:
      'Tage mit mindestens einem erfolgreichen Deployment, pro Woche; bei einer Gruppe Tage, an denen eines ihrer Projekte deployt hat.',
  },
  redeployments: {
    name: 'Nochmals deployt',
    method: 'Erfolgreiche Deployments des Commits, der schon da war; die Häufigkeit zählt sie nicht.',
  },
  'lead-time-from-merge': {
    name: 'Durchlaufzeit ab dem Merge',
    method:
      'Vom Merge bis zum Ende des ersten Deployments, dessen Commit ihn enthält; Median. Das erste Deployment einer Umgebung zählt nicht.',
  },
  'lead-time-from-first-commit': {
    name: 'Durchlaufzeit ab dem ersten Commit',
    method:
      'Vom ersten Commit eines Merge-Requests bis zum Ende des ersten Deployments, das ihn enthält; Median. Das erste Deployment einer Umgebung zählt nicht.',
  },
  'change-failure-rate': {
    name: 'Anteil fehlerhafter Änderungen',
    method:
      'Deployments mit mindestens einer Ursache (Störung, Zurückrollen, Revert, fehlgeschlagenes Deployment, Hotfix), geteilt durch alle.',
  },
  'change-failures-by-incident': {
    name: 'Deployments mit einer Störung',
    method: 'Deployments, die die letzten waren, bevor eine Störung gemeldet wurde.',
  },
  'change-failures-by-rollback': {
    name: 'Zurückgerollte Deployments',
    method: 'Deployments, nach denen ein älterer Commit deployt wurde.',
  },
  'change-failures-by-revert': {
    name: 'Deployments mit einem Revert',
    method: 'Deployments, die einen Merge-Request brachten, der später zurückgenommen wurde.',
  },
  'change-failures-by-failed-deployment': {
    name: 'Fehlgeschlagene Deployments',
    method: 'Deployments, die fehlschlugen.',
  },
  'change-failures-by-hotfix': {
    name: 'Deployments mit einem Hotfix',
    method:
      'Deployments, die die letzten waren, bevor ein Merge-Request mit einem Hotfix-Label geöffnet wurde.',
  },
  'time-to-restore': {
    name: 'Zeit bis zur Behebung',
    method: 'Wie lange die Störungen offen waren, die im Zeitraum geschlossen wurden; Median.',
  },
  'deployment-recovery': {
    name: 'Erholung von fehlgeschlagenen Deployments',
    method:
      'Von einem fehlgeschlagenen Deployment bis zum nächsten erfolgreichen derselben Umgebung; Median.',
  },
  'merge-requests-opened': {
    name: 'Geöffnete Merge-Requests',
    method: 'Merge-Requests, die im Zeitraum geöffnet wurden.',
  },
  'merge-requests-merged': {
    name: 'Gemergte Merge-Requests',
    method: 'Merge-Requests, die im Zeitraum gemergt wurden.',
  },
  throughput: {
    name: 'Gemergt pro Woche',
    method: 'Merge-Requests, die gemergt wurden, pro Woche.',
  },
  'merge-requests-open': {
    name: 'Offene Merge-Requests',
    method: 'Merge-Requests, die am Ende des Zeitraums offen sind.',
  },
  'open-merge-request-age': {
    name: 'Alter offener Merge-Requests',
    method: 'Wie lange sie am Ende des Zeitraums offen waren; Median.',
  },
  'merge-requests-abandoned': {
    name: 'Aufgegebene Merge-Requests',
    method: 'Von denen, die im Zeitraum endeten, der Anteil, der ohne Merge geschlossen wurde.',
  },
  'merge-requests-reopened': {
    name: 'Wieder geöffnete Merge-Requests',
    method: 'Von den gemergten der Anteil, der davor einmal geschlossen war.',
  },
  'cycle-time': {
    name: 'Zykluszeit',
    method:
      'Vom ersten Commit bis zum Merge; Median. Nach einem Force-Push ist der erste Commit der erste, der noch da ist.',
  },
  'coding-time': {
    name: 'Zeit für den Code',
    method: 'Vom ersten Commit bis zum Öffnen; Median.',
  },
  'draft-time': {
    name: 'Zeit als Entwurf',
    method:
      'Vom Öffnen bis zum letzten Mal, dass er vor der ersten Prüfung als bereit markiert wurde; Median.',
  },
  'pickup-time': {
    name: 'Warten auf eine Prüfung',
    method:
      'Von da bis zum ersten Kommentar oder zur ersten Zustimmung einer Person, die ihn nicht geschrieben hat; Median.',
  },
  'review-time': {
    name: 'Zeit der Prüfung',
    method: 'Von der ersten Prüfung bis zur ersten Zustimmung; Median.',
  },
  'rework-time': {
    name: 'Zeit der Nacharbeit',
    method: 'Von der ersten Prüfung bis zum letzten Push vor dem Merge; Median.',
  },
  'merge-time': {
    name: 'Zustimmung bis Merge',
    method: 'Von der ersten Zustimmung bis zum Merge; Median.',
  },
  'deploy-time': {
    name: 'Merge bis Deployment',
    method:
      'Vom Merge bis zum Ende des ersten Deployments, das ihn enthält, von denen, die im Zeitraum gemergt wurden; Median.',
  },
  'time-to-merge': {
    name: 'Zeit bis zum Merge',
    method: 'Vom Öffnen bis zum Merge; Median.',
  },
  'review-rounds': {
    name: 'Runden der Prüfung',
    method: 'Pushes nach der ersten Prüfung; Median.',
  },
  'review-comments': {
    name: 'Kommentare der Prüfung',
    method: 'Kommentare von Personen, ohne die der Autorin oder des Autors; Median.',
  },
  'merged-without-review': {
    name: 'Ohne Prüfung gemergt',
    method: 'Anteil der gemergten, die sonst niemand kommentiert hat und denen niemand zugestimmt hat.',
  },
  'merge-request-size': {
    name: 'Größe der Merge-Requests',
    method:
      'Zeilen, die der Commit des Merges hinzugefügt und entfernt hat; Median. Generierte Dateien zählen mit, denn GitLab kennzeichnet sie dort nicht.',
  },
  'issues-opened': {
    name: 'Geöffnete Issues',
    method: 'Issues, die im Zeitraum geöffnet wurden, ohne vertrauliche.',
  },
  'issues-closed': {
    name: 'Geschlossene Issues',
    method: 'Issues, die im Zeitraum geschlossen wurden, ohne vertrauliche.',
  },
  'issue-close-time': {
    name: 'Zeit bis zum Schließen eines Issues',
    method: 'Vom Öffnen bis zum Schließen, von denen, die im Zeitraum geschlossen wurden; Median.',
  },
  'issues-open': {
    name: 'Offene Issues',
    method: 'Issues, die am Ende des Zeitraums offen sind.',
  },
  'open-issue-age': {
    name: 'Alter offener Issues',
    method: 'Wie lange sie am Ende des Zeitraums offen waren; Median.',
  },
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
      'Fehlschläge, deren Ursache der Code ist: Er kompiliert nicht, ein Linter oder eine Typprüfung schlägt fehl.',
  },
  'job-failures-by-test': {
    name: 'Fehlgeschlagene Jobs: Tests',
    method: 'Fehlschläge, deren Ursache ein Test ist.',
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
    method: 'Fehlschläge, deren Ursache weder GitLab noch das Log nennt.',
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
