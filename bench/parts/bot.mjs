/**
 * From the start of `herald bot`, called as the component does, to its first request, and what an event costs that no
 * rule is about.
 */
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
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
const botWithTls = 'herald bot, to its first request, over TLS';

/** A GitLab over TLS that refuses every token. @returns its address, and when its first request came since `forget` */
async function aRefusingServer(certificate) {
  let first = null;
  const server = https.createServer(certificate, (_request, response) => {
    first ??= process.hrtime.bigint();
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"401 Unauthorized"}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `https://127.0.0.1:${server.address().port}`,
    forget: () => {
      first = null;
    },
    firstAt: () => first,
    stop: () => server.close(),
  };
}

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
  const envOf = (url) => ({
    ...embedded.demoVariables('second', url, folder),
    GITLAB_CI: 'true',
    CI_PIPELINE_SOURCE: 'trigger',
    TRIGGER_PAYLOAD: payload,
  });
  const certificate = embedded.makeSelfSigned('bench');
  const caFile = `${folder}.tmp/CI_SERVER_TLS_CA_FILE`;
  writeFileSync(caFile, certificate.cert);
  const withTls = await aRefusingServer(certificate);
  const run = async () => {
    first = null;
    const started = process.hrtime.bigint();
    const result = await runNode([herald, 'bot', `--server=${gitlab.url}`], {
      cwd: folder,
      env: envOf(gitlab.url),
      bare: true,
    });
    if (first === null) throw new Error(`herald bot asked for nothing: ${result.stderr.slice(-2000)}`);
    return { ...result, milliseconds: Number(first - started) / 1e6 };
  };
  const runWithTls = async () => {
    withTls.forget();
    const started = process.hrtime.bigint();
    const env = { ...envOf(withTls.url), CI_SERVER_TLS_CA_FILE: caFile };
    const { stderr, ...result } = await runNode([herald, 'bot', `--server=${withTls.url}`], {
      cwd: folder,
      env,
      bare: true,
    });
    const firstAt = withTls.firstAt();
    if (firstAt === null) throw new Error(`herald bot asked for nothing: ${stderr.slice(-2000)}`);
    // It is refused afterwards.
    return { ...result, stderr, code: 0, milliseconds: Number(firstAt - started) / 1e6 };
  };
  writeFileSync(payload, JSON.stringify(noteEvent));
  const results = await compare(
    { [base]: () => runNode(['-e', '0'], { bare: true }), [bot]: run, [botWithTls]: runWithTls },
    25,
  );
  writeFileSync(payload, JSON.stringify(mergeRequestEvent));
  const before = gitlab.requests.length;
  await run();
  const asked = gitlab.requests.slice(before).map(({ method, path }) => `\`${method} ${path}\``);
  await gitlab.stop();
  withTls.stop();
  for (const made of [folder, `${folder}.tmp`]) rmSync(made, { recursive: true, force: true });
  const note = `An event that no rule is about takes ${asked.length} requests: ${asked.join(', ')}.`;
  return {
    figures: {
      'bot.first-request': ratio(results, bot, base),
      'bot.first-request-tls': ratio(results, botWithTls, base),
      'bot.unrelated-event': asked.length,
    },
    tables: [comparisonTable('The bot, for a comment', results, base, [note])],
  };
}
