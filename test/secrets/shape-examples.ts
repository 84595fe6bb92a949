/**
 * Made-up secrets of every shape, and texts that only look like one. They are put together here from pieces, so that no
 * scanner of secrets takes this file for a leak.
 */

const alphabet = 'aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOmNnMoLpKqJrIsHtGuFvEwDxCyBzA';
const hex = '3f9a1c7e5b2d8f4a6c0e9b7d1f3a5c8e2b4d6f8a0c1e3b5d7f9a2c4e6b8d0f1a';

/** So many characters that look random and never change. */
export const word = (length: number): string => alphabet.repeat(8).slice(0, length);
const digits16 = (length: number): string => hex.repeat(4).slice(0, length);
const upper = (length: number): string => 'Q2W3E4R5T6Y7U2I3O4P5'.repeat(6).slice(0, length);
const join = (...parts: readonly string[]): string => parts.join('');

/** By shape: texts, with the part of each that must be gone. */
export const examples: Readonly<Record<string, readonly (readonly [text: string, secret: string])[]>> = {
  'private key': [
    ['-----BEGIN %-----\nMIIEow\nAbCd\n-----END %-----', 'MIIEow\nAbCd'],
    ['-----BEGIN RSA %-----\\nMIIEow\\n-----END RSA %-----', 'MIIEow'],
    ['x -----BEGIN OPENSSH %-----\nb3BlbnNz', 'b3BlbnNz'],
    ['-----BEGIN PGP % BLOCK-----\nlQOYBF\n-----END PGP % BLOCK-----', 'lQOYBF'],
  ].map(([text = '', secret = '']) => [text.replaceAll('%', join('PRIVATE', ' KEY')), secret] as const),
  'GitLab token': [
    ...['glpat', 'gloas', 'gldt', 'glrt', 'glptt', 'glft', 'glimt', 'glagent', 'glsoat', 'glffct'].map(
      (prefix) => whole(join(prefix, '-', word(20))),
    ),
    whole(join('glcbt-', '64_', word(20))),
    whole(join('glpat-', word(40), '.01.', '0w1a2b3c4')),
    whole(join('glrt-', 't3_', word(30), '.0w1a2b3c4')),
  ],
  'GitLab runner registration token': [whole(join('GR', '1348941', word(20)))],
  'GitLab session': [after('_gitlab_session=', digits16(32))],
  'GitHub token': [
    ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((prefix) => whole(join(prefix, '_', word(36)))),
    whole(join('github', '_pat_', word(22), '_', word(59))),
  ],
  'AWS access key': [
    whole(join('AKIA', upper(16))),
    whole(join('ASIA', upper(16))),
    [join('AKIA', upper(16), ',', word(40)), word(40)],
  ],
  'AWS Bedrock key': [whole(join('ABSK', word(110)))],
  'Google API key': [whole(join('AIza', word(35)))],
  'Google OAuth token': [whole(join('ya29', '.', word(60)))],
  'Google client secret': [whole(join('GOCSPX', '-', word(28)))],
  'Slack token': [
    whole(join('xoxb', '-123456789012-123456789012-', word(24))),
    whole(join('xoxp', '-123456789012-123456789012-123456789012-', word(30))),
    whole(join('xapp', '-1-A012345678-1234567890-', digits16(64))),
    whole(join('xoxe.', 'xoxp-1-', upper(80))),
  ],
  'Slack webhook': [after(join('https://hooks.slack', '.com/services/'), join('T0123/B0123/', word(24)))],
  'Discord webhook': [
    after(join('https://discord', '.com/api/webhooks/'), join('123456789012345678/', word(68))),
  ],
  'Microsoft Teams webhook': [
    after(join('https://acme.webhook.office', '.com/webhookb2/'), join(digits16(32), '@', digits16(32))),
  ],
  'Shopify token': ['shpat', 'shpss', 'shpca', 'shppa'].map((prefix) =>
    whole(join(prefix, '_', digits16(32))),
  ),
  'Atlassian token': [whole(join('ATATT3', 'xFf', word(60))), whole(join('ATBB', word(32)))],
  'Grafana service account token': [whole(join('glsa', '_', word(32), '_', digits16(8)))],
  'Grafana cloud token': [whole(join('glc', '_', word(60)))],
  'Grafana API key': [whole(join('eyJr', 'Ijoi', word(80)))],
  'age key': [whole(join('AGE-SECRET', '-KEY-1', upper(58)))],
  'Stripe key': [
    whole(join('sk', '_live_', word(24))),
    whole(join('rk', '_test_', word(24))),
    whole(join('whsec', '_', word(32))),
  ],
  'SendGrid key': [whole(join('SG', '.', word(22), '.', word(43)))],
  'Twilio key': [whole(join('SK', digits16(32)))],
  'OpenAI or Anthropic key': [
    whole(join('sk-', 'ant-api03-', word(95))),
    whole(join('sk-', 'proj-', word(80))),
    whole(join('sk-', word(48))),
  ],
  'npm token': [whole(join('npm', '_', word(36)))],
  'PyPI token': [whole(join('pypi-', 'AgEIcHlwaS5vcmc', word(70)))],
  'Docker Hub token': [whole(join('dckr', '_pat_', word(27)))],
  'Vault token': [whole(join('hvs', '.', word(95))), whole(join('hvb', '.', word(140)))],
  'DigitalOcean token': [whole(join('dop', '_v1_', digits16(64)))],
  'Hugging Face token': [whole(join('hf', '_', word(34)))],
  'Linear key': [whole(join('lin', '_api_', word(40)))],
  'Telegram bot token': [whole(join('1234567890', ':AA', word(33)))],
  'Databricks token': [whole(join('dapi', digits16(32)))],
  'NuGet key': [whole(join('oy2', digits16(43)))],
  'RubyGems key': [whole(join('rubygems', '_', digits16(48)))],
  'crates.io token': [whole(join('cio', word(32)))],
  'Doppler token': [whole(join('dp', '.pt.', word(43)))],
  'Terraform Cloud token': [whole(join(word(14), '.atlas', 'v1.', word(62)))],
  'Azure client secret': [whole(join('ab~', '8Q~', word(34)))],
  'Postman key': [whole(join('PMAK', '-', digits16(24), '-', digits16(34)))],
  'Pulumi token': [whole(join('pul', '-', digits16(40)))],
  'PlanetScale token': [whole(join('pscale', '_tkn_', word(40)))],
  'Sentry token': [whole(join('sntryu', '_', digits16(64)))],
  'Notion token': [whole(join('ntn', '_', '12345678901', word(35)))],
  'Figma token': [whole(join('figd', '_', word(40)))],
  'New Relic key': [whole(join('NRAK', '-', upper(27)))],
  'Dynatrace token': [whole(join('dt0c01', '.', upper(24), '.', upper(64)))],
  'SonarQube token': [whole(join('sqp', '_', digits16(40)))],
  'Artifactory key': [whole(join('AKCp', word(69)))],
  '1Password token': [whole(join('ops', '_eyJ', word(260)))],
  'Fly.io token': [whole(join('fo1', '_', word(43)))],
  'Square token': [whole(join('sq0', 'atp-', word(22)))],
  'Brevo key': [whole(join('xkeysib', '-', digits16(64), '-', word(16)))],
  'Tailscale key': [whole(join('tskey', '-auth-', word(30)))],
  'OpenShift token': [whole(join('sha256', '~', word(43)))],
  'JSON web token': [whole(join('eyJ', word(30), '.', 'eyJ', word(40), '.', word(43)))],
  'user in an address': [
    ['postgres://shop:hunter22@db/shop', 'hunter22'],
    [join('https://', 'oauth2:', word(20), '@git.example.com/x.git'), word(20)],
  ],
  'authorisation header': [
    ['Authorization: Token hunter22hunter', 'hunter22hunter'],
    ['"authorization": "AWS4-HMAC-SHA256 Credential=x/y, Signature=0123abc"', '0123abc'],
    ["'Proxy-Authorization', 'hunter22hunter'", 'hunter22hunter'],
    ['{\\"Authorization\\":\\"hunter22hunter\\"}', 'hunter22hunter'],
  ],
  cookie: [
    ['Set-Cookie: sid=hunter22; Path=/; HttpOnly', 'hunter22'],
    ['> Cookie: a=1; sid=hunter22', 'hunter22'],
    ['{"cookie":"sid=hunter22"}', 'hunter22'],
  ],
  'token header': [
    ['PRIVATE-TOKEN: hunter22', 'hunter22'],
    ['x-vault-token: hunter22', 'hunter22'],
  ],
  'bearer or basic credentials': [
    ['sent Bearer hunter22hunter', 'hunter22hunter'],
    ['Basic dXNlcjpodW50ZXIyMg==', 'dXNlcjpodW50ZXIyMg'],
  ],
  'user of curl': [
    ['+ curl -sf -u admin:hunter22 https://x', 'hunter22'],
    ['curl --user "admin:hunter22" \\\n  https://x', 'hunter22'],
    ['curl \\\n  -u admin:hunter22', 'hunter22'],
  ],
  'value of a flag': [
    ['deploy --token hunter22', 'hunter22'],
    ['helm --db-password "hunter22"', 'hunter22'],
  ],
  'password of netrc': [['machine x login bot password hunter22', 'hunter22']],
  'parameter of an address': [
    ['https://s3/x?X-Amz-Credential=hunter22&X-Amz-Signature=0123456789abcdef', '0123456789abcdef'],
    ['https://storage/x?X-Goog-Signature=0123456789abcdef', '0123456789abcdef'],
    ['https://acct.blob/x?sv=2022&sig=hunter22%3D', 'hunter22'],
    ['/dashboard.atom?feed_token=hunter22', 'hunter22'],
    ['/api/v4/x?private_token=hunter22&page=2', 'hunter22'],
    ['https://x/y?a=1&amp;token=hunter22', 'hunter22'],
  ],
  'element of XML': [
    ['<SecretAccessKey>hunter22</SecretAccessKey>', 'hunter22'],
    ['<db:password>hunter22</db:password>', 'hunter22'],
  ],
  'value of a name like "password"': [
    ['password=hunter22', 'hunter22'],
    ['DB_PASSWORD: hunter', 'hunter'],
    ['"client_secret": "a b hunter22"', 'hunter22'],
    ["api-key => 'hunter22'", 'hunter22'],
    ['{\\"password\\":\\"hunter22\\"}', 'hunter22'],
    [join('aws_secret_access_key', ' = ', word(40)), word(40)],
    ['//registry.example.com/:_authToken=hunter22', 'hunter22'],
    ['"auths":{"x":{"auth":"aHVudGVyMjI="}}', 'aHVudGVyMjI='],
    ['test_login[password=hunter22]', 'hunter22'],
    [join('pwd=', word(2_000)), word(2_000).slice(-100)],
    ['AccountKey=hunter22==;EndpointSuffix=x', 'hunter22'],
  ],
};

