/**
 * Links a program into a few chunks that a table names, with esbuild. Its own `splitting` makes a chunk for every set
 * of entry points, more than a hundred of them. Here each chunk is a bundle of its own, and what it takes from other
 * chunks stays outside.
 *
 * The chunks are bundled from the top down. The text of a bundle tells which names it takes from the chunks below, and
 * those export just these. So each module is in one chunk and runs once, and code that nobody uses is left out across
 * chunks, too.
 *
 * Where a file of chunk A imports `b` from `src/b.ts` of chunk B, A reads `export { b } from "./B.mjs"` in place of
 * `src/b.ts`, and the entry of B has `export { b } from "src/b.ts"`. An `import()` becomes one of B, and
 * takes the exports of the file from there: the file runs when B is loaded.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * @typedef {import('esbuild').BuildOptions} BuildOptions
 * @typedef {import('esbuild').Metafile['inputs']} Inputs
 *
 * @typedef {object} Chunk
 * @property {string} name without folder and suffix
 * @property {string} text
 * @property {import('esbuild').Metafile} metafile
 *
 * @typedef {object} Wanted what one file of a chunk gives to the chunks above
 * @property {Set<string>} names exports that they import
 * @property {boolean} started whether an `import()` asks for all of them
 *
 * @typedef {object} Plan
 * @property {string} root folder of the project
 * @property {Inputs} inputs every file of the program with its imports
 * @property {(file: string) => string | null} chunkOf null for a file of constants that each chunk has a copy of
 * @property {ReadonlyMap<string, ReadonlyMap<string, string>>} exportNames by file: its export, and what the chunk
 * calls it
 */

/** @param {readonly string[]} specifiers @returns {never} */
function refuse(...specifiers) {
  throw new Error(specifiers.join(' '));
}

/**
 * The chunks in an order in which each comes before those that it imports. Throws where chunks import each other.
 *
 * @param {Pick<Plan, 'inputs' | 'chunkOf'>} plan
 * @returns {string[]}
 */
function topDown({ inputs, chunkOf }) {
  /** @type {Map<string, Map<string, string>>} the chunks below each chunk, with an import as the reason */
  const below = new Map();
  for (const [file, { imports }] of Object.entries(inputs)) {
    const from = chunkOf(file);
    if (from === null) continue;
    if (!below.has(from)) below.set(from, new Map());
    for (const { path, external, kind } of imports) {
      const to = external === true || kind === 'dynamic-import' ? null : chunkOf(path);
      if (to !== null && to !== from) below.get(from)?.set(to, `${file} imports ${path}`);
    }
  }
  /** @type {string[]} */
  const bottomUp = [];
  /** @param {string} chunk @param {readonly string[]} above @param {readonly string[]} reasons */
  const visit = (chunk, above, reasons) => {
    if (above.includes(chunk)) {
      const circle = reasons.slice(above.indexOf(chunk));
      refuse(`chunks import each other:\n  ${circle.join('\n  ')}`);
    }
    if (bottomUp.includes(chunk)) return;
    for (const [next, reason] of below.get(chunk) ?? []) visit(next, [...above, chunk], [...reasons, reason]);
    bottomUp.push(chunk);
  };
  for (const chunk of [...below.keys()].sort()) visit(chunk, [], []);
  return bottomUp.reverse();
}

/**
 * An import that names nothing, across chunks, would be lost: what a file does when it is loaded would not be done.
 *
 * @param {string} file
 * @param {string} specifier
 */
function checkNames(file, specifier) {
  const quoted = specifier.replaceAll(/[^\w/]/g, '\\$&');
  if (new RegExp(`\\bimport\\s*["']${quoted}["']`).test(readFileSync(file, 'utf8')))
    refuse(`${file} imports ${specifier} of another chunk without a name: put both into one chunk`);
}

/**
 * The files that other chunks import, with what each exports and a name for it that is unique in its chunk.
 *
 * @param {BuildOptions} options
 * @param {Pick<Plan, 'inputs' | 'chunkOf' | 'root'>} plan
 * @returns {Promise<Plan['exportNames']>}
 */
