import { family } from '../pattern.ts';

/** The network, and services that do not answer. */
export const network = family('network', 'infrastructure', [
  {
    id: 'resolve-host',
    weight: 82,
    hint: ['resolve', 'resolving', 'resolution', 'service not known'],
    line: /(?:Could not resolve host(?:name)?|Temporary failure (?:in name resolution|resolving)|Name or service not known|could not resolve address)/i,
  },
  { id: 'enotfound', weight: 80, hint: 'ot', line: /\b(?:getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|EAI_AGAIN)\b/ },
  { id: 'no-such-host', weight: 80, hint: 'no such host', line: /\bno such host\b/ },
  {
    id: 'connection',
    origin: 'unknown',
    weight: 68,
    hint: ['connection', 'failed to connect'],
    line: /\b(?:Connection (?:refused|reset by peer|timed out)|connection refused|connection reset by peer|Failed to connect to \S{1,200} port \d)/,
  },
  {
    id: 'econn',
    origin: 'unknown',
    weight: 68,
    hint: 'econn',
    line: /\b(?:ECONNREFUSED|ECONNRESET|ECONNABORTED)\b/,
  },
  {
    id: 'server-refused',
    origin: 'unknown',
    weight: 69,
    hint: 'was refused',
    line: /^The connection to the server \S{1,300} was refused/,
  },
  { id: 'etimedout', weight: 74, hint: 'timedout', line: /\b(?:ETIMEDOUT|ESOCKETTIMEDOUT)\b/ },
  {
    id: 'tls-timeout',
    weight: 80,
    hint: ['timeout', 'timed out', 'deadline exceeded'],
    line: /(?:TLS handshake timeout|i\/o timeout|Client\.Timeout exceeded|Read timed out|\b(?:Get|Post|Put|Head|dial|lookup|reading|pulling)\b.{0,160}context deadline exceeded)/,
  },
  {
    id: 'gateway',
    weight: 72,
    hint: ' 50',
    line: /\b(?:502 Bad Gateway|503 Service (?:Temporarily )?Unavailable|504 Gateway Time-?out)\b/i,
  },
  { id: 'http-5xx', weight: 74, hint: 'returned error: 5', line: /The requested URL returned error: 5\d\d/ },
  {
    id: 'certificate',
    weight: 76,
    origin: 'unknown',
    hint: 'certificate',
    line: /(?:certificate (?:verify failed|has expired|signed by unknown authority)|self[- ]signed certificate|SSL certificate problem)/i,
  },
  { id: 'hash-sum', weight: 80, hint: 'hash sum mismatch', line: /Hash Sum mismatch/ },
  { id: 'apt-fetch', weight: 78, hint: 'failed to fetch', line: /^E: Failed to fetch / },
  {
    id: 'apk-fetch',
    weight: 76,
    hint: 'apkindex',
    line: /^(?:WARNING|ERROR): .{0,300}(?:temporary error|network error|Permission denied|IO ERROR)/,
  },
]);
