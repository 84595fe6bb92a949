/**
 * Which chunk of dist/ each file of src/ and each package goes into: the longest fitting prefix decides. A prefix is
 * a path below src/, or a package as `npm:name`; a package that is not named goes with the package that needs it.
 * Chunks must not import each other in a circle.
 */

/** @type {Readonly<Record<string, readonly string[]>>} */
export const chunkTable = {
  herald: ['main.ts', 'node-version.ts'],
  // The commands there are, and how to write a text: all that the help needs.
  'herald-help': [
    'print-help.ts',
    'cli/columns.ts',
    'cli/command-help.ts',
    'cli/help.ts',
    'cli/main-help.ts',
    'cli/own-flags.ts',
    'cli/summaries.ts',
    'context/terminal.ts',
    'io/output.ts',
    'io/file-problem.ts',
  ],
  // What the help of each command says.
  'herald-help-pages': ['cli/help-pages.ts'],
  // What the first request and every command need.
  'herald-core': [
    'errors.ts',
    'line-options.ts',
    'context/credentials.ts',
    'context/runtime-variables.ts',
    'context/server-address.ts',
    'context/token-origin.ts',
    'io/audit-file.ts',
    'io/clock.ts',
    'io/masker.ts',
    'model/gitlab-job.ts',
    'secrets/literal-finder.ts',
    'secrets/spans.ts',
  ],
  // The process, files, masking, and which commands there are: every command needs it.
  'herald-host': [
    'node-host.ts',
    'cli/run.ts',
    'cli/command-line.ts',
    'cli/commands.ts',
    'patterns/',
    'trail/frames/',
    'io/',
    'model/',
    'secrets/',
  ],
  // Which files a glob means.
  'herald-globs': [
    'io/find-files.ts',
    'io/glob-pattern.ts',
    'io/suggest-path.ts',
    'io/vendored-folders.ts',
    'npm:picomatch',
  ],
  'herald-flags': ['cli/given-by-yargs.ts', 'cli/yargs-options.ts', 'npm:yargs'],
  'herald-options': [
    'model/describe-problem.ts',
    'model/trail-settings.ts',
    'config/',
    'context/',
    'cli/',
    'usecases/',
    'usecases/bot/log-about.ts',
    'npm:zod',
  ],
  // Options of commands that do not run in every pipeline.
  'herald-command-options': [
    'config/demo-options.ts',
    'config/digest-options.ts',
    'config/doctor-options.ts',
    'config/group-options.ts',
    'config/inspect-options.ts',
    'config/search-options.ts',
    'config/release-notes-options.ts',
    'config/serve-options.ts',
    'config/setup-options.ts',
    'config/track-release-options.ts',
    'config/write-options.ts',
  ],
  'herald-yaml': ['npm:yaml'],
  // What the first request needs.
  'herald-transport': [
    'first-request.ts',
    'cli/first-question.ts',
    'io/held-log.ts',
    'gitlab/transport/audit.ts',
    'gitlab/transport/connections.ts',
    'gitlab/transport/early-user.ts',
    'gitlab/transport/exchange.ts',
    'gitlab/transport/follow-redirects.ts',
    'gitlab/transport/open-line.ts',
    'gitlab/transport/proxy.ts',
    'gitlab/transport/request-budget.ts',
    'gitlab/transport/retry.ts',
    'gitlab/transport/token-mask.ts',
    'gitlab/transport/transport-failure.ts',
  ],
  'herald-gitlab': [
    'gitlab/',
    'gitlab/resources/history/lazy.ts',
    'npm:@gitbeaker/core',
    'npm:@gitbeaker/requester-utils',
  ],
  // Lists of what happened over months.
  'herald-gitlab-history': ['gitlab/resources/history/'],
  'herald-proxy': ['npm:http-proxy-agent', 'npm:https-proxy-agent'],
  'herald-formats': ['reports/', 'usecases/pattern-formats.ts', 'usecases/reading.ts'],
  // Reports in JSON: most formats, and many runs have none of them. What only they need goes with them.
  'herald-json-formats': ['reports/json-formats.ts', 'reports/json-consumer.ts'],
  // Reads with several threads: usual runs have too little for that.
  'herald-threads': ['threads/'],
  // A thread that reads reports: it loads the formats, and the host for the masking.
  'herald-reader': ['reading-thread.ts'],
  'herald-inspect': [
    'cli/inspect.ts',
    'usecases/inspect.ts',
    'cli/convert.ts',
    'usecases/convert.ts',
    'convert/',
  ],
  'herald-traces': [
    'traces/',
    'usecases/report/causes-of-jobs.ts',
    'usecases/report/trace-budget.ts',
    'usecases/bot/fetch-incident.ts',
    'usecases/bot/fetch-blame.ts',
    'usecases/bot/compare-commits.ts',
  ],
  'herald-comment': [
    'render/',
    // Pages of the report and of the digest.
    'render/html/axes.ts',
    'render/html/document.ts',
    'render/html/element.ts',
    'render/html/page.ts',
    // A digest names reasons without reading logs.
    'traces/failure-reasons.ts',
    'npm:fast-string-width',
  ],
  'herald-markdown': [
    'render/markdown/reader/',
    'render/markdown/parse-markdown.ts',
    'render/markdown/own-lines.ts',
    'render/markdown/fit-markdown.ts',
    'npm:markdown-it',
  ],
  'herald-german': ['render/words/german'],
  'herald-german-digest': ['render/words/german-digest'],
  // What the bot does in GitLab, and others who do the same.
  'herald-bot-writes': [
    'publish/bot-writes/',
    'publish/perform-bot-writes.ts',
    'publish/describe-bot-write.ts',
    'trail/deployments/',
  ],
  // What report and bot share.
  'herald-publish': [
    'publish/',
    'trail/quarantine/',
    'usecases/read-quarantine.ts',
    'usecases/last-changes.ts',
    'usecases/bot/pipeline-results.ts',
    'model/flaky-mark.ts',
    'model/issue-marker.ts',
    'model/marker-text.ts',
    'bot/commands/reply-marker.ts',
    'diff/',
    'usecases/describe-writes.ts',
    'usecases/report/diff-of-gitlab.ts',
    'usecases/report/fetch-downstream.ts',
  ],
  'herald-report': [
    'config/inline-options.ts',
    'config/report-options.ts',
    'context/ci-variables.ts',
    'context/component.ts',
    'context/from-ci-variables.ts',
    'context/preview-context.ts',
    'cli/report.ts',
    'cli/preview.ts',
    'usecases/report/',
    'usecases/bot/fetch-known-tests.ts',
    'baseline/',
    'compare/',
    'render/inline-comments/',
    'render/html/',
    'trail/linked-files.ts',
    'trail/touched-files.ts',
    'explain/',
  ],
  // Reports that another run than the pipeline's own publishes.
  'herald-outside': [
    'baseline/details/',
    'baseline/read-details.ts',
    'baseline/report-with-details.ts',
    'usecases/bot/reports-from-outside.ts',
    'usecases/report/fetch-pipeline-report.ts',
    'usecases/report/options-of-branch.ts',
    'usecases/report/pipeline-progress.ts',
    'usecases/report/report-of-pipeline.ts',
    'usecases/report/reported-pipeline.ts',
  ],
  'herald-explain': ['cli/explain.ts', 'explain/explanation.ts', 'model/decision.ts'],
  // The commands and rules of the bot, and what webhooks send: setup and doctor look at them, too.
  'herald-rules': [
    'cli/bot.ts',
    'usecases/fetch-settings.ts',
    'bot/',
    'webhooks/',
    'trail/alerts/alert-settings.ts',
  ],
  // Who owns what, and what words and commits refer to.
  'herald-trail': [
    'code-owners/',
    'trail/',
    // Only what has no checkout needs it.
    'trail/frames/candidate-files.ts',
    'usecases/report/fetch-code-owners.ts',
  ],
  // What a release brought, and the order of versions.
  'herald-releases': [
    'cli/release-notes.ts',
    'usecases/bot/fetch-releases.ts',
    'gitlab/resources/releases/releases.ts',
    'trail/cherry-picks.ts',
    'trail/merge-requests-of-commits.ts',
    'trail/releases/',
    'usecases/releases/',
    'npm:semver',
  ],
  'herald-bot': ['usecases/bot/'],
  // Alerts of other tools, which few projects have.
  'herald-alerts': [
    'bot/alerts/',
    'trail/alerts/',
    'usecases/bot/handle-alert.ts',
    'usecases/bot/fetch-alert-code.ts',
  ],
  'herald-setup': [
    'context/setup-target.ts',
    'cli/setup',
    'cli/check-setup-options.ts',
    'cli/install.ts',
    'io/own-package.ts',
    'cli/doctor',
    'usecases/setup/',
    'usecases/doctor/',
    'setup/',
    'doctor/',
    'serve/dead-letters.ts',
  ],
  'herald-scripts': [
    'cli/comment.ts',
    'cli/status.ts',
    'cli/label.ts',
    'cli/search.ts',
    'cli/script-world.ts',
    'usecases/write-by-script.ts',
  ],
  // What an error tracker gets: few pipelines have one.
  'herald-track-release': [
    'context/sentry-target.ts',
    'cli/track-release.ts',
    'usecases/asked-release.ts',
    'usecases/track-release.ts',
    'usecases/tracked-commits.ts',
    'usecases/bot/track-release-of-rule.ts',
    'publish/plan-tracked-release.ts',
    'model/tracked-release.ts',
    'sentry/',
  ],
  'herald-config': [
    'config/completion-options.ts',
    'config/config-options.ts',
    'config/option-groups.ts',
    'config/options.ts',
    'cli/config.ts',
    'cli/completion',
    'config/check-file.ts',
    'usecases/check-configuration.ts',
    'usecases/configuration-schema.ts',
  ],
  // The way in, its framework and its metrics: only a receiver needs them.
  'herald-serve': [
    'cli/serve.ts',
    'cli/serve-in-pipelines.ts',
    'serve/',
    'receiver/',
    'gitlab/trigger-pipeline.ts',
    'npm:hono',
    'npm:@hono/node-server',
  ],
  // Those who make webhooks need them, too.
  'herald-webhook-secrets': [
    'cli/receiver-secrets.ts',
    'receiver/alert-secret.ts',
    'receiver/hook-secret.ts',
    'receiver/same-secret.ts',
    'receiver/standard-webhooks.ts',
  ],
  'herald-demo': ['cli/demo.ts', 'demo/'],
  // What machines scrape: the receiver's metrics and a digest's.
  'herald-metrics': ['serve/metrics.ts', 'render/digest/digest-metrics.ts', 'npm:prom-client'],
  // How delivery went over a period.
  'herald-digest': [
    'cli/digest.ts',
    'digest/',
    'usecases/digest/',
    'usecases/bot/fetch-digests.ts',
    'render/digest/',
    'render/words/digest-words-of.ts',
    'render/words/english-digest',
    'npm:temporal-polyfill',
  ],
};

