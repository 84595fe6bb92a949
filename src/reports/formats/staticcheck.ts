import type { JsonLinesFormat } from '../format.ts';
import { oddLine } from './shared/json-entries.ts';
import { isStaticcheckProblem, readStaticcheckProblem } from './shared/staticcheck-problem.ts';

/** Staticcheck's JSON: a problem a line. */
export const staticcheck: JsonLinesFormat = {
  format: 'staticcheck',
  title: 'Staticcheck JSON',
  kind: 'findings',
  wellKnownNames: ['**/staticcheck*.json'],
  specification: 'https://staticcheck.dev/docs/running-staticcheck/cli/formatters/#json',
  producers: [{ tool: 'Staticcheck', option: '-f json' }],
  syntax: 'json-lines',

  detect(first) {
    return first.some(isStaticcheckProblem);
  },

  read(sink) {
    return {
      value(value, line) {
        if (isStaticcheckProblem(value)) readStaticcheckProblem(value, sink);
        else sink.incomplete(`line ${line} is not a problem of Staticcheck; Herald skipped it`);
      },
      badLine(text, line) {
        oddLine(text, line, sink);
      },
      end() {
        // Every problem was handed over when its line came.
      },
    };
  },
};
