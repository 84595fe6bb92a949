import { BlockList, isIP } from 'node:net';
import { TransportFailure } from './transport-failure.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address by `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` (lower case first), null for
 * none. Follows curl: a name in `NO_PROXY` covers its subdomains, `*` is everything, `host:port` one port only, and
 * address ranges (`10.0.0.0/8`) count for addresses. Throws `TransportFailure` for a proxy that cannot be used.
 * Source: https://curl.se/docs/manpage.html#ENVIRONMENT
 */
export function proxyFor(url: URL, variables: Variables): URL | null {
  const value =
    variableOf(variables, `${url.protocol.slice(0, -1)}_proxy`) ?? variableOf(variables, 'all_proxy');
  if (value === null || isExcluded(url, variableOf(variables, 'no_proxy') ?? '')) return null;
  const text = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(text)) {
    throw new TransportFailure('proxy', { sent: false, detail: 'its address cannot be read' });
  }
  const proxy = new URL(text);
  if (proxy.protocol === 'http:' || proxy.protocol === 'https:') return proxy;
  throw new TransportFailure('proxy', { sent: false, detail: `${proxy.protocol}// is not supported` });
}

function variableOf(variables: Variables, name: string): string | null {
  const value = (variables[name] ?? variables[name.toUpperCase()] ?? '').trim();
  return value === '' ? null : value;
}

function isExcluded(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((entry) => entry !== '')
    .some((entry) => covers(entry, host, port));
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInRange(entry, host);
  const [, bracketed, name = bracketed ?? entry, entryPort = port] =
    /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
  if (entryPort !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}

function isInRange(range: string, host: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  const version = isIP(host);
  if (version === 0 || isIP(network) !== version || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (version === 4 ? 32 : 128)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const ranges = new BlockList();
  ranges.addSubnet(network, Number(bits), family);
  return ranges.check(host, family);
}
