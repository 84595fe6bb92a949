import { after, type SecretShape, token } from './shape.ts';

/** Prefixes that nothing but tokens have: https://docs.gitlab.com/security/tokens/#token-prefixes. */
const gitlabPrefixes = [
  'glpat',
  'gloas',
  'gldt',
  'glrt',
  'glrtr',
  'glcbt',
  'glptt',
  'glft',
  'glimt',
  'glagent',
  'glsoat',
  'glffct',
  'glwt',
  'glrtd',
];

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const hexDigits = [...digits, 'a', 'b', 'c', 'd', 'e', 'f'];

/**
 * Tokens that are known by their own looks. Facts about the formats: the issuers' documentation and the public rule
 * sets of secret scanners (gitleaks, GitLab's secret detection). Where the issuers' lengths differ from version to
 * version, the least is taken.
 */
export const tokenShapes: readonly SecretShape[] = [
  // With the dots of routable tokens; also behind a letter, as no word has such a part.
  token(
    'GitLab token',
    gitlabPrefixes.map((prefix) => `${prefix}-`),
    new RegExp(`(?:${gitlabPrefixes.join('|')})-[\\w=-]{8,300}(?:\\.[\\w=-]{2,40}){0,2}`, 'g'),
  ),
  token('GitLab runner registration token', ['gr1348941'], /\bGR1348941[\w-]{10,100}/g),
  after('GitLab session', ['_gitlab_session='], /(_gitlab_session=)[0-9a-z]{16,64}/g),
  token(
    'GitHub token',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    /(?<![A-Za-z0-9])(?:gh[pousr]_\w{20,255}|github_pat_\w{20,255})/g,
  ),
  // The identifier, and the secret where it follows, as in the file that the console gives.
  token(
    'AWS access key',
    ['akia', 'asia', 'abia', 'acca', 'aroa', 'aida'],
    /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{12,20}(?:[\s"',:;|]{1,10}[A-Za-z0-9/+]{40})?/g,
  ),
  token('AWS Bedrock key', ['absk'], /(?<![A-Za-z0-9])ABSK[A-Za-z0-9+/]{100,280}={0,2}/g),
  token('Google API key', ['aiza'], /(?<![A-Za-z0-9])AIza[\w-]{30,60}/g),
  token('Google OAuth token', ['ya29.'], /(?<![A-Za-z0-9])ya29\.[\w.-]{20,1000}/g),
  token('Google client secret', ['gocspx-'], /(?<![A-Za-z0-9])GOCSPX-[\w-]{20,60}/g),
  token(
    'Slack token',
    ['xoxa-', 'xoxb-', 'xoxe', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-', 'xapp-'],
    /(?<![A-Za-z0-9])(?:xoxe\.)?(?:xox[abcdeoprs]|xapp)-[\w%-]{8,255}/gi,
  ),
  after(
    'Slack webhook',
    ['hooks.slack.com/', 'hooks.slack-gov.com/'],
    /(hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/)[\w/+-]{8,200}/gi,
  ),
  after(
    'Discord webhook',
    ['/api/webhooks/'],
    /(discord(?:app)?\.com\/api\/webhooks\/)\d{5,25}\/[\w-]{20,200}/gi,
  ),
  after(
    'Microsoft Teams webhook',
    ['webhook.office.com/'],
    /(webhook\.office\.com\/webhook[a-z0-9]{0,4}\/)[\w@/-]{20,300}/gi,
  ),
  token(
    'Shopify token',
    ['shpat_', 'shpss_', 'shpca_', 'shppa_', 'shpua_'],
    /(?<![A-Za-z0-9])shp(?:at|ss|ca|pa|ua)_[a-fA-F0-9]{24,64}/g,
  ),
  token(
    'Atlassian token',
    ['atatt3', 'atctt3', 'atbb'],
    /(?<![A-Za-z0-9])(?:AT[AC]TT3[\w=-]{20,400}|ATBB[A-Za-z0-9]{24,60})/g,
  ),
  token(
    'Grafana service account token',
    ['glsa_'],
    /(?<![A-Za-z0-9])glsa_[A-Za-z0-9]{20,64}_[A-Fa-f0-9]{8}/g,
  ),
  token('Grafana cloud token', ['glc_'], /(?<![A-Za-z0-9])glc_[A-Za-z0-9+/]{32,400}={0,3}/g),
  token('Grafana API key', ['eyjrijoi'], /(?<![A-Za-z0-9])eyJrIjoi[A-Za-z0-9+/]{40,400}={0,3}/g),
  token('age key', ['age-secret-key-'], /AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{20,200}/gi),
  token(
    'Stripe key',
    ['_live_', '_test_', '_prod_', 'whsec_'],
    /(?<![A-Za-z0-9])(?:[srp]k_(?:live|test|prod)_[A-Za-z0-9]{8,255}|whsec_[A-Za-z0-9+/=]{20,100})/g,
  ),
  token('SendGrid key', ['sg.'], /(?<![\w.])SG\.[\w-]{16,40}\.[\w-]{20,60}/g),
  token(
    'Twilio key',
    hexDigits.map((digit) => `sk${digit}`),
    /(?<![A-Za-z0-9])SK[0-9a-f]{32}/g,
  ),
  token(
    'OpenAI or Anthropic key',
    ['sk-'],
    /(?<![\w-])sk-(?:(?:ant|proj|svcacct|admin|or|None)-[\w-]{16,300}|[A-Za-z0-9]{32,100})/g,
  ),
  token('npm token', ['npm_'], /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,100}/g),
  token('PyPI token', ['pypi-age'], /(?<![A-Za-z0-9])pypi-AgE[\w-]{16,1000}/g),
  token('Docker Hub token', ['dckr_pat_', 'dckr_oat_'], /(?<![A-Za-z0-9])dckr_[po]at_[\w-]{16,100}/g),
  token('Vault token', ['hvs.', 'hvb.', 'hvr.'], /(?<![\w.])hv[sbr]\.[\w-]{16,300}/g),
  token(
    'DigitalOcean token',
    ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{16,64}/g,
  ),
  token('Hugging Face token', ['hf_', 'api_org_'], /(?<![A-Za-z0-9])(?:hf|api_org)_[A-Za-z0-9]{24,60}/g),
  token('Linear key', ['lin_api_', 'lin_oauth_'], /(?<![A-Za-z0-9])lin_(?:api|oauth)_[A-Za-z0-9]{32,100}/g),
  token('Telegram bot token', [':aa'], /(?<!\d)\d{6,16}:AA[\w-]{30,40}/g),
  token('Databricks token', ['dapi'], /(?<![A-Za-z0-9])dapi[a-f0-9]{32}(?:-\d)?/g),
  token('NuGet key', ['oy2'], /(?<![A-Za-z0-9])oy2[a-z0-9]{43}/g),
  token('RubyGems key', ['rubygems_'], /(?<![A-Za-z0-9])rubygems_[a-f0-9]{32,64}/g),
  token('crates.io token', ['cio'], /(?<![\w/.+-])cio[A-Za-z0-9]{32}/g),
  token(
    'Doppler token',
    ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    /(?<![\w.])dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{32,100}/g,
  ),
  token('Terraform Cloud token', ['.atlasv1.'], /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{40,100}/g),
  token(
    'Azure client secret',
    digits.map((digit) => `${digit}q~`),
    /(?<![\w~.])[\w~.]{3}\dQ~[\w~.-]{31,34}/g,
  ),
  token('Postman key', ['pmak-'], /(?<![A-Za-z0-9])PMAK-[a-f0-9]{24}-[a-f0-9]{34}/gi),
  token('Pulumi token', ['pul-'], /(?<![A-Za-z0-9])pul-[a-f0-9]{40}/g),
  token('PlanetScale token', ['pscale_'], /(?<![A-Za-z0-9])pscale_(?:tkn|oauth|pw)_[\w=.-]{32,64}/g),
  token('Sentry token', ['sntrys_', 'sntryu_'], /(?<![A-Za-z0-9])sntry[su]_[\w+/=]{40,600}/g),
  token('Notion token', ['ntn_'], /(?<![A-Za-z0-9])ntn_[0-9]{11}[A-Za-z0-9]{30,40}/g),
  token('Figma token', ['figd_'], /(?<![A-Za-z0-9])figd_[\w-]{30,60}/g),
  token('New Relic key', ['nrak-', 'nrii-', 'nrjs-'], /(?<![A-Za-z0-9])NR(?:AK|II|JS)-[A-Za-z0-9-]{19,40}/g),
  token('Dynatrace token', ['dt0c01.', 'dt0s01.'], /(?<![A-Za-z0-9])dt0[cs]01\.[A-Z0-9]{24}\.[A-Z0-9]{64}/gi),
  token('SonarQube token', ['sqp_', 'squ_', 'sqa_'], /(?<![A-Za-z0-9])sq[pua]_[a-f0-9]{40}/g),
  token(
    'Artifactory key',
    ['akcp', 'cmvmd'],
    /(?<![A-Za-z0-9+/])(?:AKCp[A-Za-z0-9]{69}|cmVmd[A-Za-z0-9]{59})/g,
  ),
  token('1Password token', ['ops_eyj'], /(?<![A-Za-z0-9])ops_eyJ[A-Za-z0-9+/]{100,2000}={0,3}/g),
  token(
    'Fly.io token',
    ['fm1a_', 'fm1r_', 'fm2_', 'fo1_'],
    /(?<![A-Za-z0-9])(?:fo1_[\w-]{40,60}|fm(?:1[ar]|2)_[A-Za-z0-9+/]{100,2000}={0,3})/g,
  ),
  token('Square token', ['sq0atp-', 'sq0csp-'], /(?<![A-Za-z0-9])sq0(?:atp|csp)-[\w-]{22,60}/g),
  token('Brevo key', ['xkeysib-'], /(?<![A-Za-z0-9])xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}/g),
  token('Tailscale key', ['tskey-'], /(?<![A-Za-z0-9])tskey-[a-z]{3,10}-[\w-]{16,80}/g),
  token('OpenShift token', ['sha256~'], /(?<![A-Za-z0-9])sha256~[\w-]{43}/g),
  // https://www.rfc-editor.org/rfc/rfc7519: the header is an object in base64url, which begins with `{"`.
  token('JSON web token', ['eyj'], /(?<![\w-])eyJ[\w-]{8,4000}\.[\w-]{2,8000}(?:\.[\w-]{0,4000}){0,3}/g),
];
