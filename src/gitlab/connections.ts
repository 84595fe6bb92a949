import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { Log } from '../io/port.ts';
import { proxyFor } from './proxy.ts';

export interface Connection {
  readonly agent: http.Agent;
  /** Options for the TLS connection; empty for Node's defaults. */
  readonly tls: { readonly secureContext: SecureContext } | Readonly<Record<string, never>>;
}

export interface ConnectionOptions {
  /** Path of a PEM file with the certificates of the instance's authority, or its text; null for none. */
  readonly caFile: string | null;
  /** Where `HTTPS_PROXY`, `NO_PROXY` and `NODE_EXTRA_CA_CERTS` are looked up. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
}

export interface Connections {
  /** Throws `TransportFailure` for a proxy that cannot be used. */
  to(url: URL): Promise<Connection>;
}

const keepAlive = { keepAlive: true } as const;

/** Keeps connections open and gives the one to use for an address: straight or through a proxy, with the right authorities. */
export function createConnections(options: ConnectionOptions): Connections {
  const agents = new Map<string, Promise<http.Agent>>();
  let tls: Promise<Connection['tls']> | null = null;
  return {
    async to(url) {
      const proxy = proxyFor(url, options.variables);
      const usesTls = url.protocol === 'https:' || proxy?.protocol === 'https:';
      if (usesTls) tls ??= loadTls(options);
      const tlsOptions = usesTls && tls !== null ? await tls : {};
      const key = `${url.protocol} ${proxy?.href ?? ''}`;
      const agent = agents.get(key) ?? createAgent(url, proxy, tlsOptions);
      agents.set(key, agent);
      return { agent: await agent, tls: tlsOptions };
    },
  };
}

/** The proxy agents are loaded only where there is a proxy: they cost start-up. */
async function createAgent(url: URL, proxy: URL | null, tls: Connection['tls']): Promise<http.Agent> {
  const secure = url.protocol === 'https:';
  if (proxy === null) return secure ? new https.Agent(keepAlive) : new http.Agent(keepAlive);
  if (secure) {
    const { HttpsProxyAgent } = await import('https-proxy-agent');
    return new HttpsProxyAgent(proxy, { ...keepAlive, ...tls });
  }
  const { HttpProxyAgent } = await import('http-proxy-agent');
  return new HttpProxyAgent(proxy, { ...keepAlive, ...tls });
}

/**
 * Node's own authorities and those of the instance. A list given to TLS replaces the default one, so that the certificates of
 * `NODE_EXTRA_CA_CERTS` must be added again. Source: https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions
 */
async function loadTls({ caFile, variables, log }: ConnectionOptions): Promise<Connection['tls']> {
  if (caFile === null || caFile === '') return {};
  const own = await readPem(caFile, log);
  if (own === null) return {};
  const extraFile = variables['NODE_EXTRA_CA_CERTS'] ?? '';
  const extra = extraFile === '' || extraFile === caFile ? null : await readPem(extraFile, log);
  try {
    const ca = [...rootCertificates, own, ...(extra === null ? [] : [extra])];
    return { secureContext: createSecureContext({ ca }) };
  } catch {
    log.warn('the CA file holds no certificate that can be read; only the usual authorities are trusted');
    return {};
  }
}

async function readPem(fileOrText: string, log: Log): Promise<string | null> {
  if (fileOrText.includes('-----BEGIN ')) return fileOrText;
  try {
    return await readFile(fileOrText, 'utf8');
  } catch {
    log.warn(`the CA file ${fileOrText} cannot be read; only the usual authorities are trusted`);
    return null;
  }
}
