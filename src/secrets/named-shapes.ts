import { after, isMasked, type SecretShape } from './shape.ts';
import { masked, type Span, withoutSpans } from './spans.ts';

/** A word of prose: it follows a colon in a sentence, and is hardly ever a secret. */
function isProse(value: string, rest: string): boolean {
  return /^[A-Z]?[a-z_]{1,24}[:,.]?$/.test(value) && /^[.:,]?[ \t]+\S/.test(rest);
}

/** Values that describe a secret, or say that there is none, and names of variables that hold one. */
const saysNothing =
  /^(?:null|undefined|nil|none|true|false|yes|no|empty|missing|invalid|expired|required|optional|string|str|number|int|integer|bool|boolean|bytes|any|unknown|object|self|this|\*{3,}|x{3,}|\.{3,}|<[a-z][a-z _-]*>?)$/i;
/**
 * Placeholders of a value in code and in templates: `$TOKEN`, `process.env.TOKEN`, `this.token`,
 * `getToken(user)`.
 */
const namesVariable =
  /^(?:\$\{?[A-Z_][A-Z0-9_]*\}?|%[A-Z_][A-Z0-9_]*%|\{\{.*|(?:process\.env|os\.environ|secrets|vars|env|this|self|config|settings|options|props|params|args|request)[.[][A-Za-z_'"[\].]*|[A-Za-z_]{0,40}[a-z][A-Z.][A-Za-z_.]{0,40}\(.*)$/;

const quoted = /^(\\{0,3}["'])(.*?)(\\{0,3}["'])$/s;

/** The value without its quotes and without brackets that the text around it closes. */
function valueParts(value: string): readonly [string, string, string] {
  const [, open = '', inside = value, close = ''] = quoted.exec(value) ?? [];
  if (open !== '') return [open, inside, close];
  const end = /[\])}>.:]{1,5}$/.exec(value)?.[0] ?? '';
  return ['', value.slice(0, value.length - end.length), end];
}

function isValue(
  inside: string,
  { isQuoted, name, rest }: { isQuoted: boolean; name: string; rest: string },
): boolean {
  if (inside === '' || isMasked(inside) || saysNothing.test(inside) || namesVariable.test(inside))
    return false;
  if (isQuoted) return true;
  // `tokens: 1204` and the like count something.
  if (/^\d{1,6}$/.test(inside) && !/pass|pwd/i.test(name)) return false;
  return !(/:[ \t]*$/.test(name) && isProse(inside, rest));
}

// The name stays, the value goes: `name=value`, `"name": "value"`, `name => value`, also as JSON inside of JSON.
const NAMED =
  /((?:(?:password|passwd|passphrase|secret|credential)\w{0,30}|\bpwd|pass(?==)|(?:token|(?:api|access|private|account|signing|encryption)[_-]?key)(?:[_-]\w{0,30})?|\b_auth|"auth)(?:\\{0,3}["'])?[ \t]{0,3}(?:=>|[:=])[ \t]{0,3})("[^"]{1,4000}"|'[^']{1,4000}'|\\{1,3}"[^"\\]{1,4000}\\{1,3}"|[^\s"',;&]{3,4000})/gi;

const named: SecretShape = {
  name: 'value of a name like "password"',
  hints: [
    'passw',
    'passphrase',
    'secret',
    'credential',
    'pwd',
    'pass=',
    'token',
    '_key',
    '-key',
    'apikey',
    'accesskey',
    'privatekey',
    'accountkey',
    'signingkey',
    'encryptionkey',
    '_auth',
    '"auth',
  ],
  hide(text) {
    const spans: Span[] = [];
    for (const match of text.matchAll(NAMED)) {
      const [whole, name = '', value = ''] = match;
      const [open, inside, close] = valueParts(value);
      const end = match.index + whole.length - close.length;
      const rest = text.slice(open === '' ? end : end + close.length, end + 40);
      const start = match.index + name.length + open.length;
      if (isValue(inside, { isQuoted: open !== '', name, rest })) spans.push({ start, end });
    }
    return spans.length === 0 ? text : withoutSpans(text, spans);
  },
};

const HEADER =
  /\b((?:proxy-)?authorization(?:\\{0,3}["'])?[ \t]{0,3}(?:=>|[:=,])[ \t]{0,3}(?:\[(?!MASKED))?(?:\\{0,3}["'])?)([^"'\\\r\n]{1,4000})/gi;
const scheme =
  /^(?:bearer|basic|digest|negotiate|ntlm|token|apikey|api-key|aws4-hmac-sha256|hawk|dpop|gnap|oauth|key)\b[ \t]/i;

const authorization: SecretShape = {
  name: 'authorisation header',
  hints: ['authorization'],
  hide: (text) =>
    text.replace(HEADER, (match: string, name: string, value: string) => {
      const [first = ''] = value.split(/[ \t]/, 1);
      const isSaid =
        !scheme.test(value) && (saysNothing.test(value) || isProse(first, value.slice(first.length)));
      return isSaid ? match : `${name}${masked}`;
    }),
};

const SCHEME = /\b((?:bearer|basic)[ \t]{1,3})([\w.~+/=-]{8,4000})/gi;

const bearer: SecretShape = {
  name: 'bearer or basic credentials',
  hints: ['bearer', 'basic'],
  hide: (text) =>
    text.replace(SCHEME, (match: string, name: string, value: string) =>
      /^[A-Z]?[a-z]{1,24}[.]?$|^[a-z]{1,24}=/.test(value) ? match : `${name}${masked}`,
    ),
};

const CURL = /\bcurl\b(?:[^\r\n\\]|\\\r?\n|\\(?!\r?\n)){0,4000}/g;
const CURL_USER =
  /((?:^|[\s"'])(?:-u|-U|--user|--proxy-user)[ \t=]{0,3}["']?)[^\s"':]{0,200}:[^\s"']{1,300}/g;

const FLAG =
  /((?<![\w-])--?(?:[a-z]{1,20}-){0,3}(?:password|passwd|passphrase|token|secret|api-key|access-key)[ \t]{1,3}["']?)(?![-"'])[^\s"']{3,500}/gi;

/** Parameters of addresses whose value is a secret, or proves the right to read what the address names. */
const parameters =
  'x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|x-goog-credential|awsaccesskeyid|googleaccessid|signature|sig|token|private_token|feed_token|rss_token|job_token|access_token|auth_token|id_token|refresh_token|client_secret|api_key|apikey|api-key|key|code|secret|password|passwd|pwd|jwt|sessionid|session_id';

/** Secrets that are recognised by the text before them. */
export const namedShapes: readonly SecretShape[] = [
  after('user in an address', ['://'], /(:\/\/)(?!git@)[^\s/@"'<>\\]{1,500}(?=@)/g),
  authorization,
  after(
    'cookie',
    ['cookie'],
    /\b((?:set-)?cookie2?(?:\\{0,3}["'])?[ \t]{0,3}(?:=>|[:,])[ \t]{0,3}(?:\[(?!MASKED))?(?:\\{0,3}["'])?)(?=[^\s"'=;\\]{1,100}=)[^"'\\\r\n]{1,4000}/gi,
  ),
  after(
    'token header',
    ['-token'],
    /\b((?:private|job|deploy|x-[\w-]{1,30})-token(?:\\{0,3}["'])?[ \t]{0,3}:[ \t]{0,3}(?:\\{0,3}["'])?)(?![$<])[^\s"'\\]{3,500}/gi,
  ),
  bearer,
  {
    name: 'user of curl',
    hints: ['curl'],
    hide: (text) => text.replace(CURL, (command) => command.replace(CURL_USER, `$1${masked}`)),
  },
  after('value of a flag', ['-passw', '-passphrase', '-token', '-secret', '-key'], FLAG),
  after(
    'password of netrc',
    ['login'],
    /(\blogin[ \t\r\n]{1,5}\S{1,100}[ \t\r\n]{1,5}password[ \t]{1,5})\S{3,200}/gi,
  ),
  after(
    'parameter of an address',
    [
      'signature=',
      'sig=',
      'token=',
      'credential=',
      'accesskeyid=',
      'accessid=',
      'secret=',
      'key=',
      'code=',
      'password=',
      'passwd=',
      'pwd=',
      'jwt=',
      'sessionid=',
      'session_id=',
    ],
    new RegExp(`([?&;#](?:${parameters})=)[^&\\s"'<>#)\\]\\\\;]{6,2000}`, 'gi'),
  ),
  after(
    'element of XML',
    ['passw', 'passphrase', 'secret', 'credential', 'token', 'key>'],
    /(<(?:[\w:.-]{0,30})(?:password|passphrase|secret|credentials?|token|secretaccesskey|apikey|privatekey)>\s{0,20})(?![\s<])[^<]{3,2000}/gi,
  ),
  named,
];
