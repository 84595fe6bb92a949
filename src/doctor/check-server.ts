import { type Check, fine, warning } from './check.ts';

/** The oldest version that the tests of the payloads and of the API go back to for everything that Herald does. */
const leastMajor = 17;

/** The instance. */
export function checkServer(version: string | null): readonly Check[] {
  const about = 'GitLab version';
  const major = Number(/^(\d{1,4})\./.exec(version ?? '')?.[1] ?? Number.NaN);
  if (version === null || Number.isNaN(major))
    return [{ project: null, about, state: 'unknown', words: 'GitLab does not show it', remedy: null }];
  if (major >= leastMajor) return [fine(null, about, version)];
  const words = `${version}: hidden variables, service accounts and some events are missing before ${leastMajor}.0`;
  return [{ project: null, about, state: 'warning', words, remedy: 'update GitLab' }];
}

/** The address that is used. */
export function checkTransport(apiUrl: string, allowInsecure: boolean): readonly Check[] {
  if (allowInsecure || !/^http:/i.test(apiUrl)) return [];
  const words = 'this GitLab is addressed without TLS: tokens travel in the open';
  const remedy = 'use its https: address; if nobody can listen on the network, add --allow-insecure';
  return [warning({ project: null, about: 'address of GitLab' }, words, remedy)];
}
