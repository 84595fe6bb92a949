import { describe, expect, test } from 'vitest';
import { proxyFor } from '../../../src/gitlab/transport/proxy.ts';
import { rejection } from '../connect-for-test.ts';

const https = 'https://gitlab.example.com/api/v4/user';

function hrefFor(address: string, variables: Readonly<Record<string, string>>): string | null {
  return proxyFor(new URL(address), variables)?.href ?? null;
}

type Variables = Readonly<Record<string, string>>;

describe('the proxy', () => {
  test.each<{ name: string; variables: Variables; expected: string | null }>([
    { name: 'is none without variables', variables: {}, expected: null },
    {
      name: 'is that of the scheme',
      variables: { HTTPS_PROXY: 'http://p:3128' },
      expected: 'http://p:3128/',
    },
    { name: 'is not that of the other scheme', variables: { HTTP_PROXY: 'http://p:3128' }, expected: null },
    { name: 'is that of all schemes', variables: { ALL_PROXY: 'http://all:1' }, expected: 'http://all:1/' },
    {
      name: 'is the lower-case one where both are set',
      variables: { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' },
      expected: 'http://lower:1/',
    },
    { name: 'may have no scheme', variables: { HTTPS_PROXY: 'p:3128' }, expected: 'http://p:3128/' },
    { name: 'may itself speak TLS', variables: { HTTPS_PROXY: 'https://p:1' }, expected: 'https://p:1/' },
    { name: 'is none when the variable is empty', variables: { HTTPS_PROXY: ' ' }, expected: null },
  ])('$name', ({ variables, expected }) => {
    expect(hrefFor(https, variables)).toBe(expected);
  });

  test.each([
    { name: 'of a kind that is not supported', value: 'socks5://user:canary@p:1080' },
    { name: 'that cannot be read', value: 'http://user:canary@[' },
  ])('$name is named as the trouble, without its password', async ({ value }) => {
    const error = await rejection(
      Promise.resolve().then(() => proxyFor(new URL(https), { HTTPS_PROXY: value })),
    );
    expect(error).toMatchObject({ kind: 'proxy', sent: false });
    expect(error.message).not.toContain('canary');
  });
});

describe('NO_PROXY', () => {
  test.each([
    { list: '*', address: https, excluded: true },
    { list: 'gitlab.example.com', address: https, excluded: true },
    { list: 'GitLab.Example.Com', address: https, excluded: true },
    { list: 'example.com', address: https, excluded: true },
    { list: '.example.com', address: https, excluded: true },
    { list: '*.example.com', address: https, excluded: true },
    { list: 'ample.com', address: https, excluded: false },
    { list: 'other.com, gitlab.example.com', address: https, excluded: true },
    { list: 'other.com gitlab.example.com', address: https, excluded: true },
    { list: 'gitlab.example.com:443', address: https, excluded: true },
    { list: 'gitlab.example.com:8443', address: https, excluded: false },
    { list: 'gitlab.example.com:8443', address: 'https://gitlab.example.com:8443/', excluded: true },
    { list: '10.1.2.3', address: 'https://10.1.2.3/', excluded: true },
    { list: '10.0.0.0/8', address: 'https://10.1.2.3/', excluded: true },
    { list: '10.0.0.0/8', address: 'https://11.1.2.3/', excluded: false },
    { list: '10.0.0.0/99', address: 'https://10.1.2.3/', excluded: false },
    { list: '10.0.0.0/8', address: https, excluded: false },
    { list: '2.3', address: 'https://10.1.2.3/', excluded: false },
    { list: '::1', address: 'https://[::1]/', excluded: true },
    { list: '[::1]:443', address: 'https://[::1]/', excluded: true },
    { list: 'fd00::/8', address: 'https://[fd12::1]/', excluded: true },
    { list: '', address: https, excluded: false },
    { list: '/, :, [, ]', address: https, excluded: false },
  ])('"$list" and $address: $excluded', ({ list, address, excluded }) => {
    expect(hrefFor(address, { HTTPS_PROXY: 'http://p:1', NO_PROXY: list }) === null).toBe(excluded);
  });
});
