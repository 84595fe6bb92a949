import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';

interface Chunk {
  readonly name: string;
  readonly text: string;
}

const moduleSchema = z.object({
  linkChunks: z.custom<(program: object) => Promise<{ readonly chunks: readonly Chunk[] }>>(
    (value) => typeof value === 'function',
  ),
});
// The tools are plain JavaScript, which the types do not cover.
const { linkChunks } = moduleSchema.parse(
  await import(new URL('../tools/link-chunks.mjs', import.meta.url).href),
);

const options = { platform: 'node', target: 'node20', format: 'esm', minify: true, logLevel: 'silent' };

/** Links a program whose folders are its chunks, and `main.js` one of its own. */
async function linked(files: Readonly<Record<string, string>>): Promise<readonly Chunk[]> {
  const root = mkdtempSync(join(tmpdir(), 'herald-link-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const chunkOf = (file: string): string => (file === 'main.js' ? 'herald' : `herald-${dirname(file)}`);
  const program = { root, mains: ['main.js'], chunksOf: () => chunkOf, optionsOf: () => options };
  return (await linkChunks(program)).chunks;
}

/** What Node prints when it runs the linked program. */
function outputOf(chunks: readonly Chunk[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'herald-linked-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const { name, text } of chunks) writeFileSync(join(folder, `${name}.mjs`), text);
  return execFileSync(process.execPath, [join(folder, 'herald.mjs')], { encoding: 'utf8' });
}

describe('linking a program into chunks', () => {
  test('each module runs once, in the order of its imports, whoever imports it', async () => {
    const chunks = await linked({
      'main.js':
        "import { one } from './a/one.js'; import { B } from './b/two.js'; one(); import('./a/late.js').then(({ is }) => is(B));",
      'a/one.js':
        "import { B } from '../b/two.js'; export const one = () => console.log('one', new B() instanceof B);",
      'a/late.js':
        "import { B } from '../b/two.js'; export const is = (other) => console.log('late', other === B);",
      'b/two.js': "console.log('two'); export class B {}",
    });
    expect(outputOf(chunks)).toBe('two\none true\nlate true\n');
  });

  test('two exports of one name in one chunk stay apart, default exports and namespaces too', async () => {
    const chunks = await linked({
      'main.js':
        "import one, { name } from './a/one.js'; import * as two from './a/two.js'; console.log(name, two.name, one, two.default);",
      'a/one.js': "export const name = 'first'; export default 1;",
      'a/two.js': "export const name = 'second'; export default 2;",
    });
    expect(outputOf(chunks)).toBe('first second 1 2\n');
  });

  test('what no chunk uses is left out', async () => {
    const chunks = await linked({
      'main.js': "import { used } from './a/one.js'; console.log(used);",
      'a/one.js':
        "import { deep } from '../b/two.js'; export const used = 'kept'; export const unused = () => deep('dropped');",
      'b/two.js': 'export const deep = (text) => `needless ${text}`;',
    });
    expect(outputOf(chunks)).toBe('kept\n');
    expect(chunks.map(({ name }) => name)).toEqual(['herald', 'herald-a']);
    expect(chunks.map(({ text }) => text).join('')).not.toMatch(/dropped|needless/);
  });

  test('what is asked for later loads later', async () => {
    const chunks = await linked({
      'main.js': "console.log('first'); const { say } = await import('./a/one.js'); say();",
      'a/one.js': "console.log('loaded'); export const say = () => console.log('said');",
    });
    expect(outputOf(chunks)).toBe('first\nloaded\nsaid\n');
  });

  test('the same source gives the same bytes', async () => {
    const files = {
      'main.js': "import { a } from './a/one.js'; import { b } from './b/two.js'; console.log(a, b);",
      'a/one.js': "import { b } from '../b/two.js'; export const a = b + 1;",
      'b/two.js': 'export const b = Number(process.version.length);',
    };
    expect(await linked(files)).toMatchObject(
      (await linked(files)).map(({ name, text }) => ({ name, text })),
    );
  });

  test('an import across chunks that names nothing is refused, because it would be lost', async () => {
    const files = { 'main.js': "import './a/one.js';", 'a/one.js': "console.log('one');" };
    await expect(linked(files)).rejects.toThrow('imports ./a/one.js of another chunk without a name');
  });

  test('a circle between chunks is refused, with the imports that make it', async () => {
    const files = {
      'main.js': "import { a } from './a/one.js'; console.log(a);",
      'a/one.js': "import { b } from '../b/two.js'; export const a = b;",
      'a/three.js': 'export const c = 1;',
      'b/two.js': "import { c } from '../a/three.js'; export const b = c;",
    };
    await expect(linked(files)).rejects.toThrow(
      /chunks import each other:\n.*a\/one\.js imports b\/two\.js\n.*b\/two\.js imports a\/three\.js/,
    );
  });
});