async function exportsAcross(options, { inputs, chunkOf, root }) {
  /** @type {Set<string>} */
  const crossed = new Set();
  for (const [file, { imports }] of Object.entries(inputs))
    for (const { path, external, kind, original } of imports) {
      if (external === true) continue;
      const isAcross = chunkOf(path) !== null && chunkOf(file) !== chunkOf(path);
      if (isAcross && original !== undefined) checkNames(join(root, file), original);
      if (isAcross || kind === 'dynamic-import') crossed.add(path);
    }
  const files = [...crossed].sort();
  const { metafile } = await build({
    ...options,
    entryPoints: files.map((file, index) => ({ in: join(root, file), out: `entry-${index}` })),
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    minify: false,
    metafile: true,
    write: false,
  });
  /** @type {Set<string>} */
  const taken = new Set();
  /** @type {Map<string, Map<string, string>>} */
  const names = new Map(files.map((file) => [file, new Map()]));
  for (const file of files) {
    const output = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === file);
    for (const name of [...(output?.exports ?? []), 'import()']) {
      const base =
        name === 'default' || name === 'import()'
          ? `${name === 'default' ? 'the' : 'all_of'}_${stem(file)}`
          : name;
      let unique = base;
      for (let count = 2; taken.has(`${chunkOf(file)} ${unique}`); count += 1) unique = `${base}$${count}`;
      taken.add(`${chunkOf(file)} ${unique}`);
      names.get(file)?.set(name, unique);
    }
  }
  return names;
}

/** @param {string} file @returns {string} its name as an identifier */
function stem(file) {
  return file
    .replace(/^.*\/|\.\w+$/g, '')
    .replace(/^.*node_modules\//, '')
    .replaceAll(/\W/g, '_');
}

/**
 * Takes what belongs to other chunks out of the bundle of one.
 *
 * @param {string} chunk
 * @param {string} entry text of the module that the bundle begins with
 * @param {Plan} plan
 * @returns {import('esbuild').Plugin}
 */
function otherChunksOutside(chunk, entry, { root, inputs, chunkOf, exportNames }) {
  /** @type {Map<string, Map<string, string>>} by importer and specifier: the file that is meant */
  const meant = new Map(
    Object.entries(inputs).map(([file, { imports }]) => [
      join(root, file),
      new Map(
        imports
          .filter(({ external }) => external !== true)
          .map(({ path, original }) => [original ?? path, path]),
      ),
    ]),
  );
  return {
    name: 'other-chunks-outside',
    setup(bundle) {
      bundle.onResolve({ filter: /^chunk-entry$/ }, () => ({ path: chunk, namespace: 'chunk-entry' }));
      bundle.onLoad({ filter: /.*/, namespace: 'chunk-entry' }, () => ({
        contents: entry,
        resolveDir: root,
      }));
      bundle.onResolve({ filter: /.*/, namespace: 'elsewhere' }, ({ path }) => ({
        path,
        external: true,
        sideEffects: false,
      }));
      bundle.onResolve({ filter: /.*/, namespace: 'file' }, ({ path, importer, kind }) => {
        const file = meant.get(importer)?.get(path);
        const owner = file === undefined ? null : chunkOf(file);
        if (file === undefined || owner === null) return undefined;
        const started = exportNames.get(file)?.get('import()');
        if (kind === 'dynamic-import') return { path: `./${owner}.mjs#${started}`, external: true };
        if (owner === chunk) return undefined;
        if (kind !== 'import-statement') refuse(`${importer} of ${chunk} requires ${file} of ${owner}`);
        return { path: file, namespace: 'elsewhere', sideEffects: false };
      });
      bundle.onLoad({ filter: /.*/, namespace: 'elsewhere' }, ({ path }) => {
        const given = [...(exportNames.get(path) ?? [])].filter(([name]) => name !== 'import()');
        // esbuild keeps or drops a statement as a whole.
        const lines = given.map(
          ([name, unique]) => `export { ${unique} as ${name} } from './${chunkOf(path)}.mjs';`,
        );
        return { contents: lines.join('\n') };
      });
    },
  };
}

/**
 * @param {string} file @param {Wanted} wanted @param {Plan} plan @returns {string} the exports of an entry for one file
 */
function entryFor(file, { names, started }, { exportNames }) {
  const path = JSON.stringify(`./${file}`);
  const known = exportNames.get(file);
  const list = [...names].sort().map((name) => `${name} as ${known?.get(name)}`);
  return [
    ...(list.length === 0 ? [] : [`export { ${list.join(', ')} } from ${path};`]),
    ...(started ? [`export * as ${known?.get('import()')} from ${path};`] : []),
  ].join('\n');
}

/** As esbuild prints them when it minifies; nothing else in Herald looks like them. */
const importOfChunk = /\bimport\{([^}]*)\}from"\.\/(herald[\w-]*)\.mjs";/g;
const startOfFile = /\bimport\("\.\/(herald[\w-]*)\.mjs#([\w$]+)"\)/g;

