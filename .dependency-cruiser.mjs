/** What use cases build on. */
const below = [
  'explain',
  'setup',
  'doctor',
  'digest',
  'trail',
  'bot',
  'code-owners',
  'trail',
  'webhooks',
  'convert',
  'publish',
  'render',
  'compare',
  'baseline',
  'diff',
  'traces',
  'reports',
  'secrets',
  'context',
  'config/check-file.ts',
  'config/configuration-file.ts',
  'config/load.ts',
  'config/option-row.ts',
  'config/origin.ts',
  'config/options.ts',
  'config/report-options.ts',
  'config/setup-options.ts',
  'config/parse-yaml.ts',
  'gitlab/ports',
  'io/port.ts',
  'model',
  'errors.ts',
  'version.ts',
];

/**
 * Which folder of src/ may import which; a folder may always import itself. The order is the order of the floors.
 * Code of a pure folder takes values and returns values: no input, no output, no clock, no chance; where `pure` is a
 * word, that holds for the files that begin with it. The rules below forbid the imports, eslint.config.mjs the globals.
 *
 * @type {Readonly<Record<string, { imports: readonly string[], pure?: true | string }>>}
 */
export const layers = {
  'main.ts': {
    imports: [
      'first-request.ts',
      'node-host.ts',
      'print-help.ts',
      'cli/run.ts',
      'node-version.ts',
      'version.ts',
    ],
  },
  'print-help.ts': { imports: ['cli/help.ts', 'context/terminal.ts', 'io/output.ts'] },
  'first-request.ts': {
    imports: [
      'line-options.ts',
      'cli/first-question.ts',
      'context/credentials.ts',
      'gitlab/transport',
      'io',
      'errors.ts',
    ],
  },
  'line-options.ts': { imports: ['gitlab/transport', 'io'] },
  'node-host.ts': {
    imports: [
      'first-request.ts',
      'line-options.ts',
      'cli/host.ts',
      'context/credentials.ts',
      'context/terminal.ts',
      'gitlab',
      'io',
      'secrets/mask-text.ts',
      'threads',
      'usecases/reading.ts',
      'errors.ts',
      'version.ts',
    ],
  },
  'reading-thread.ts': {
    imports: ['threads', 'usecases/reading.ts', 'usecases/pattern-formats.ts', 'secrets/mask-text.ts'],
  },
  threads: { imports: ['usecases/reading.ts', 'model'] },
  cli: {
    imports: [
      'usecases',
      'explain',
      'setup',
      'doctor',
      'config',
      'context',
      'demo',
      'render',
      'reports/inspection.ts',
      'serve',
      'receiver/delivery.ts',
      'receiver/hook-secret.ts',
      'gitlab/trigger-pipeline.ts',
      'secrets/masked-value.ts',
      'gitlab/ports',
      'io/port.ts',
      'model',
      'errors.ts',
      'version.ts',
    ],
  },
  usecases: { imports: below },
  'usecases/report': {
    imports: [
      'usecases/world.ts',
      'usecases/troubles.ts',
      'usecases/unless-too-large.ts',
      'usecases/pattern-formats.ts',
      'usecases/read-in-order.ts',
      'usecases/read-quarantine.ts',
      'usecases/reading.ts',
      ...below,
    ],
  },
  'usecases/bot': {
    imports: [
      'usecases/report',
      'usecases/digest',
      'usecases/world.ts',
      'usecases/fetch-settings.ts',
      'usecases/read-quarantine.ts',
      'usecases/unless-too-large.ts',
      ...below,
    ],
  },
  'usecases/setup': { imports: ['usecases/world.ts', 'usecases/fetch-settings.ts', ...below] },
  'usecases/doctor': {
    imports: ['usecases/setup', 'usecases/world.ts', 'usecases/fetch-settings.ts', ...below],
  },
  explain: { pure: true, imports: ['render/words', 'model', 'version.ts'] },
  digest: { pure: true, imports: ['traces/failure-reasons.ts', 'model'] },
  demo: { imports: ['webhooks/registry.ts', 'model', 'errors.ts'] },
  publish: {
    pure: 'plan-',
    imports: ['bot/commands/reply-marker.ts', 'gitlab/ports', 'io/port.ts', 'model', 'errors.ts'],
  },
  serve: { imports: ['receiver', 'webhooks', 'gitlab/trigger-pipeline.ts', 'io', 'model', 'errors.ts'] },
  receiver: { pure: true, imports: ['bot/occurrence.ts', 'webhooks', 'model'] },
  bot: {
    pure: true,
    imports: [
      'webhooks',
      'trail',
      'code-owners',
      'patterns',
      'render/markdown/link-address.ts',
      'render/markdown/parse-markdown.ts',
      'render/markdown/own-lines.ts',
      'render/words/format-span.ts',
      'model',
      'errors.ts',
    ],
  },
  trail: { pure: true, imports: ['code-owners', 'patterns', 'model'] },
  'code-owners': { pure: true, imports: ['model'] },
  webhooks: { pure: true, imports: ['model', 'errors.ts'] },
  setup: { pure: true, imports: ['model'] },
  doctor: { pure: true, imports: ['setup', 'gitlab/rights', 'gitlab/ports', 'model'] },
  'render/digest': { pure: true, imports: ['render/html', 'render/markdown', 'render/words', 'model'] },
  'render/html': {
    pure: true,
    imports: ['render/comment', 'render/markdown', 'render/terminal', 'render/words', 'model'],
  },
  'render/inline-comments': {
    pure: true,
    imports: ['render/comment', 'render/markdown', 'render/words', 'trail/frames', 'model'],
  },
  'render/comment': { pure: true, imports: ['render/markdown', 'render/words', 'trail/frames', 'model'] },
  'render/terminal': { pure: true, imports: ['render/words', 'model'] },
  'render/markdown': { pure: true, imports: ['render/words', 'model'] },
  'render/words': { pure: true, imports: ['model'] },
  convert: { pure: true, imports: ['model'] },
  baseline: { pure: true, imports: ['compare', 'model', 'version.ts'] },
  compare: { pure: true, imports: ['diff', 'model', 'errors.ts'] },
  diff: { pure: true, imports: ['model'] },
  traces: { pure: true, imports: ['secrets/private-keys.ts', 'model'] },
  reports: {
    pure: true,
    imports: [
      'trail/frames',
      'patterns',
      'secrets/masked-value.ts',
      'secrets/spans.ts',
      'secrets/without-controls.ts',
      'model',
      'errors.ts',
    ],
  },
  'reports/formats': {
    pure: true,
    imports: [
      'reports/format.ts',
      'reports/collect',
      'reports/json/streamed-list.ts',
      'reports/json/streamed-members.ts',
      'reports/xml',
      'patterns',
      'model',
      'errors.ts',
    ],
  },
  'reports/collect': {
    pure: true,
    imports: ['reports/format.ts', 'trail/frames', 'secrets', 'model', 'errors.ts'],
  },
  'reports/json': { pure: true, imports: [] },
  'reports/xml': { pure: true, imports: ['reports/format.ts', 'reports/collect/repeated-texts.ts', 'model'] },
  patterns: { pure: true, imports: ['errors.ts'] },
  context: { pure: true, imports: ['model', 'errors.ts'] },
  config: { imports: ['io/port.ts', 'model', 'errors.ts'] },
  'gitlab/rest.ts': {
    imports: ['gitlab/resources', 'gitlab/transport', 'gitlab/ports', 'io/port.ts', 'model', 'errors.ts'],
  },
  'gitlab/trigger-pipeline.ts': { imports: ['gitlab/transport', 'io/port.ts', 'version.ts'] },
  'gitlab/resources': { imports: ['gitlab/transport', 'gitlab/ports', 'io/port.ts', 'model', 'errors.ts'] },
  'gitlab/transport': { imports: ['gitlab/rights', 'io/port.ts', 'model', 'errors.ts', 'version.ts'] },
  'gitlab/rights': { pure: true, imports: ['model'] },
  'gitlab/ports': { imports: ['model'] },
  io: { imports: ['secrets', 'model', 'errors.ts'] },
  secrets: { pure: true, imports: [] },
  model: { pure: true, imports: [] },
  'errors.ts': { imports: [] },
  'version.ts': { imports: [] },
  'node-version.ts': { imports: [] },
};

/** Where pure code is: starts of paths. */
export const pureStarts = Object.entries(layers).flatMap(([name, { pure }]) =>
  pure === undefined ? [] : [`src/${name}/${pure === true ? '' : pure}`],
);

const within = (name) => (name.endsWith('.ts') ? `^src/${name.replace('.', '[.]')}$` : `^src/${name}/`);

const layerRules = Object.entries(layers).map(([from, { imports: to }]) => ({
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
      from: {
        orphan: true,
        pathNot: ['[.]d[.]ts$', '^src/main[.]ts$', '^src/gitlab/transport/no-rate-limiter[.]ts$'],
      },
      to: {},
    },
    {
      name: 'pure-code-does-no-io',
      comment:
        'These folders take values and return values. Do the reading or writing in a use case, through a port.',
      severity: 'error',
      from: { path: pureStarts.map((start) => `^${start}`) },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib)$' },
    },
    {
      name: 'gitbeaker-stays-behind-the-port',
      comment:
        'Only src/gitlab/ knows the client library; everything else speaks through src/gitlab/ports/port.ts.',
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
