/**
 * Why a figure is missing or not whole, in German. Reasons are data in English: plain sentences that are put together,
 * some with numbers, names and days in them. What is not listed here stays English.
 */

/** Each with what stands for its groups, in their order. */
type Phrase = readonly [RegExp, string];

const parts: Readonly<Record<string, string>> = {
  deployments: 'Deployments',
  'merge requests': 'Merge-Requests',
  'merge request details': 'Einzelheiten der Merge-Requests',
  'open merge requests': 'offene Merge-Requests',
  issues: 'Issues',
  'open issues': 'offene Issues',
  incidents: 'Incidents',
  pipelines: 'Pipelines',
  jobs: 'Jobs',
  commits: 'Commits',
  branches: 'Branches',
  tags: 'Tags',
  releases: 'Releases',
  tests: 'Tests',
  environments: 'Umgebungen',
};

/** Whole reasons. */
const sentences: Readonly<Record<string, string>> = {
  'no deployment failed and was followed by a successful one':
    'kein Deployment schlug fehl, dem ein erfolgreiches folgte',
  'no incident was closed': 'kein Incident wurde geschlossen',
  'no issue was closed': 'kein Issue wurde geschlossen',
  'no issue was open': 'kein Issue war offen',
  'no issue was opened': 'kein Issue wurde eröffnet',
  'no job ran': 'kein Job lief',
  'no merge request of known size was merged': 'kein Merge-Request bekannter Größe wurde gemergt',
  'no merge request was deployed': 'kein Merge-Request wurde deployt',
  'no merge request was merged or closed': 'kein Merge-Request wurde gemergt oder geschlossen',
  'no merge request was merged': 'kein Merge-Request wurde gemergt',
  'no merge request was open': 'kein Merge-Request war offen',
  'no merge request was opened': 'kein Merge-Request wurde eröffnet',
  'no merge request with known details was merged':
    'kein Merge-Request wurde gemergt, dessen Einzelheiten bekannt sind',
  'no merge request with such a time was merged': 'kein Merge-Request mit einer solchen Zeit wurde gemergt',
  'no merged merge request was deployed': 'kein gemergter Merge-Request wurde deployt',
  'no pipeline finished': 'keine Pipeline endete',
  'no pipeline of the default branch finished': 'keine Pipeline des Standard-Branches endete',
  'no pipeline with known jobs finished': 'keine Pipeline endete, deren Jobs bekannt sind',
  'no report of Herald has a test': 'kein Bericht von Herald enthält einen Test',
  'no report of Herald in the period says how long the tests took':
    'kein Bericht von Herald im Zeitraum sagt, wie lange die Tests dauerten',
  'no run of the default branch has a coverage': 'kein Lauf des Standard-Branches hat eine Abdeckung',
  'the default branch did not turn green after a failure':
    'der Standard-Branch wurde nach keinem Fehlschlag wieder grün',
  'there are no branches': 'es gibt keine Branches',
  'there were no commits': 'es gab keine Commits',
  'there were no deployments': 'es gab keine Deployments',
  'there were no pipelines': 'es gab keine Pipelines',
  'there were no releases': 'es gab keine Releases',
  'there were no tags': 'es gab keine Tags',
  'no project was read': 'kein Projekt wurde gelesen',
  'GitLab shows only how it is now': 'GitLab zeigt nur, wie es jetzt ist',
  'GitLab does not say how many issues are open': 'GitLab sagt nicht, wie viele Issues offen sind',
  'no report of Herald of the default branch was found':
    'kein Bericht von Herald zum Standard-Branch wurde gefunden',
  'no more requests were allowed': 'mehr Anfragen waren nicht erlaubt',
  'Herald could not use the answer of GitLab': 'Herald konnte die Antwort von GitLab nicht verwenden',
  'GitLab could not be reached': 'GitLab war nicht erreichbar',
  'the project has no code yet, or the token does not have the right to see it':
    'das Projekt hat noch keinen Code, oder das Token darf ihn nicht sehen',
  'only pipelines with jobs are known': 'nur Pipelines mit Jobs sind bekannt',
  'no job is named that leaves a report of Herald':
    'kein Job ist genannt, der einen Bericht von Herald hinterlässt',
  'the project has no default branch': 'das Projekt hat keinen Standard-Branch',
};

/** What is counted of things that have no value: `…: 3`. */
const doubts: Readonly<Record<string, string>> = {
  'negative times, of clocks that disagree or history that was rewritten':
    'negative Zeiten, von Uhren, die voneinander abweichen, oder umgeschriebener Geschichte',
  'deployments without a predecessor in their environment, which are not measured':
    'Deployments ohne Vorgänger in ihrer Umgebung, die nicht gemessen werden',
  'deployments of commits that are not among those read':
    'Deployments von Commits, die nicht unter den gelesenen sind',
  'deployments that reach back before the commits that were read':
    'Deployments, die weiter zurückreichen als die gelesenen Commits',
  'merge requests whose first commit is younger than their opening, as after a push that rewrote the branch':
    'Merge-Requests, deren erster Commit jünger ist als ihre Eröffnung, wie nach einem Push, der den Branch umschrieb',
};