/**
 * Reads which names a bundle takes from other chunks.
 *
 * @param {string} text
 * @returns {[chunk: string, name: string][]}
 */
function takenFrom(text) {
  return [...text.matchAll(importOfChunk)].flatMap(([, list = '', chunk = '']) =>
    list
      .split(',')
      .map((item) => /** @type {[string, string]} */ ([chunk, item.trim().split(/\s+as\s+/)[0] ?? ''])),
  );
}

/**
 * One import for each chunk instead of one for each name, and each `import()` with the file in the chunk that it is
 * about.
 *
 * @param {string} text
 * @returns {string}
 */
function tidied(text) {
  /** @type {Map<string, string[]>} */
  const lists = new Map();
  const rest = text.replaceAll(importOfChunk, (_whole, list, chunk) => {
    lists.set(chunk, [...(lists.get(chunk) ?? []), list]);
    return '';
  });
  const imports = [...lists].map(([chunk, list]) => `import{${list.join(',')}}from"./${chunk}.mjs";`);
  return `${imports.join('')}${rest}`.replaceAll(startOfFile, 'import("./$1.mjs").then(e=>e.$2)');
}

/**
 * @param {object} program
 * @param {string} program.root folder of the project
 * @param {readonly string[]} program.mains files that Node starts and no file imports, each in a chunk of its own
 * @param {(inputs: Inputs) => Plan['chunkOf']} program.chunksOf
 * @param {(chunk: string) => BuildOptions} program.optionsOf
 * @returns {Promise<{ inputs: Inputs, chunks: Chunk[] }>} the chunks from the top down, and all files of the program
 */
export async function linkChunks({ root, mains, chunksOf, optionsOf }) {
  const shared = { ...optionsOf(''), bundle: true, metafile: true, write: false, absWorkingDir: root };
  const whole = await build({ ...shared, entryPoints: [...mains], outdir: 'dist' });
  const { inputs } = whole.metafile;
  const chunkOf = chunksOf(inputs);
  const exportNames = await exportsAcross(shared, { inputs, chunkOf, root });
  const plan = { root, inputs, chunkOf, exportNames };
  const fileOfName = new Map(
    [...exportNames].flatMap(([file, names]) =>
      [...names].map(([name, unique]) => [`${chunkOf(file)} ${unique}`, { file, name }]),
    ),
  );
  /** @type {Map<string, Wanted>} */
  const wanted = new Map();
  for (const [file, { imports }] of Object.entries(inputs))
    for (const { path, external, kind } of imports)
      if (external !== true && kind === 'dynamic-import')
        wanted.set(path, { names: new Set(), started: true });
  /** @type {Chunk[]} */
  const chunks = [];
  for (const name of topDown(plan)) {
    const own = [...wanted].filter(([file]) => chunkOf(file) === name).sort(([a], [b]) => (a < b ? -1 : 1));
    const main = mains.find((file) => chunkOf(file) === name);
    if (own.length === 0 && main === undefined) continue;
    const entry =
      main !== undefined
        ? `import ${JSON.stringify(`./${main}`)};`
        : own.map(([file, what]) => entryFor(file, what, plan)).join('\n');
    const result = await build({
      ...shared,
      ...optionsOf(name),
      entryPoints: ['chunk-entry'],
      outfile: `dist/${name}.mjs`,
      plugins: [otherChunksOutside(name, entry, plan)],
    });
    const text = result.outputFiles?.[0]?.text ?? '';
    for (const [chunk, unique] of takenFrom(text)) {
      const found =
        fileOfName.get(`${chunk} ${unique}`) ??
        refuse(`${name} takes ${unique} from ${chunk}, which has none`);
      const what = wanted.get(found.file) ?? { names: new Set(), started: false };
      what.names.add(found.name);
      wanted.set(found.file, what);
    }
    chunks.push({ name, text: tidied(text), metafile: result.metafile });
  }
  return { inputs, chunks };
}
