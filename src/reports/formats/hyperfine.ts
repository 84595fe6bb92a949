import type { JsonFormat } from '../format.ts';
import { has, listAt, numberAt, textAt } from '../json-value.ts';

/** hyperfine's `--export-json`: the median time of each command in seconds. */
export const hyperfine: JsonFormat = {
  format: 'hyperfine',
  title: 'hyperfine JSON',
  kind: 'metrics',
  wellKnownNames: ['**/hyperfine*.json'],
  specification: 'https://github.com/sharkdp/hyperfine#json',
  producers: [{ tool: 'hyperfine', option: '--export-json hyperfine.json' }],
  syntax: 'json',
  detect: (value) => {
    const results = listAt(value, 'results');
    return (
      results.length > 0 &&
      results.every((result) => has(result, 'command', 'string') && has(result, 'mean', 'number'))
    );
  },
  read(value, sink) {
    for (const result of listAt(value, 'results')) {
      const seconds = numberAt(result, 'median') ?? numberAt(result, 'mean');
      const name = textAt(result, 'command') ?? '';
      if (seconds !== null)
        sink.metric({
          name,
          group: 'hyperfine',
          labels: {},
          value: seconds,
          unit: 'seconds',
          better: 'lower',
        });
    }
  },
};
