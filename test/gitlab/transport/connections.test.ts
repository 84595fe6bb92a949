import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { canary, connect, rejection } from '../connect-for-test.ts';
import { closedPort, serve, serveProxy, serveTls, useRealNetwork } from '../loopback.ts';
import { makeSelfSigned } from '../self-signed.ts';

useRealNetwork();

const user = '{"id":7,"username":"herald-bot"}';

let folder: string;
const certificate = makeSelfSigned('herald test');
let certFile: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'herald-tls-'));
  certFile = join(folder, 'cert.pem');
  writeFileSync(certFile, certificate.cert);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('TLS', () => {
  test('with an unknown authority is refused, and the message names the variables that help', async () => {
    const server = await serveTls(certificate, (_request, response) => response.end(user));
    const { gitlab, clock } = connect({ apiUrl: `${server.origin}/api/v4` });
    const error = await rejection(gitlab.fetchCurrentUser());
    expect(error).toMatchObject({ code: 'unreachable', status: null });
    expect(error.message).toMatch(/not trusted: DEPTH_ZERO_SELF_SIGNED_CERT$/);
    expect(error).toHaveProperty('hint', expect.stringMatching(/CI_SERVER_TLS_CA_FILE.*NODE_EXTRA_CA_CERTS/));
    expect(clock.sleeps).toEqual([]);
  });

  test('with an authority that is given by its file is accepted', async () => {
    const server = await serveTls(certificate, (_request, response) => response.end(user));
    const { gitlab, log } = connect({ apiUrl: `${server.origin}/api/v4`, caFile: certFile });
    expect(await gitlab.fetchCurrentUser()).toMatchObject({ id: 7 });
    expect(log.lines).toEqual([]);
  });

  // A variable of a trigger or a dotenv report could hold any certificate, and an artifact of an earlier job be any
  // file.
  test.each<[string, () => { readonly caFile: string | null; readonly variables: Record<string, string> }]>([
    ['that is given as text', () => ({ caFile: certificate.cert, variables: {} })],
    [
      'that is given as text beside Node’s',
      () => ({ caFile: null, variables: { NODE_EXTRA_CA_CERTS: certificate.cert } }),
    ],
    [
      'whose file lies in the checkout of a job',
      () => ({ caFile: certFile, variables: { CI_PROJECT_DIR: folder, GITLAB_CI: 'true' } }),
    ],
    [
      'whose file, named to Node, lies in the checkout of a job',
      () => ({
        caFile: null,
        variables: { CI_PROJECT_DIR: folder, GITLAB_CI: 'true', NODE_EXTRA_CA_CERTS: certFile },
      }),
    ],
    [
      'although Node is told not to look',
      () => ({ caFile: null, variables: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }),
    ],
  ])('with an authority %s is not spoken to', async (_name, given) => {
    const seen: unknown[] = [];
    const server = await serveTls(certificate, (request, response) => {
      seen.push(request.headers);
      response.end(user);
    });
    const { caFile, variables } = given();
    if ('NODE_TLS_REJECT_UNAUTHORIZED' in variables) vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { gitlab } = connect({ apiUrl: `${server.origin}/api/v4`, caFile, variables });
    expect((await rejection(gitlab.fetchCurrentUser())).message).toContain('not trusted');
    expect(seen).toEqual([]);
  });

  test('keeps the authorities of NODE_EXTRA_CA_CERTS beside those of the instance', async () => {
    const server = await serveTls(certificate, (_request, response) => response.end(user));
    const other = join(folder, 'other.pem');
    writeFileSync(other, makeSelfSigned('other').cert);
    const variables = { NODE_EXTRA_CA_CERTS: certFile };
    const { gitlab } = connect({ apiUrl: `${server.origin}/api/v4`, caFile: other, variables });
    expect(await gitlab.fetchCurrentUser()).toMatchObject({ id: 7 });
  });

  test.each([
    { name: 'is missing', content: null },
    { name: 'holds no certificate', content: 'nonsense' },
    { name: 'holds a broken one', content: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' },
  ])('goes on with the usual authorities when the file $name', async ({ content }) => {
    const server = await serveTls(certificate, (_request, response) => response.end(user));
    const caFile = join(folder, 'broken.pem');
    rmSync(caFile, { force: true });
    if (content !== null) writeFileSync(caFile, content);
    const { gitlab } = connect({ apiUrl: `${server.origin}/api/v4`, caFile });
    expect((await rejection(gitlab.fetchCurrentUser())).message).toContain('not trusted');
  });

  test('says so when the file cannot be read', async () => {
    const caFile = join(folder, 'none.pem');
    const { gitlab, log } = connect({ apiUrl: `https://127.0.0.1:${await closedPort()}/api/v4`, caFile });
    await rejection(gitlab.fetchCurrentUser());
    expect(log.lines[0]).toMatch(/none\.pem cannot be read/);
  });
});

describe('a proxy', () => {
  test('is asked for a tunnel, and sees neither the request nor the token', async () => {
    const server = await serveTls(certificate, (request, response) => {
      response.end(
        `{"id":7,"username":"${request.headers.authorization === `Bearer ${canary}` ? 'known' : 'no'}"}`,
      );
    });
    const proxy = await serveProxy();
    const { gitlab } = connect({
      apiUrl: `https://herald.invalid:${server.port}/api/v4`,
      caFile: certFile,
      variables: { HTTPS_PROXY: `http://user:pass%20word@127.0.0.1:${proxy.port}` },
    });
    expect(await gitlab.fetchCurrentUser()).toEqual({ id: 7, username: 'known' });
    expect(proxy.connects.map(({ url }) => url)).toEqual([`herald.invalid:${server.port}`]);
    const headers = JSON.stringify(proxy.connects[0]?.headers);
    expect(headers).toContain(Buffer.from('user:pass word').toString('base64'));
    expect(headers).not.toContain('CANARY');
  });

  test('is handed requests without TLS whole', async () => {
    const proxy = await serveProxy();
    const { gitlab } = connect({
      apiUrl: 'http://gitlab.invalid:8080/api/v4',
      variables: { http_proxy: `http://127.0.0.1:${proxy.port}` },
    });
    expect(await gitlab.fetchCurrentUser()).toMatchObject({ username: 'through-proxy' });
    await gitlab.deleteNote({ project: 42, iid: 17 }, 301);
    expect(proxy.connects.map(({ url }) => url)).toEqual([
      'http://gitlab.invalid:8080/api/v4/user',
      'http://gitlab.invalid:8080/api/v4/projects/42/merge_requests/17/notes/301',
    ]);
  });

  test.each(['HTTP_PROXY', 'all_proxy'])(
    'without TLS is refused in a job of GitLab: %s can be anybody’s',
    async (name) => {
      const proxy = await serveProxy();
      const variables = { [name]: `http://127.0.0.1:${proxy.port}`, GITLAB_CI: 'true' };
      expect(() => connect({ apiUrl: 'http://gitlab.invalid/api/v4', variables })).toThrow(UsageError);
      expect(proxy.connects).toEqual([]);
    },
  );

  test('is left out where NO_PROXY says so', async () => {
    const server = await serve((_request, response) => response.end(user));
    const proxy = await serveProxy();
    const variables = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '127.0.0.0/8' };
    const { gitlab } = connect({ apiUrl: `${server.origin}/api/v4`, variables });
    expect(await gitlab.fetchCurrentUser()).toMatchObject({ username: 'herald-bot' });
    expect(proxy.connects).toEqual([]);
  });

  test.each([403, 407])('that refuses the tunnel with %i is not taken for GitLab', async (status) => {
    const proxy = await serveProxy(status);
    const { gitlab } = connect({
      apiUrl: 'https://127.0.0.1:1/api/v4',
      variables: { HTTPS_PROXY: `http://user:canary@127.0.0.1:${proxy.port}` },
    });
    const error = await rejection(gitlab.fetchCurrentUser());
    expect(error).toMatchObject({ code: 'unreachable', status: null });
    expect(error.message).toMatch(new RegExp(`the proxy blocks the connection: it answered ${status}`));
    expect(error.message).not.toContain('canary');
  });

  test('that wants a password for a request without TLS is not taken for GitLab either', async () => {
    const proxy = await serveProxy(407);
    const variables = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    const { gitlab } = connect({ apiUrl: 'http://gitlab.invalid/api/v4', variables });
    expect((await rejection(gitlab.fetchCurrentUser())).message).toContain(
      'the proxy blocks the connection: it answered 407',
    );
  });

  test('that is down is a connection that is refused', async () => {
    const port = await closedPort();
    const variables = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
    const { gitlab } = connect({ apiUrl: 'https://127.0.0.1:1/api/v4', variables });
    expect((await rejection(gitlab.fetchCurrentUser())).message).toContain('accepts no connections');
  });
});
