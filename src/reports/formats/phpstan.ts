import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, sayIfFewerAreListed } from './shared/json-entries.ts';
import { anyTextAt, has, itemsAt, lengthOf, membersOf, numberAt, valueAt } from './shared/json-value.ts';

// phpstan.org/user-guide/output-format: PHPStan has no severities, and its GitLab format calls every error "major".
const severity = 'medium';

/** Traits are checked in each class that uses them: `Basket.php (in context of class Shop)`. */
function fileOf(path: string): string {
  const at = path.indexOf(' (in context of ');
  return at > 0 && path.endsWith(')') ? path.slice(0, at) : path;
}

function readMessage(message: unknown, path: string, sink: ReportSink): void {
  const rule = anyTextAt(message, 'identifier');
  sink.finding(
    {
      ...blankFinding,
      tool: 'PHPStan',
      rule,
      ruleUrl: /^[a-zA-Z]+\.[a-zA-Z]+$/.test(rule) ? `https://phpstan.org/error-identifiers/${rule}` : null,
      severity,
      message: anyTextAt(message, 'message'),
      description: anyTextAt(message, 'tip'),
      path,
      line: numberAt(message, 'line'),
    },
    null,
  );
}

function readFiles(files: unknown, sink: ReportSink): number {
  let listed = 0;
  for (const [path, file] of membersOf(files)) {
    const read = (message: unknown): void => {
      listed += 1;
      readMessage(message, fileOf(path), sink);
    };
    readEntries(valueAt(file, 'messages'), { what: 'messages', keys: ['message', 'identifier'], read }, sink);
  }
  return listed;
}

/** Errors of no file: a pattern of the configuration that matches nothing, or a crash. */
function readError(error: unknown, sink: ReportSink): void {
  if (typeof error !== 'string') {
    sink.incomplete('an error of PHPStan could not be read');
    return;
  }
  if (/internal error|crashed|memory/i.test(error)) sink.failed(`PHPStan: ${error.slice(0, 300)}`);
  sink.finding({ ...blankFinding, tool: 'PHPStan', severity, message: error }, null);
}

/** PHPStan's JSON. */
export const phpstan: JsonFormat = {
  format: 'phpstan',
  title: 'PHPStan JSON',
  kind: 'findings',
  wellKnownNames: ['**/phpstan*.json'],
  specification: 'https://phpstan.org/user-guide/output-format',
  producers: [
    { tool: 'PHPStan', option: 'analyse --error-format=json > phpstan.json' },
    { tool: 'Larastan', option: 'analyse --error-format=json' },
  ],
  syntax: 'json',
  lists: ['files{}', 'errors[]'],

  detect(value) {
    return has(valueAt(value, 'totals'), 'file_errors', 'number') && valueAt(value, 'files') !== undefined;
  },

  read(value, sink) {
    for (const error of itemsAt(value, 'errors')) readError(error, sink);
    const listed = readFiles(valueAt(value, 'files'), sink);
    sayIfFewerAreListed({ counted: numberAt(value, 'totals', 'file_errors'), listed, what: 'errors' }, sink);
    const general = {
      counted: numberAt(value, 'totals', 'errors'),
      listed: lengthOf(valueAt(value, 'errors')),
    };
    sayIfFewerAreListed({ ...general, what: 'errors without a file' }, sink);
  },
};
