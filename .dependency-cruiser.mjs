/**
 * Which folder of src/ may import which; a folder may always import itself. The order is the order of the floors.
 * The lint rules below are generated from this one table.
 */
export const layers = {
  'main.ts': ['node-host.ts', 'cli/run.ts', 'version.ts'],
  'node-host.ts': ['cli/host.ts', 'context/credentials.ts', 'gitlab', 'io', 'errors.ts', 'version.ts'],
  cli: [
    'usecases',
    'config',
    'context',
    'demo',
    'render',
    'reports/inspection.ts',
    'gitlab/port.ts',
    'gitlab/ports',
    'io/port.ts',
    'model',
    'errors.ts',
    'version.ts',
  ],
  usecases: [
    'bot',
    'webhooks',
    'convert',
    'publish',
    'render',
    'compare',
    'baseline',
    'diff',
    'traces',
    'reports',
    'context',
    'config/load.ts',
    'config/options.ts',
    'config/parse-yaml.ts',
    'gitlab/port.ts',
    'gitlab/ports',
    'io/port.ts',
    'model',
    'errors.ts',
    'version.ts',
  ],
  demo: ['model', 'errors.ts'],
  publish: ['gitlab/port.ts', 'gitlab/ports', 'io/port.ts', 'model', 'errors.ts'],
  bot: ['webhooks', 'code-owners', 'model', 'errors.ts'],
  'code-owners': ['model'],
  webhooks: ['model', 'errors.ts'],
  render: ['model'],
  convert: ['model'],
  baseline: ['compare', 'model', 'version.ts'],
  compare: ['diff', 'model', 'errors.ts'],
  diff: ['model'],
  traces: ['model'],
  reports: ['model', 'errors.ts'],
  context: ['model', 'errors.ts'],
  config: ['io/port.ts', 'model', 'errors.ts'],
  gitlab: ['model', 'errors.ts', 'io/port.ts', 'version.ts'],
  io: ['model', 'errors.ts'],
  model: [],
  'errors.ts': [],
  'version.ts': [],
};

const pureFolders = [
  'bot/',
  'code-owners/',
  'webhooks/',
  'publish/plan-',
  'render/',
  'compare/',
  'baseline/',
  'diff/',
  'traces/',
  'convert/',
  'reports/',
  'context/',
  'model/',
];
const within = (name) => (name.endsWith('.ts') ? `^src/${name.replace('.', '[.]')}$` : `^src/${name}/`);

const layerRules = Object.entries(layers).map(([from, to]) => ({
  name: `layer: ${from}`,
  comment: `src/${from} may import ${to.join(', ') || 'nothing of src/'}. Move the code down, or pass the value in.`,
  severity: 'error',
  from: { path: within(from) },
  to: { path: '^src/', pathNot: [from, ...to].map(within) },
}));

export default {
  forbidden: [
    ...layerRules,
    {
      name: 'no-circles',
      comment: 'A circle means that two files are one thing. Move what both need one floor down.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment:
        'Nothing imports this file. Register it, or delete it. (no-rate-limiter.ts is put in by the build, see tools/build.mjs.)',
      severity: 'error',
      from: { orphan: true, pathNot: ['[.]d[.]ts$', '^src/main[.]ts$', '^src/gitlab/no-rate-limiter[.]ts$'] },
      to: {},
    },
    {
      name: 'pure-code-does-no-io',
      comment:
        'These folders take values and return values. Do the reading or writing in a use case, through a port.',
      severity: 'error',
      from: { path: pureFolders.map((folder) => `^src/${folder}`) },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'gitbeaker-stays-behind-the-port',
      comment:
        'Only src/gitlab/ knows the client library; everything else speaks through src/gitlab/port.ts.',
      severity: 'error',
      from: { pathNot: '^src/gitlab/' },
      to: { path: 'node_modules/@gitbeaker/' },
    },
    {
      name: 'yargs-stays-in-cli',
      comment: 'The command line is one way in. Options reach the use cases as validated values.',
      severity: 'error',
      from: { pathNot: '^src/cli/' },
      to: { path: 'node_modules/yargs/' },
    },
    {
      name: 'source-never-imports-tests',
      comment: 'Tests stand on the source, never the other way round.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'not-to-dev-dep',
      comment: 'What src/ imports is bundled: it belongs in dependencies, so that its licence is shipped.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'everything-resolves',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'every-folder-has-a-layer',
      comment: 'Name the new folder in the layers table of .dependency-cruiser.mjs.',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: Object.keys(layers).map(within) },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
