import type { MeasureId } from './english-digest-measures.ts';
import { germanDigestCi } from './german-digest-ci.ts';
import type { MeasureWords } from './measure-words.ts';

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
      'Hinzugefügte und entfernte Zeilen; Median. Ohne Lock-Dateien und generierte Dateien, nach Namen und nach .gitattributes des Standard-Branches; wo GitLab die Dateien nicht nannte, zählen alle Zeilen der Commits.',
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
  ...germanDigestCi,
};
