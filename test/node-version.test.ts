import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { nodeProblem, oldestNode } from '../src/node-version.ts';

test.each(['12.22.0', '16.20.2', '18.19.0', '20.0.0', '20.11.1'])(
  'Node.js %s is too old, in one sentence',
  (node) => {
    expect(nodeProblem(node)).toBe(`this is Node.js ${node}, but Herald needs Node.js 20.12 or later`);
  },
);

test.each(['20.12.0', '20.20.2', '22.0.0', '24.1.0', process.versions.node])(
  'Node.js %s runs Herald',
  (node) => {
    expect(nodeProblem(node)).toBeNull();
  },
);

test('the oldest Node.js is that of package.json', () => {
  expect(readFileSync('package.json', 'utf8')).toContain(`"node": ">=${oldestNode}"`);
});

test('what is read before the version is looked at needs no newer syntax', async () => {
  const written = async (target: string): Promise<string> => {
    const { outputFiles } = await build({
      entryPoints: ['src/main.ts'],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      external: ['./first-request.ts', './node-host.ts', './print-help.ts', './cli/run.ts'],
      target,
    });
    return outputFiles[0]?.text ?? '';
  };
  // esbuild writes newer syntax in other words for an older target: nothing changes where there is none.
  expect(await written('node14')).toBe(await written('esnext'));
  expect(await written('node14')).toContain('import("./node-host.ts")');
});