/** Constants: every chunk has its copy, because a chunk for them would be one more file to open. */
const copied = ['version.ts'];

/** Chunks that take from another one what only their files need, so that the table need not name it. */
const taking = { 'herald-json-formats': 'herald-formats' };

/** @param {string} file relative to the root @returns {string} the package it is from; empty for Herald's own */
export function packageOf(file) {
  const inside = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file);
  return inside?.[1] ?? '';
}

/**
 * Moves the files of another chunk that only files of a chunk need into this one.
 *
 * @param {string} chunk
 * @param {string} from the other chunk
 * @param {{ inputs: import('esbuild').Metafile['inputs'], known: Map<string, string | null> }} program
 */
function takeOver(chunk, from, { inputs, known }) {
  const started = Object.values(inputs).flatMap(({ imports }) =>
    imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path),
  );
  /** @type {Set<string>} */
  const needed = new Set();
  /** @param {string} file */
  const need = (file) => {
    if (known.get(file) !== from || needed.has(file)) return;
    needed.add(file);
    needAllOf(file);
  };
  /** @param {string} file */
  const needAllOf = (file) => {
    for (const { path, external, kind } of inputs[file]?.imports ?? [])
      if (external !== true && kind !== 'dynamic-import') need(path);
  };
  for (const file of started) need(file);
  for (const [file, owner] of known) if (owner !== from && owner !== chunk) needAllOf(file);
  for (const [file, owner] of known) if (owner === from && !needed.has(file)) known.set(file, chunk);
}