function whole(secret: string): readonly [string, string] {
  return [`got ${secret} from it`, secret];
}

function after(start: string, secret: string): readonly [string, string] {
  return [`see ${start}${secret} for more`, secret];
}

/** What stays as it is. */
export const lookAlikes: readonly string[] = [
  '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '123e4567-e89b-12d3-a456-426614174000',
  'sha512-9mF8c3sl8vSGaG0qTzLkPi6cjnR0EbJmEx1sIRFhZaVqQ0cP2gkI5s1qQ0mF7Qy2b1mIu7pCq2e7Zr2v1bX6Zg==',
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'pull access denied for shop, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  'Unexpected token } in JSON at position 4',
  'SyntaxError: Unexpected token: punc (})',
  'password: must be at least 8 characters',
  'error: password must not be empty',
  'expected token: null',
  'max tokens: 4096',
  'HTTP Basic authentication failed',
  'Bearer authentication is required',
  'cookie: must be set before the request',
  'rejects an invalid secret',
  'docker run -u 1000:1000 -e TOKEN image',
  'npm_config_registry_of_the_project is not set',
  'sk-loading-spinner-of-the-checkout-page',
  'hf_model_name_of_the_encoder_of_the_decoder',
  'pypi-publish-action-of-the-release',
  'task-force-of-the-disk-manager',
  'git clone ssh://git@git.example.com/shop/till.git',
  'https://example.com/search?q=shop&page=2#L10',
  'const token = process.env.TOKEN',
  'password: string;',
  '--token',
  'curl -sSfL https://example.com/install.sh',
  'src/tokens/token-service.ts:12:3',
  'TestTokenizer/keeps_passwords_secret',
  'the letter A says nothing: aa:bb:cc:dd:ee:ff',
  '12:AA:BB:CC:DD:EE',
  'AssertionError: expected 3 to be 4 // Object.is equality',
  'Q: why is the key missing? A: it is in the drawer',
];
