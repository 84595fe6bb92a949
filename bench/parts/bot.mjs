/** From the start of `herald bot` to its first request, and what an event costs that no rule is about. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { aFolder, loadEmbedded } from '../embedded.mjs';
import { compare, comparisonTable, ratio, runNode } from '../measure.mjs';
import { herald } from '../paths.mjs';

const noteEvent = {
  object_kind: 'note',
  user: { id: 11, username: 'ada' },
  project_id: 42,
  project: { id: 42 },
  object_attributes: {
    id: 1,
    action: 'create',
    note: '/herald help',
    noteable_type: 'MergeRequest',
    discussion_id: 'abc',
    system: false,
  },
  merge_request: { iid: 7 },
};

const mergeRequestEvent = {
  object_kind: 'merge_request',
  user: { id: 11, username: 'ada' },
  project: { id: 42 },
  object_attributes: { id: 1, iid: 7, action: 'open', target_project_id: 42 },
};

const base = 'node -e 0';
const bot = 'herald bot, to its first request';

export async function benchBot() {
  const embedded = await loadEmbedded();
  const folder = aFolder();
  // Where a runner puts variables of type file; elsewhere Herald reads none.
  const payload = `${folder}.tmp/TRIGGER_PAYLOAD`;
  mkdirSync(`${folder}.tmp`);
  let first = null;
  const gitlab = await embedded.startEmbeddedGitLab({
    state: embedded.stateOfDemo(new Date()),
    beforeRequest: () => {
      first ??= process.hrtime.bigint();
    },
  });
  const env = {
    ...embedded.demoVariables('second', gitlab.url, folder),
    GITLAB_CI: 'true',
    CI_PIPELINE_SOURCE: 'trigger',
    TRIGGER_PAYLOAD: payload,
  };
  const run = async () => {
    first = null;
    const started = process.hrtime.bigint();
    const result = await runNode([herald, 'bot', '--server', gitlab.url], { cwd: folder, env, bare: true });
    if (first === null) throw new Error(`herald bot asked for nothing: ${result.stderr.slice(-2000)}`);
    return { ...result, milliseconds: Number(first - started) / 1e6 };
  };
  writeFileSync(payload, JSON.stringify(noteEvent));
  const results = await compare({ [base]: () => runNode(['-e', '0'], { bare: true }), [bot]: run }, 25);
  writeFileSync(payload, JSON.stringify(mergeRequestEvent));
  const before = gitlab.requests.length;
  await run();
  const asked = gitlab.requests.slice(before).map(({ method, path }) => `\`${method} ${path}\``);
  await gitlab.stop();
  for (const made of [folder, `${folder}.tmp`]) rmSync(made, { recursive: true, force: true });
  const note = `An event that no rule is about takes ${asked.length} requests: ${asked.join(', ')}.`;
  return {
    figures: { 'bot.first-request': ratio(results, bot, base), 'bot.unrelated-event': asked.length },
    tables: [comparisonTable('The bot, for a comment', results, base, [note])],
  };
}