const phrases: readonly Phrase[] = [
  [
    /^GitLab refused it( \(\d{3}\))?: the feature is switched off, or the token does not have the right to see it$/,
    'GitLab hat es abgelehnt$1: Die Funktion ist abgeschaltet, oder das Token darf es nicht sehen',
  ],
  [
    /^(\d{1,9}) old pipelines with open jobs were not read again$/,
    '$1 alte Pipelines mit offenen Jobs wurden nicht erneut gelesen',
  ],
  [
    /^the details of (\d{1,9}) of (\d{1,9}) merged merge requests were read, chosen evenly$/,
    'die Einzelheiten von $1 von $2 gemergten Merge-Requests wurden gelesen, gleichmäßig ausgewählt',
  ],
  [/^Herald cannot read the (\S{1,100}) of (.{1,300})$/, 'Herald kann $1 von $2 nicht lesen'],
  [
    /^the newest successful pipeline of (.{1,300}) has no (\S{1,100}) of the job (.{1,300})$/,
    'die neueste erfolgreiche Pipeline von $1 hat keine $2 des Jobs $3',
  ],
  [/^as it was when it was read, on (\S{1,20})$/, 'wie es beim Lesen war, am $1'],
  [/^and (\d{1,9}) more reasons$/, 'und $1 weitere Gründe'],
];

/** With the name of a part in front, or inside. */
const ofParts: readonly Phrase[] = [
  [/^(.{1,40}) could not be read$/, '$1 konnten nicht gelesen werden'],
  [/^(.{1,40}) were not read from before (\S{1,20})$/, '$1 wurden nicht von vor dem $2 gelesen'],
  [/^(.{1,40}) were read only until (\S{1,20})$/, '$1 wurden nur bis $2 gelesen'],
  [/^(.{1,40}) were read only since (\S{1,20})$/, '$1 wurden nur seit $2 gelesen'],
];

const lists: readonly Phrase[] = [
  [
    /^there are more (.{1,40}) than the (\d{1,9}) that were read, and only \d{1,9} of them were read$/,
    'es gibt mehr $1 als die $2, die gelesen wurden',
  ],
  [
    /^there are (\d{1,9}) (.{1,40}), and only (\d{1,9}) of them were read$/,
    'es gibt $1 $2, von denen nur $3 gelesen wurden',
  ],
];

function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The groups of a match in a sentence, as they are, or as `change` makes them. */
function filled(
  sentence: string,
  groups: readonly (string | undefined)[],
  change = (text: string) => text,
): string {
  return sentence.replaceAll(/\$(\d)/g, (_, index: string) => change(groups[Number(index)] ?? ''));
}

function byPhrases(text: string, known: readonly Phrase[], change?: (text: string) => string): string | null {
  for (const [pattern, sentence] of known) {
    const found = pattern.exec(text);
    if (found !== null) return filled(sentence, found, change);
  }
  return null;
}

const germanPart = (text: string): string => own(parts, text) ?? text;

/** One reason; null = it is not known. */
function translated(text: string): string | null {
  const whole =
    own(sentences, text) ??
    byPhrases(text, phrases) ??
    byPhrases(text, lists, germanPart) ??
    byPhrases(text, ofParts, germanPart);
  if (whole !== null) return whole;
  const [, before = '', after = ''] =
    /^(the tiers of environments are not known|the details of \d+ of \d+ merged merge requests were read, chosen evenly): (.+)$/.exec(
      text,
    ) ?? [];
  if (before === '') return null;
  const first =
    before === 'the tiers of environments are not known'
      ? 'die Stufen der Umgebungen sind nicht bekannt'
      : translated(before);
  return `${first ?? before}: ${translated(after) ?? after}`;
}

/** One reason with what was added to it: in how many projects, or how many things. */
function withCounts(text: string): string {
  const [, reason = text, times, projects] = /^(.*) \((\d+) of (\d+) projects\)$/s.exec(text) ?? [];
  const [, doubt = '', number = ''] = /^(.*): (\d+)$/s.exec(reason) ?? [];
  const inGerman = own(doubts, doubt);
  const said = inGerman === undefined ? (translated(reason) ?? reason) : `${inGerman}: ${number}`;
  return times === undefined ? said : `${said} (${times} von ${projects ?? ''} Projekten)`;
}

/** All reasons of a figure, which semicolons part. */
export function germanReasons(text: string): string {
  return text.split('; ').map(withCounts).join('; ');
}

/** What was wrong with a history that was kept. */
const unusable: Readonly<Record<string, string>> = {
  'is of another version of Herald': 'ist von einer anderen Version von Herald',
  'was written with another token, or somebody changed it':
    'wurde mit einem anderen Token geschrieben oder von jemandem geändert',
  'does not have the form of a history': 'hat nicht die Form eines Verlaufs',
  'belongs to another project': 'gehört zu einem anderen Projekt',
  'is from the future': 'ist aus der Zukunft',
  'has columns that do not fit each other': 'hat Spalten, die nicht zueinander passen',
  'is larger than any that Herald writes': 'ist größer als jeder, den Herald schreibt',
  'is cut off, or is not JSON': 'ist abgeschnitten oder kein JSON',
  'begins later than this period needs': 'beginnt später, als dieser Zeitraum braucht',
};

/** What a digest says besides its figures, in German; what it does not know, as it is. */
export function germanRemark(text: string): string {
  if (text === 'The project has no default branch: it is empty.')
    return 'Das Projekt hat keinen Standard-Branch: Es ist leer.';
  const [, empty, all] = /^Empty projects, without a default branch: (\d+) of (\d+)\.$/.exec(text) ?? [];
  if (empty !== undefined && all !== undefined)
    return `Leere Projekte, ohne Standard-Branch: ${empty} von ${all}.`;
  const [, project, why = ''] =
    /^The kept history of (\S{1,1000}) ([a-zA-Z, ]{1,200}): everything was read again\.$/.exec(text) ?? [];
  if (project !== undefined)
    return `Der aufbewahrte Verlauf von ${project} ${own(unusable, why) ?? why}: Alles wurde erneut gelesen.`;
  const [, group, gap = ''] = /^Not all projects of (\S{1,1000}) are known: (.+)\.$/s.exec(text) ?? [];
  return group === undefined ? text : `Nicht alle Projekte von ${group} sind bekannt: ${germanReasons(gap)}.`;
}
