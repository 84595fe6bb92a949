/** Parses one file with the npm package of its format: `node parse.mjs <format> <file>`. */
import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const [, , format, file] = process.argv;
const text = () => readFileSync(file, 'utf8');
const callback = (parse, input) =>
  new Promise((resolve, reject) =>
    parse(input, (error, result) => (error ? reject(new Error(String(error))) : resolve(result))),
  );

const parsers = {
  cobertura: async () => (await callback(require('cobertura-parse').parseContent, text())).length,
  lcov: async () => (await callback(require('lcov-parse'), text())).length,
  jacoco: async () => (await callback(require('jacoco-parse').parseContent, text())).length,
  clover: async () => {
    const clover = require('@cvrg-report/clover-json');
    return (await (clover.default ?? clover).parseContent(text())).length;
  },
  openmetrics: () =>
    require('parse-prometheus-text-format').default?.(text()).length ??
    require('parse-prometheus-text-format')(text()).length,
  trx: () => require('test-results-parser').parse({ type: 'mstest', files: [file] }).total,
  nunit3: () => require('test-results-parser').parse({ type: 'nunit', files: [file] }).total,
  tap: async () => {
    const { Parser } = await import('tap-parser');
    const parser = new Parser();
    let count = 0;
    parser.on('assert', () => {
      count += 1;
    });
    await new Promise((resolve) => createReadStream(file).pipe(parser).on('complete', resolve));
    return count;
  },
  /** No package of a name: the least that reading lines of JSON takes. */
  'go-test': async () => {
    let count = 0;
    const { createInterface } = await import('node:readline');
    for await (const line of createInterface({ input: createReadStream(file) }))
      if (JSON.parse(line).Action === 'pass') count += 1;
    return count;
  },
};
const byLine = async (read) => {
  let count = 0;
  const { createInterface } = await import('node:readline');
  for await (const line of createInterface({ input: createReadStream(file) })) count += read(line) ? 1 : 0;
  return count;
};
const least = {
  rdjsonl: () => byLine((line) => JSON.parse(line).message !== undefined),
  dart: () => byLine((line) => JSON.parse(line).type === 'testDone'),
  'go-cover': () => byLine((line) => line.length > 0),
  'go-benchmark': () => byLine((line) => line.startsWith('Benchmark')),
};
const parse = parsers[format] ?? least[format];
if (parse === undefined) {
  process.argv[2] = file;
  await import('./count-saxes.mjs');
} else console.log(await parse());
