import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  isList,
  listAt,
  listOf,
  textAt,
  textsAt,
  valueAt,
} from './shared/json-value.ts';
import { severityOfSecurityWord } from './shared/severity-scales.ts';

function isComponent(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'component', 'string') && has(value, 'version', 'string');
}

/** Without a file, the results are those of an installed package. */
function isFile(value: unknown): boolean {
  return isJsonObject(value) && someLookLike(listAt(value, 'results'), isComponent);
}

interface Place {
  readonly path: string | null;
  readonly name: string;
}

function readVulnerability(vulnerability: unknown, { path, name }: Place, sink: ReportSink): void {
  const identifiers = valueAt(vulnerability, 'identifiers');
  const github = textAt(identifiers, 'githubID');
  const ids = [...textsAt(identifiers, 'CVE'), ...(github === null ? [] : [github])];
  const summary = anyTextAt(identifiers, 'summary', 'issue', 'bug') || 'Vulnerability';
  const rule = ids[0] ?? anyTextAt(identifiers, 'issue', 'bug', 'release');
  const below = textAt(vulnerability, 'below');
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'Retire.js',
      rule,
      ruleUrl: textsAt(vulnerability, 'info')[0] ?? null,
      severity: severityOfSecurityWord(textAt(vulnerability, 'severity')),
      message: `${summary} in ${name}${below === null ? '' : ` (before ${below})`}`,
      path,
      identifiers: [...ids, ...textsAt(vulnerability, 'cwe')],
    },
    ['retire', rule, name, path ?? '', summary].join('\u0000'),
  );
}

function readFile(file: unknown, sink: ReportSink): void {
  const readComponent = (component: unknown): void => {
    const name = `${anyTextAt(component, 'component')} ${anyTextAt(component, 'version')}`.trim();
    const read = (vulnerability: unknown): void => {
      readVulnerability(vulnerability, { path: textAt(file, 'file'), name }, sink);
    };
    const keys = ['severity', 'below', 'atOrAbove'];
    readEntries(valueAt(component, 'vulnerabilities'), { what: 'vulnerabilities', keys, read }, sink);
  };
  readEntries(valueAt(file, 'results'), { what: 'results', keys: ['component'], read: readComponent }, sink);
}

/** Retire.js' JSON. */
export const retire: JsonFormat = {
  format: 'retire',
  title: 'Retire.js JSON',
  kind: 'findings',
  wellKnownNames: ['**/retire*.json'],
  specification: 'https://github.com/RetireJS/retire.js/blob/master/node/README.md',
  producers: [{ tool: 'Retire.js', option: '--outputformat json --outputpath retire.json' }],
  syntax: 'json',
  lists: ['[]', 'data[]'],

  detect(value) {
    if (Array.isArray(value)) return someLookLike(listOf(value), isFile);
    const isEnvelope =
      has(value, 'data', 'list') && has(value, 'errors', 'list') && has(value, 'version', 'string');
    return isEnvelope && (listAt(value, 'data').length === 0 || someLookLike(listAt(value, 'data'), isFile));
  },

  read(value, sink) {
    for (const error of listAt(value, 'errors'))
      sink.failed(`Retire.js: ${typeof error === 'string' ? error : anyTextAt(error, 'message')}`);
    const files = isList(value) ? value : valueAt(value, 'data');
    readEntries(files, { what: 'files', keys: [], read: readFile }, sink);
  },
};
