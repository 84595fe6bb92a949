import { counted } from '../../model/plural.ts';
import type { JsonFormat } from '../format.ts';
import { someLookLike } from './shared/json-entries.ts';
import { has, listAt, numberAt, textAt } from './shared/json-value.ts';

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
    const isResult = (result: unknown): boolean =>
      has(result, 'command', 'string') && has(result, 'mean', 'number');
    return someLookLike(listAt(value, 'results'), isResult);
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
      // With `--ignore-failure` a command may fail and be timed all the same.
      const failed = listAt(result, 'exit_codes').filter((code) => code !== 0).length;
      if (failed > 0)
        sink.threshold({
          group: 'hyperfine',
          name,
          passed: false,
          detail: `failed in ${counted(failed, { one: 'run', other: 'runs' })}`,
        });
    }
  },
};
