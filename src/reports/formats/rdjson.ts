import type { JsonFormat } from '../format.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { isJsonObject, valueAt } from './shared/json-value.ts';
import { diagnosticEntries, isDiagnostic } from './shared/rdjson-diagnostic.ts';

/** reviewdog's diagnostic format, the whole result as one JSON value. */
export const rdjson: JsonFormat = {
  format: 'rdjson',
  title: 'reviewdog rdjson',
  kind: 'findings',
  wellKnownNames: ['**/*.rdjson'],
  specification: 'https://github.com/reviewdog/reviewdog/tree/master/proto/rdf',
  producers: [
    { tool: 'Ruff', option: 'check --output-format rdjson' },
    { tool: 'Buf', option: 'lint --error-format=rdjson' },
  ],
  syntax: 'json',
  lists: ['diagnostics[]'],

  detect(value) {
    const diagnostics = valueAt(value, 'diagnostics');
    if (!isJsonObject(value) || !Array.isArray(diagnostics)) return false;
    // Biome's and Oxlint's own say so.
    if (['command', 'number_of_files'].some((key) => valueAt(value, key) !== undefined)) return false;
    // Others' `diagnostics` have other locations; an empty list needs one more sign.
    return diagnostics.length === 0
      ? ['source', 'severity'].some((key) => valueAt(value, key) !== undefined) ||
          Object.keys(value).length === 1
      : someLookLike(diagnostics, isDiagnostic);
  },

  read(value, sink) {
    const defaults = { source: valueAt(value, 'source'), severity: valueAt(value, 'severity') };
    readEntries(valueAt(value, 'diagnostics'), diagnosticEntries(defaults), sink);
  },
};
