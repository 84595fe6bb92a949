/** The embedded GitLab of the tests with the demo's story, for whole runs of `dist/herald.mjs` and of danger. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { runNode } from './measure.mjs';
import { data, herald, root } from './paths.mjs';

/** Bundles TypeScript of the project into `bench/.data`; gives the address of the module. */
export async function bundled(name, contents) {
  const outfile = join(data, `${name}.mjs`);
  mkdirSync(data, { recursive: true });
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  return pathToFileURL(outfile).href;
}

let loaded = null;

/** The embedded GitLab and the demo's story. */
export async function loadEmbedded() {
  loaded ??= import(
    await bundled(
      'embedded',
      [
        "export * from './test/support/gitlab/embedded-gitlab.ts';",
        "export * from './test/support/gitlab/state/of-demo.ts';",
        "export * from './test/support/gitlab/state/made-up-history.ts';",
        "export { emptyState } from './test/support/gitlab/state/state.ts';",
        "export * from './src/demo/scenario.ts';",
        "export { makeSelfSigned } from './test/gitlab/self-signed.ts';",
        "export { discussionIdOf } from './test/support/gitlab/work-items/note-json.ts';",
      ].join('\n'),
    )
  );
  return loaded;
}

const dangerPaths = {
  ofMergeRequest: /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/(diffs|commits|approvals|changes|versions)$/,
  threads: /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/discussions$/,
  comparison: /^\/projects\/([^/]+)\/repository\/compare$/,
};

const bodies = { approvals: { approved_by: [] }, changes: { changes: [] } };

/** What danger asks for beyond what Herald does. */
export const dangerRoutes = [
  {
    method: 'GET',
    pattern: dangerPaths.ofMergeRequest,
    answer: (_request, parts) => ({ status: 200, body: bodies[parts[2]] ?? [] }),
  },
  { method: 'GET', pattern: dangerPaths.threads, answer: () => ({ status: 200, body: [] }) },
  {
    method: 'GET',
    pattern: dangerPaths.comparison,
    answer: () => ({ status: 200, body: { diffs: [], commits: [] } }),
  },
];

/** Writes files, by their paths in the folder. */
export function writeFiles(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A folder of its own, which the caller removes. */
export function aFolder() {
  return mkdtempSync(join(tmpdir(), 'herald-bench-'));
}

/** The run of the target branch leaves its report, with which the others compare. */
export async function leaveBaseline(embedded, gitlab, files = embedded.demoFiles('baseline')) {
  const folder = aFolder();
  writeFiles(folder, files);
  const env = { ...embedded.demoVariables('baseline', gitlab.url, folder), GITLAB_CI: 'true' };
  const { code, stderr } = await runNode([herald, 'report'], { cwd: folder, env });
  if (code !== 0) throw new Error(`the run of the target branch ended with ${code}: ${stderr.slice(-2000)}`);
  const content = readFileSync(join(folder, 'herald-report.json'), 'utf8');
  embedded.storeArtifact(gitlab.state, 'baseline', { path: 'herald-report.json', content });
  rmSync(folder, { recursive: true, force: true });
}

/** The resource group in which the component runs its job: Herald has to look after nothing that it wrote. */
export const componentLock = { HERALD_LOCK: 'herald/vouchers/report' };

/** The failed jobs of the merge request's pipelines, but for one: its log is what a usual run reads. */
export function failOneJob(state) {
  for (const { jobs } of state.pipelines)
    for (const job of jobs)
      if (job.status === 'failed' && job.name !== 'test api')
        Object.assign(job, { status: 'success', failure_reason: null });
}
