/** What the sample payloads share. */

export const aUser = {
  id: 11,
  name: 'Ada',
  username: 'ada',
  avatar_url: null,
  email: '[REDACTED]',
};

export const aProject = {
  id: 42,
  name: 'Checkout',
  description: null,
  web_url: 'https://gitlab.example.com/shop/checkout',
  git_ssh_url: 'git@gitlab.example.com:shop/checkout.git',
  git_http_url: 'https://gitlab.example.com/shop/checkout.git',
  namespace: 'shop',
  visibility_level: 0,
  path_with_namespace: 'shop/checkout',
  default_branch: 'main',
};

export const sha = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';
export const zeros = '0'.repeat(40);

export const aCommit = {
  id: sha,
  message: 'Take vouchers\n\nFixes #3',
  title: 'Take vouchers',
  timestamp: '2026-03-04T10:00:00+02:00',
  url: `https://gitlab.example.com/shop/checkout/-/commit/${sha}`,
  author: { name: 'Ada', email: 'ada@example.com' },
  added: ['src/voucher.ts'],
  modified: [],
  removed: [],
};
