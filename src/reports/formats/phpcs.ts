import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, sayIfFewerAreListed } from './shared/json-entries.ts';
import { anyTextAt, has, membersOf, numberAt, valueAt } from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

/** What the tool says instead of findings of a file that it could not read as PHP. */
const internal = /^Internal\.(?:Exception|ParseError)/;

function readMessage(message: unknown, path: string, sink: ReportSink): void {
  const rule = anyTextAt(message, 'source');
  const said = anyTextAt(message, 'message');
  if (internal.test(rule)) sink.failed(`PHP_CodeSniffer: ${said.slice(0, 300)}`);
  sink.finding(
    {
      ...blankFinding,
      tool: 'PHP_CodeSniffer',
      rule,
      severity: severityOfLinterWord(anyTextAt(message, 'type')),
      message: said,
      path,
      line: numberAt(message, 'line'),
      column: numberAt(message, 'column'),
    },
    null,
  );
}

/** PHP_CodeSniffer's JSON. */
export const phpcs: JsonFormat = {
  format: 'phpcs',
  title: 'PHP_CodeSniffer JSON',
  kind: 'findings',
  wellKnownNames: ['**/phpcs*.json'],
  specification: 'https://github.com/PHPCSStandards/PHP_CodeSniffer/wiki/Reporting#printing-a-json-report',
  producers: [{ tool: 'PHP_CodeSniffer', option: '--report-json=phpcs.json' }],
  syntax: 'json',
  lists: ['files{}'],

  detect(value) {
    const totals = valueAt(value, 'totals');
    return (
      has(totals, 'fixable', 'number') &&
      has(totals, 'warnings', 'number') &&
      valueAt(value, 'files') !== undefined
    );
  },

  read(value, sink) {
    let listed = 0;
    for (const [path, file] of membersOf(valueAt(value, 'files'))) {
      const read = (message: unknown): void => {
        listed += 1;
        readMessage(message, path, sink);
      };
      readEntries(valueAt(file, 'messages'), { what: 'messages', keys: ['message', 'source'], read }, sink);
    }
    const counted = (numberAt(value, 'totals', 'errors') ?? 0) + (numberAt(value, 'totals', 'warnings') ?? 0);
    sayIfFewerAreListed({ counted, listed, what: 'findings' }, sink);
  },
};
