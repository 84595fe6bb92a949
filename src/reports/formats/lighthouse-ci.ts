import type { JsonFormat, ReportSink } from '../format.ts';
import { someLookLike } from './shared/json-entries.ts';
import { has, isJsonObject, listOf, numberAt, textAt, valueAt } from './shared/json-value.ts';

function isAssertion(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'passed', 'boolean') &&
    has(value, 'auditId', 'string') &&
    'operator' in value
  );
}

/** The tool reports assertions of level `warn`; they fail nothing. */
function readAssertion(assertion: unknown, sink: ReportSink): void {
  const name = [textAt(assertion, 'auditId'), textAt(assertion, 'auditProperty'), textAt(assertion, 'url')];
  const said = name.filter((part) => part !== null).join(' ');
  const actual = numberAt(assertion, 'actual');
  const detail = `${actual ?? '?'}, expected ${textAt(assertion, 'operator') ?? ''} ${numberAt(assertion, 'expected') ?? ''}`;
  const passed = valueAt(assertion, 'passed') === true;
  if (!passed && textAt(assertion, 'level') === 'warn') sink.warn(`assertion ${said}: ${detail}`);
  else sink.threshold({ group: 'lighthouse', name: said, passed, detail: passed ? '' : detail });
}

/** What `lhci assert` leaves beside the results: each assertion with what was found. */
export const lighthouseCi: JsonFormat = {
  format: 'lighthouse-ci',
  title: 'Lighthouse CI assertions',
  kind: 'metrics',
  wellKnownNames: ['**/.lighthouseci/assertion-results.json'],
  specification: 'https://github.com/GoogleChrome/lighthouse-ci/blob/main/docs/configuration.md#assert',
  producers: [{ tool: 'Lighthouse CI', option: 'lhci assert (.lighthouseci/assertion-results.json)' }],
  syntax: 'json',
  detect: (value) => Array.isArray(value) && someLookLike(value, isAssertion),
  read(value, sink) {
    for (const assertion of listOf(value)) {
      if (isAssertion(assertion)) readAssertion(assertion, sink);
      else sink.incomplete('an entry is not an assertion');
    }
  },
};
