import type { JsonLinesFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { oddLine, sayIfFewerAreListed } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  listAt,
  numberAt,
  objectOf,
  textAt,
  textsAt,
  valueAt,
} from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

function isEvent(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'fields', 'object') &&
    ['diagnostic', 'log', 'summary'].includes(anyTextAt(value, 'type'))
  );
}

const securityCodes = new Set(['vulnerability', 'unmaintained', 'unsound', 'yanked', 'notice']);

function categoryOf(code: string): 'license' | 'quality' | 'security' {
  if (securityCodes.has(code)) return 'security';
  return /licen[cs]e|^rejected$|^accepted$/.test(code) ? 'license' : 'quality';
}

function crateOf(fields: unknown): string {
  const krate = valueAt(listAt(fields, 'graphs')[0], 'Krate');
  return `${anyTextAt(krate, 'name')} ${anyTextAt(krate, 'version')}`.trim();
}

function readDiagnostic(fields: unknown, sink: ReportSink): void {
  const advisory = valueAt(fields, 'advisory');
  const code = anyTextAt(fields, 'code');
  const id = anyTextAt(advisory, 'id');
  const crate = crateOf(fields);
  const message = anyTextAt(fields, 'message');
  const severity = anyTextAt(fields, 'severity');
  sink.finding(
    {
      ...blankFinding,
      category: categoryOf(code),
      tool: 'cargo deny',
      rule: id || code,
      ruleUrl: textAt(advisory, 'url'),
      // EmbarkStudios.github.io/cargo-deny/diags.html: error, warning, note, help.
      severity: severity === 'help' ? 'info' : severityOfLinterWord(severity),
      message: crate === '' || message.includes(crate) ? message : `${message} (${crate})`,
      description: textsAt(fields, 'notes').join('\n'),
      identifiers: [...(id === '' ? [] : [id]), ...textsAt(advisory, 'aliases')],
    },
    null,
  );
}

function errorsIn(summary: unknown): number {
  return Object.values(objectOf(summary)).reduce<number>(
    (sum, check) => sum + (numberAt(check, 'errors') ?? 0),
    0,
  );
}

class EventReader {
  readonly #sink: ReportSink;
  #errors = 0;
  #counted: number | null = null;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  value(value: unknown, line: number): void {
    const fields = valueAt(value, 'fields');
    if (!isEvent(value))
      this.#sink.incomplete(`line ${line} is not an event of cargo deny; Herald skipped it`);
    else if (textAt(value, 'type') === 'diagnostic') {
      if (textAt(fields, 'severity') === 'error') this.#errors += 1;
      readDiagnostic(fields, this.#sink);
    } else if (textAt(value, 'type') === 'summary') this.#counted = errorsIn(fields);
    else if (textAt(fields, 'level') === 'ERROR')
      this.#sink.failed(`cargo deny: ${anyTextAt(fields, 'message')}`);
  }

  badLine(text: string, line: number): void {
    oddLine(text, line, this.#sink);
  }

  end(): void {
    sayIfFewerAreListed({ counted: this.#counted, listed: this.#errors, what: 'errors' }, this.#sink);
  }
}

/** What `cargo deny` writes to its standard error: an event a line. */
export const cargoDeny: JsonLinesFormat = {
  format: 'cargo-deny',
  title: 'cargo deny JSON lines',
  kind: 'findings',
  wellKnownNames: ['**/cargo-deny*.json', '**/cargo-deny*.jsonl'],
  specification: 'https://embarkstudios.github.io/cargo-deny/cli/common.html',
  producers: [{ tool: 'cargo deny', option: '--format json check 2> cargo-deny.jsonl' }],
  syntax: 'json-lines',

  detect(first) {
    return first.some(isEvent);
  },

  read(sink) {
    return new EventReader(sink);
  },
};
