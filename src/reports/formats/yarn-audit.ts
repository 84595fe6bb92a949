import type { JsonLinesFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { oddLine, sayIfFewerAreListed } from './shared/json-entries.ts';
import { anyTextAt, has, numberAt, objectOf, textAt, textsAt, valueAt } from './shared/json-value.ts';
import { advisoryId, readAdvisory } from './shared/npm-advisory.ts';
import { severityOfSecurityWord } from './shared/severity-scales.ts';

const tool = 'yarn audit';

/** Yarn 1 writes events; what else it says while it audits are some of them too. */
function isEvent(value: unknown): boolean {
  return ['auditAdvisory', 'auditSummary', 'auditAction'].includes(anyTextAt(value, 'type'));
}

/** Without a registry, Yarn 1 comes to no event of the audit. */
function isWord(value: unknown): boolean {
  return ['error', 'info', 'warning'].includes(anyTextAt(value, 'type')) && has(value, 'data', 'string');
}

/** Yarn 4 writes a tree, a package a line. */
function isPackage(value: unknown): boolean {
  return has(value, 'value', 'string') && textAt(value, 'children', 'Severity') !== null;
}

function readPackage(found: unknown, sink: ReportSink): void {
  const advisory = valueAt(found, 'children');
  const name = anyTextAt(found, 'value');
  const id = textAt(advisory, 'ID') ?? String(numberAt(advisory, 'ID') ?? '');
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool,
      rule: id,
      ruleUrl: textAt(advisory, 'URL'),
      severity: severityOfSecurityWord(textAt(advisory, 'Severity')),
      message:
        `${anyTextAt(advisory, 'Issue') || 'Vulnerability'} in ${name} ${textsAt(advisory, 'Tree Versions').join(', ')}`.trim(),
      identifiers: id === '' ? [] : [id],
    },
    ['yarn-audit', id, name].join('\u0000'),
  );
}

class EventReader {
  readonly #sink: ReportSink;
  /** Each way to an advisory is an event of its own: it is one finding. */
  readonly #seen = new Set<string>();
  #advisories = 0;
  #counted: number | null = null;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  value(value: unknown, line: number): void {
    const type = anyTextAt(value, 'type');
    if (isPackage(value)) readPackage(value, this.#sink);
    else if (type === 'auditAdvisory') this.#readAdvisory(valueAt(value, 'data', 'advisory'), line);
    else if (type === 'auditSummary') this.#count(valueAt(value, 'data', 'vulnerabilities'));
    else if (type === 'error') this.#sink.failed(`yarn audit: ${anyTextAt(value, 'data')}`);
    else if (type === '')
      this.#sink.incomplete(`line ${line} is not an event of yarn audit; Herald skipped it`);
  }

  badLine(text: string, line: number): void {
    oddLine(text, line, this.#sink);
  }

  end(): void {
    const counted = { counted: this.#counted, listed: this.#advisories, what: 'vulnerabilities' };
    sayIfFewerAreListed(counted, this.#sink);
  }

  #readAdvisory(advisory: unknown, line: number): void {
    this.#advisories += 1;
    const id = `${advisoryId(advisory)} ${anyTextAt(advisory, 'module_name')}`.trim();
    if (id === '') this.#sink.incomplete(`the advisory of line ${line} could not be read`);
    else if (!this.#seen.has(id)) {
      this.#seen.add(id);
      readAdvisory(advisory, tool, this.#sink);
    }
  }

  #count(counts: unknown): void {
    const numbers = Object.values(objectOf(counts)).filter((count) => typeof count === 'number');
    this.#counted = numbers.reduce((sum, count) => sum + count, 0);
  }
}

/** The JSON lines of `yarn audit` (Yarn 1) and `yarn npm audit` (Yarn 4). */
export const yarnAudit: JsonLinesFormat = {
  format: 'yarn-audit',
  title: 'yarn audit JSON lines',
  kind: 'findings',
  wellKnownNames: ['**/yarn-audit*.json', '**/yarn-audit*.jsonl'],
  specification: 'https://classic.yarnpkg.com/lang/en/docs/cli/audit/',
  producers: [
    { tool: 'Yarn 1', option: 'audit --json > yarn-audit.json' },
    { tool: 'Yarn 4', option: 'npm audit --json > yarn-audit.json' },
  ],
  syntax: 'json-lines',

  detect(first) {
    if (first.some((value) => isEvent(value) || isPackage(value))) return true;
    return first.every(isWord) && first.some((value) => textAt(value, 'type') === 'error');
  },

  read(sink) {
    return new EventReader(sink);
  },
};
