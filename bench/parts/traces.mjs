/** Whole reports in which one job failed, by the size of its log. */
import { rmSync } from 'node:fs';
import { aFolder, loadEmbedded } from '../embedded.mjs';
import { generateTrace } from '../generate-trace.mjs';
import { compare, comparisonTable, runNode } from '../measure.mjs';
import { herald } from '../paths.mjs';

const nameOf = (megabytes) => `herald report, log of ${megabytes} MB`;

export async function benchTraces() {
  const embedded = await loadEmbedded();
  const commands = {};
  const stops = [];
  for (const megabytes of [0.1, 10, 100]) {
    const folder = aFolder();
    const state = embedded.stateOfDemo(new Date());
    for (const { jobs } of state.pipelines)
      for (const [index, job] of jobs.entries())
        if (job.status === 'failed')
          jobs[index] =
            job.name === 'test api'
              ? { ...job, trace: generateTrace(megabytes * 1e6) }
              : { ...job, status: 'success' };
    const gitlab = await embedded.startEmbeddedGitLab({ state });
    const env = { ...embedded.demoVariables('second', gitlab.url, folder), GITLAB_CI: 'true' };
    commands[nameOf(megabytes)] = () => runNode([herald, 'report'], { cwd: folder, env });
    stops.push(async () => {
      await gitlab.stop();
      rmSync(folder, { recursive: true, force: true });
    });
  }
  const results = await compare(commands, 3);
  for (const stop of stops) await stop();
  return { figures: {}, tables: [comparisonTable('Log of a failed job', results, nameOf(0.1))] };
}
