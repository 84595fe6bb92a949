import { counted } from '../model/plural.ts';
import { type Check, fine, problem, type Topic, warning } from './check.ts';

/** A pipeline of the bot that a webhook started. */
export interface Run {
  readonly url: string;
  readonly status: string;
}

const forms = { one: 'pipeline', other: 'pipelines' };

/** How many of the newest runs are judged: older failures have had their time. */
const maxRuns = 20;

/**
 * Whether the bot's pipelines succeed: a problem when the newest that ended failed, a warning when others did.
 *
 * @param runs newest first
 */
export function checkRuns(project: string, runs: readonly Run[]): readonly Check[] {
  const topic: Topic = { project, about: 'pipelines' };
  const ended = runs.filter(({ status }) => status === 'success' || status === 'failed').slice(0, maxRuns);
  const failed = ended.filter(({ status }) => status === 'failed');
  const [newest] = ended;
  const [lastFailed] = failed;
  if (newest === undefined || lastFailed === undefined)
    return newest === undefined
      ? []
      : [fine(project, topic.about, `the last ${counted(ended.length, forms)} succeeded`)];
  const percent = Math.round((failed.length / ended.length) * 100);
  const words = `${failed.length} of the last ${counted(ended.length, forms)} failed (${percent} %), the last one is ${lastFailed.url}`;
  const remedy = 'read the log of its job; run the pipeline again when the cause is gone';
  return [(newest === lastFailed ? problem : warning)(topic, words, remedy)];
}
