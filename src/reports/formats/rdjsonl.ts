import type { JsonLinesFormat } from '../format.ts';
import { oddLine } from './shared/json-entries.ts';
import { isDiagnostic, readDiagnostic } from './shared/rdjson-diagnostic.ts';

const noDefaults = { source: null, severity: null };

/** reviewdog's diagnostic format, one diagnostic a line. */
export const rdjsonl: JsonLinesFormat = {
  format: 'rdjsonl',
  title: 'reviewdog rdjsonl',
  kind: 'findings',
  wellKnownNames: ['**/*.rdjsonl'],
  specification: 'https://github.com/reviewdog/reviewdog/tree/master/proto/rdf',
  producers: [{ tool: 'any script for reviewdog', option: '-f=rdjsonl' }],
  syntax: 'json-lines',

  detect(first) {
    return first.some(isDiagnostic);
  },

  read(sink) {
    return {
      value(value, line) {
        if (isDiagnostic(value)) readDiagnostic(value, noDefaults, sink);
        else sink.incomplete(`line ${line} is not a diagnostic with a message and a path; Herald skipped it`);
      },
      badLine(text, line) {
        oddLine(text, line, sink);
      },
      end() {
        // Every diagnostic was handed over when its line came.
      },
    };
  },
};
