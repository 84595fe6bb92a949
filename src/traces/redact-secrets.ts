const mask = '[MASKED]';

/** What looks like a secret wherever it stands. Sources: the prefixes that GitLab, GitHub, AWS and others document for their tokens. */
const tokens: readonly RegExp[] = [
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  /\bgl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct|wt|rtd)-[\w.=-]{8,300}/g,
  /\bGR1348941[\w-]{10,100}/g,
  /\b(?:gh[pousr]_\w{20,255}|github_pat_\w{20,255})/g,
  /(?<![A-Z0-9])(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,20}/g,
  /\bAIza[\w-]{30,60}/g,
  /\bxox[abeoprs]-[\w-]{8,255}/g,
  /\b(?:sk|rk|pk)_(?:live|test)_\w{8,255}/g,
  /\bsk-[\w-]{20,255}/g,
  /\b(?:npm_|pypi-|dop_v1_|hvs\.|hf_|dckr_pat_|SG\.)[\w.-]{16,300}/g,
  /\beyJ[\w-]{8,2000}\.[\w-]{2,2000}(?:\.[\w-]{0,2000})?/g,
];

/** `name=value`, `"name": "value"`, `--name value`: the name stays, the value goes. */
const NAMED =
  /((?:(?:password|passwd|passphrase|secret|credential)\w{0,30}|\bpwd|pass(?==)|(?:token|(?:api|access|private|account)[_-]?key)(?:[_-]\w{0,30})?)["']?[ \t]{0,3}(?:=>|[:=])[ \t]{0,3})(?:"[^"]{1,500}"|'[^']{1,500}'|[^\s"',;&]{3,500})/gi;
const FLAG = /(--?(?:password|passwd|token|secret|api-key)[ \t]{1,3})(?!-)[^\s]{3,500}/gi;
const HEADER =
  /\b((?:proxy-)?authorization(?!: server message: )["']?[ \t]{0,3}[:=][ \t]{0,3}["']?)[^"'\r\n]{1,2000}/gi;
const SCHEME = /\b(bearer|basic)[ \t]{1,3}[\w.~+/=-]{8,2000}/gi;
const TOKEN_HEADER =
  /\b((?:private|job|deploy|x-[\w-]{1,30})-token["']?[ \t]{0,3}:[ \t]{0,3})[^\s"']{3,500}/gi;
const USER_IN_ADDRESS = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"']{1,500}@/gi;

const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const KEY_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const maxKeyLines = 200;

/**
 * Replaces what looks like a secret by `[MASKED]`: tokens by their prefixes, JSON web tokens, values of names like `password`,
 * authorisation headers, users in addresses. Errs on the side of masking. Linear in the text's length, which must be bounded.
 */
export function redactSecrets(text: string): string {
  const named = text
    .replace(USER_IN_ADDRESS, `$1${mask}@`)
    .replace(HEADER, `$1${mask}`)
    .replace(TOKEN_HEADER, `$1${mask}`)
    .replace(SCHEME, `$1 ${mask}`)
    .replace(FLAG, `$1${mask}`);
  const bare = tokens.reduce((rest, pattern) => rest.replace(pattern, mask), named);
  return bare.replace(NAMED, `$1${mask}`);
}

/** Makes a function that hides the lines of private keys, which it must be given in order. */
export function createKeyHider(): (text: string) => string {
  let linesLeft = 0;
  return (text) => {
    if (linesLeft === 0) {
      if (!text.includes('PRIVATE KEY') || !KEY_BEGIN.test(text)) return text;
      linesLeft = KEY_END.test(text) ? 0 : maxKeyLines;
      return mask;
    }
    linesLeft = KEY_END.test(text) ? 0 : linesLeft - 1;
    return mask;
  };
}
