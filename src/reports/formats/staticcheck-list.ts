import type { JsonFormat } from '../format.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { listOf } from './shared/json-value.ts';
import { isStaticcheckProblem, readStaticcheckProblem } from './shared/staticcheck-problem.ts';

/** Staticcheck's problems as one list, as `jq -s` and other scripts make it. */
export const staticcheckList: JsonFormat = {
  format: 'staticcheck-list',
  title: 'Staticcheck JSON as a list',
  kind: 'findings',
  wellKnownNames: ['**/staticcheck*.json'],
  specification: 'https://staticcheck.dev/docs/running-staticcheck/cli/formatters/#json',
  producers: [{ tool: 'Staticcheck', option: '-f json | jq -s .' }],
  syntax: 'json',
  lists: ['[]'],

  detect(value) {
    return someLookLike(listOf(value), isStaticcheckProblem);
  },

  read(value, sink) {
    const entries = { what: 'problems', keys: ['message', 'code'], read: readStaticcheckProblem };
    readEntries(value, entries, sink);
  },
};
