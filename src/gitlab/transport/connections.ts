import { readFile, realpath } from 'node:fs/promises';
import http from 'node:http';
import type https from 'node:https';
import { sep } from 'node:path';
import type { SecureContext } from 'node:tls';
import type { Log } from '../../io/port.ts';
import { isGitLabJob } from '../../model/gitlab-job.ts';
import { proxyFor } from './proxy.ts';

export interface Connection {
  /** Starts a request: that of node:http, or of node:https. */
  readonly request: typeof http.request;
  readonly agent: http.Agent;
  /** Options for the TLS connection. Certificates are always checked, whatever `NODE_TLS_REJECT_UNAUTHORIZED` says. */
  readonly tls: { readonly rejectUnauthorized: true; readonly secureContext?: SecureContext };
}

export interface ConnectionOptions {
  /** Path of a PEM file with the certificates of the instance's authority; null for none. */
  readonly caFile: string | null;
  /** Where `HTTPS_PROXY`, `NO_PROXY` and `NODE_EXTRA_CA_CERTS` are looked up. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
}

export interface Connections {
  /** Throws `TransportFailure` for a proxy that cannot be used. */
  to(url: URL): Promise<Connection>;
  /** Breaks off what is still open. */
  close(): void;
}

const checked = { rejectUnauthorized: true } as const;
const keepAlive = { keepAlive: true } as const;

/**
 * Keeps connections open and returns the one for an address: direct or through a proxy, with the right authorities.
 */
export function createConnections(options: ConnectionOptions): Connections {
  const agents = new Map<string, Promise<http.Agent>>();
  let tls: Promise<Connection['tls']> | null = null;
  return {
    async to(url) {
      const proxy = proxyFor(url, options.variables);
      const usesTls = url.protocol === 'https:' || proxy?.protocol === 'https:';
      if (usesTls) tls ??= loadTls(options);
      const tlsOptions = usesTls && tls !== null ? await tls : checked;
      const key = `${url.protocol} ${proxy?.href ?? ''}`;
      const agent = agents.get(key) ?? createAgent(url, proxy, tlsOptions);
      agents.set(key, agent);
      const { request } = url.protocol === 'https:' ? await loadHttps() : http;
      return { request, agent: await agent, tls: tlsOptions };
    },
    close() {
      // One that could not be made has said so where it was needed.
      const destroy = (agent: http.Agent): void => {
        agent.destroy();
      };
      for (const agent of agents.values()) agent.then(destroy, () => undefined);
    },
  };
}

/** It brings TLS along, which takes as long as all the rest before the first request. */
async function loadHttps(): Promise<typeof https> {
  return (await import('node:https')).default;
}

/** The proxy agents are loaded only where there is a proxy: they cost start-up. */
async function createAgent(url: URL, proxy: URL | null, tls: Connection['tls']): Promise<http.Agent> {
  const secure = url.protocol === 'https:';
  if (proxy === null) return secure ? new (await loadHttps()).Agent(keepAlive) : new http.Agent(keepAlive);
  if (secure) {
    const { HttpsProxyAgent } = await import('https-proxy-agent');
    return new HttpsProxyAgent(proxy, { ...keepAlive, ...tls });
  }
  const { HttpProxyAgent } = await import('http-proxy-agent');
  return new HttpProxyAgent(proxy, { ...keepAlive, ...tls });
}

/**
 * Node's own authorities and those of the instance. A list given to TLS replaces the default one, so that the
 * certificates of `NODE_EXTRA_CA_CERTS` must be added again. Source: https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions
 */
async function loadTls({ caFile, variables, log }: ConnectionOptions): Promise<Connection['tls']> {
  const extraFile = variables['NODE_EXTRA_CA_CERTS'] ?? '';
  const files = [...new Set([caFile ?? '', extraFile])].filter((file) => file !== '');
  if (files.length === 0) return checked;
  const certificates: string[] = [];
  for (const file of files) {
    const pem = await readPem(file, variables, log);
    if (pem !== null) certificates.push(pem);
  }
  const { createSecureContext, rootCertificates } = await import('node:tls');
  try {
    return { ...checked, secureContext: createSecureContext({ ca: [...rootCertificates, ...certificates] }) };
  } catch {
    log.warn('the CA file contains no readable certificate; Herald trusts only the usual authorities');
    return { ...checked, secureContext: createSecureContext({ ca: [...rootCertificates] }) };
  }
}

/**
 * The text of a PEM file. A certificate as text, or in the checkout of a job, is not trusted: with a variable or an
 * artifact a stranger could certify a server of their own.
 */
async function readPem(
  file: string,
  variables: ConnectionOptions['variables'],
  log: Log,
): Promise<string | null> {
  if (file.includes('-----BEGIN ')) {
    log.warn('a CA variable holds a certificate, but it must name a file: Herald ignores it');
    return null;
  }
  try {
    const real = await realpath(file);
    if (isGitLabJob(variables) && (await isInCheckout(real, variables))) {
      log.warn(`the CA file ${file} is in the checkout, where jobs can write: Herald ignores it`);
      return null;
    }
    return await readFile(real, 'utf8');
  } catch {
    log.warn(`the CA file ${file} cannot be read; Herald trusts only the usual authorities`);
    return null;
  }
}

async function isInCheckout(path: string, variables: ConnectionOptions['variables']): Promise<boolean> {
  const named = variables['CI_PROJECT_DIR'] ?? '';
  for (const folder of [process.cwd(), ...(named === '' ? [] : [named])]) {
    const real = await realpath(folder).catch(() => null);
    if (real !== null && path.startsWith(real.endsWith(sep) ? real : real + sep)) return true;
  }
  return false;
}
