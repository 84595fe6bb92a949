import { expect, test } from 'vitest';
import { auditPath } from '../../../src/gitlab/transport/audit.ts';

const api = new URL('https://gitlab.example.com/gitlab/api/v4');

test.each([
  {
    name: 'is below the API',
    url: 'https://gitlab.example.com/gitlab/api/v4/projects/shop%2Ftill/jobs',
    expected: '/projects/shop%2Ftill/jobs',
  },
  {
    name: 'keeps the page and drops what could be a secret',
    url: 'https://gitlab.example.com/gitlab/api/v4/x?private_token=canary&page=2&job_token=canary&per_page=100&token=canary',
    expected: '/x?page=2&per_page=100',
  },
  {
    name: 'names another origin and drops its signature',
    url: 'https://storage.example.net/bucket/a.json?X-Amz-Signature=canary&X-Amz-Credential=canary',
    expected: 'https://storage.example.net/bucket/a.json',
  },
  {
    name: 'drops the user and password of an address',
    url: 'https://user:canary@storage.example.net/a',
    expected: 'https://storage.example.net/a',
  },
  {
    name: 'is whole where it is not of the API',
    url: 'https://gitlab.example.com/gitlab/api/v4x/users/sign_in',
    expected: '/gitlab/api/v4x/users/sign_in',
  },
])('the path of an entry $name', ({ url, expected }) => {
  expect(auditPath(new URL(url), api)).toBe(expected);
});