/**
 * @param {import('esbuild').Metafile['inputs']} inputs every file of the program
 * @returns {(file: string) => string | null} the chunk of a file; null where each chunk has a copy
 */
export function chunksOf(inputs) {
  const rows = Object.entries(chunkTable).flatMap(([chunk, prefixes]) =>
    prefixes.map((prefix) => /** @type {const} */ ([prefix, chunk])),
  );
  rows.sort(([a], [b]) => b.length - a.length);
  /** @type {Map<string, string | null>} */
  const known = new Map();
  for (const file of Object.keys(inputs)) {
    const name = packageOf(file);
    const path = name === '' ? file.replace(/^src\//, '') : `npm:${name}`;
    if (copied.includes(path)) {
      known.set(file, null);
      continue;
    }
    const row = rows.find(([prefix]) => (name === '' ? path.startsWith(prefix) : path === prefix));
    if (row !== undefined) known.set(file, row[1]);
    if (row === undefined && name === '') throw new Error(`tools/chunks.mjs names no chunk for ${file}`);
  }
  for (const [chunk, from] of Object.entries(taking)) takeOver(chunk, from, { inputs, known });
  // What only packages need goes with the first that needs it.
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    for (const [file, { imports }] of Object.entries(inputs)) {
      const chunk = known.get(file);
      if (chunk === undefined) continue;
      for (const { path, external } of imports)
        if (external !== true && !known.has(path)) {
          if (packageOf(file) === '')
            throw new Error(`tools/chunks.mjs names no chunk for ${packageOf(path)}`);
          known.set(path, chunk);
        }
    }
  }
  return (file) => {
    const chunk = known.get(file);
    if (chunk === undefined) throw new Error(`no chunk for ${file}`);
    return chunk;
  };
}
