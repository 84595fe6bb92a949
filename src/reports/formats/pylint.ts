import type { Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  isList,
  listOf,
  numberAt,
  textAt,
  valueAt,
} from './shared/json-value.ts';

// pylint.readthedocs.io/en/stable/user_guide/messages: fatal stopped pylint, error is "probably a bug", warning
// "Python specific problems", refactor and convention are about style.
const severityOf = new Map<string, Severity>([
  ['fatal', 'critical'],
  ['error', 'high'],
  ['warning', 'medium'],
  ['refactor', 'low'],
  ['convention', 'low'],
  ['info', 'info'],
  ['information', 'info'],
]);

// `json` writes `message-id`, `json2` writes `messageId`.
function isMessage(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'symbol', 'string') &&
    has(value, 'type', 'string') &&
    (has(value, 'message-id', 'string') || has(value, 'messageId', 'string'))
  );
}

// A type that is not a part of the documentation's addresses has none of its own.
function urlOf(type: string, symbol: string, id: string): string | null {
  if (!severityOf.has(type) || !/^[a-z-]+$/.test(symbol) || !/^[A-Z]\d{4}$/.test(id)) return null;
  return `https://pylint.readthedocs.io/en/stable/user_guide/messages/${type}/${symbol}.html`;
}

function readMessage(message: unknown, sink: ReportSink): void {
  const symbol = anyTextAt(message, 'symbol');
  const id = anyTextAt(message, 'messageId', 'message-id');
  const type = anyTextAt(message, 'type').toLowerCase();
  const column = numberAt(message, 'column');
  // "An error occurred which prevented Pylint from doing further processing."
  if (type === 'fatal') sink.failed(`Pylint: ${anyTextAt(message, 'message') || symbol}`);
  sink.finding(
    {
      ...blankFinding,
      tool: 'Pylint',
      rule: symbol === '' ? id : symbol,
      ruleUrl: urlOf(type, symbol, id),
      severity: severityOf.get(type) ?? 'unknown',
      message: anyTextAt(message, 'message'),
      path: textAt(message, 'path') ?? textAt(message, 'module'),
      line: numberAt(message, 'line'),
      endLine: numberAt(message, 'endLine'),
      // Pylint counts columns from 0.
      column: column === null ? null : column + 1,
      identifiers: id === '' ? [] : [id],
    },
    null,
  );
}

/** Pylint's `json` (a list) and `json2` (messages and statistics). */
export const pylint: JsonFormat = {
  format: 'pylint',
  title: 'Pylint JSON',
  kind: 'findings',
  wellKnownNames: ['**/pylint*.json'],
  specification: 'https://pylint.readthedocs.io/en/stable/user_guide/usage/output.html',
  producers: [{ tool: 'Pylint', option: '--output-format=json2:pylint.json' }],
  syntax: 'json',
  lists: ['[]', 'messages[]'],

  detect(value) {
    if (Array.isArray(value)) return someLookLike(listOf(value), isMessage);
    return has(value, 'messages', 'list') && has(value, 'statistics', 'object');
  },

  read(value, sink) {
    const messages = isList(value) ? value : valueAt(value, 'messages');
    readEntries(messages, { what: 'messages', keys: ['message', 'symbol'], read: readMessage }, sink);
  },
};
