import type { JsonFormat } from '../format.ts';
import { someLookLike } from './shared/json-entries.ts';
import { has, isJsonObject, listOf, numberAt, textAt, valueAt } from './shared/json-value.ts';

const knownKeys = new Set(['name', 'passed', 'size', 'sizeLimit', 'running', 'loading', 'time']);

/** Entries have only these keys; `passed` is absent where there is no limit. */
function isCheck(entry: unknown): boolean {
  return (
    isJsonObject(entry) &&
    has(entry, 'name', 'string') &&
    (has(entry, 'passed', 'boolean') || Object.keys(entry).every((key) => knownKeys.has(key)))
  );
}

/** `size 120000, limit 100000`, in bytes; empty where the entry does not say. */
function limitOf(entry: unknown): string {
  const size = numberAt(entry, 'size');
  const limit = numberAt(entry, 'sizeLimit');
  return size === null || limit === null ? '' : `size ${size}, limit ${limit}`;
}

/** size-limit's `--json`: the size of each bundle in bytes, and its load time where it was measured. */
export const sizeLimit: JsonFormat = {
  format: 'size-limit',
  title: 'size-limit JSON',
  kind: 'metrics',
  wellKnownNames: ['**/size-limit.json', '**/size-limit-report.json'],
  specification: 'https://github.com/ai/size-limit#reports',
  producers: [{ tool: 'size-limit', option: '--json > size-limit.json' }],
  syntax: 'json',
  detect: (value) =>
    Array.isArray(value) &&
    someLookLike(value, isCheck) &&
    someLookLike(value, (entry) => ['size', 'loading', 'time'].some((key) => numberAt(entry, key) !== null)),
  read(value, sink) {
    for (const entry of listOf(value)) {
      const name = textAt(entry, 'name') ?? '';
      const size = numberAt(entry, 'size');
      const seconds = numberAt(entry, 'loading') ?? numberAt(entry, 'time');
      if (size !== null)
        sink.metric({ name, group: 'size-limit', labels: {}, value: size, unit: 'bytes', better: 'lower' });
      if (seconds !== null)
        sink.metric({
          name: `${name} time`,
          group: 'size-limit',
          labels: {},
          value: seconds,
          unit: 'seconds',
          better: 'lower',
        });
      const passed = valueAt(entry, 'passed');
      if (typeof passed === 'boolean')
        sink.threshold({ group: 'size-limit', name, passed, detail: limitOf(entry) });
    }
  },
};
