import type { MissingBaseline, UnusableReport } from '../../model/comparison.ts';
import type { Language } from './english.ts';
import { plural } from './german-number.ts';

const file = 'herald-report.json';

function unusable(why: UnusableReport): string {
  switch (why.kind) {
    case 'too-complex':
      return 'sie ist zu tief verschachtelt oder hat zu viele Teile';
    case 'not-json':
      return 'sie ist kein gültiges JSON';
    case 'columns':
      return 'die Spalten ihrer Tests passen nicht zusammen';
    case 'contradiction':
      return 'ihre Angaben zu Tests, Abdeckung oder Befunden widersprechen sich';
    case 'schema':
      return why.found === null
        ? `sie nennt keine Schema-Nummer, dieser Herald liest Schema ${why.known}`
        : `sie hat Schema ${why.found}, dieser Herald liest Schema ${why.known}`;
    case 'shape':
      return `sie passt nicht zum Schema: ${why.path}`;
  }
}

function missing(why: MissingBaseline): string {
  switch (why.kind) {
    case 'no-token':
      return 'ohne Token kann Herald GitLab nicht nach einem früheren Report fragen';
    case 'tag':
      return 'ein Tag hat keinen Ziel-Branch zum Vergleichen';
    case 'first-pipeline':
      return `dies ist die erste abgeschlossene Pipeline von ${why.ref}`;
    case 'not-returned':
      return `GitLab hat den Report von ${why.ref} nicht geliefert`;
    case 'none-finished':
      return `noch keine Pipeline von ${why.ref} ist abgeschlossen`;
    case 'no-report':
      return `keine frühere Pipeline von ${why.ref} hat eine ${file} des Jobs ${why.jobName}; wurde er umbenannt, hilft baseline-job`;
    case 'no-job':
      return `Pipeline ${why.pipelineId} von ${why.ref} hat keinen Job ${why.jobName}; wurde er umbenannt, hilft baseline-job`;
    case 'not-kept':
      return `die ${file} von Pipeline ${why.pipelineId} von ${why.ref} wurde nicht aufgehoben`;
    case 'unusable':
      return `die ${file} von ${why.ref} taugt nicht zum Vergleich: ${unusable(why.why)}`;
    case 'unusable-file':
      return `die Datei ${why.path} taugt nicht zum Vergleich: ${unusable(why.why)}`;
  }
}

/** Where a report comes from, and what it is compared with. */
export const germanFooter: Language['footer'] = {
  commit: 'Commit',
  pipeline: 'Pipeline',
  mergedInto: (ref) => `gemergt mit ${ref} auf Stand`,
  comparedWith: (ref) => `gegenüber ${ref} auf Stand`,
  standing: (relation, commitsBehind) => {
    switch (relation) {
      case 'behind':
        return commitsBehind === null
          ? 'vor der Merge-Basis'
          : `${plural(commitsBehind, { one: 'Commit', other: 'Commits' })} vor der Merge-Basis`;
      case 'newest':
        return 'der neueste Report, weil die Merge-Basis keinen hat';
      case 'exact':
      case 'previous':
      case 'given':
        return '';
    }
  },
  gitlabsOwn: 'aus GitLabs eigenem Test-Report',
  noBaseline: (reason) => `Kein Vergleich: ${missing(reason)}.`,
  firstRun: {
    link: (ref) => `Herald einmal auf ${ref} ausführen`,
    rest: ', dann zeigt der nächste Report nur, was neu ist.',
    token: 'Mit einem Token zeigt Herald nur, was neu ist.',
    next: 'Der nächste zeigt, was sich geändert hat.',
    retry: 'Zum Vergleichen den Job wiederholen.',
  },
  missing,
  unusable,
  fullReport: 'vollständiger Report',
  by: (version) => `Herald ${version}`,
};
