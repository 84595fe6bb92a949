import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../../../../src/demo/http.ts';
import type { EmbeddedState } from '../state/state.ts';
import { triggerPipeline } from './trigger-pipeline.ts';

export interface TriggerServer {
  /** `http://127.0.0.1:1234` */
  readonly url: string;
  /** Answers with this status instead of GitLab's own; null for GitLab's own. */
  answerWith(status: number | null): void;
  stop(): Promise<void>;
}

/** `inputs[queue]=q1` of an address. */
function inputsIn({ searchParams }: URL): Readonly<Record<string, string>> {
  const pairs = [...searchParams].flatMap(([name, value]) => {
    const input = /^inputs\[(.+)\]$/.exec(name)?.[1];
    return input === undefined ? [] : [[input, value] as const];
  });
  return Object.fromEntries(pairs);
}

/**
 * All parameters of a request but its token: those of the address, then those of the body, which win. Source:
 * `PAYLOAD_VARIABLE_HIDDEN_PARAMS` in app/services/ci/pipeline_trigger_service.rb of gitlabhq/gitlabhq
 */
function parametersOf({ searchParams }: URL, body: object): Readonly<Record<string, unknown>> {
  const named = [...searchParams].filter(([name]) => name !== 'token' && !name.includes('['));
  return { ...Object.fromEntries(named), ...body };
}

/**
 * GitLab's trigger endpoint over HTTP, which asks for the trigger's token only, and knows pipeline events by a header.
 */
export async function startTriggerServer(state: EmbeddedState): Promise<TriggerServer> {
  let fixed: number | null = null;
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://embedded');
      const payload = parametersOf(url, body);
      const event = String(request.headers['x-gitlab-event'] ?? '');
      const token = url.searchParams.get('token') ?? '';
      const path = url.pathname.replace(/^\/api\/v4/, '');
      const answer =
        fixed === null
          ? triggerPipeline(path, { token, payload, event, inputs: inputsIn(url) }, state)
          : { status: fixed, body: {} };
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answerWith: (status) => {
      fixed = status;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
