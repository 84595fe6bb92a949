import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { grown, type Pump, pumpsFor } from './pumps.ts';

/** Every regular expression of a source, as it is written. */
function literalsIn(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(`src/${file}`, 'utf8'), ts.ScriptTarget.ESNext, true);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found];
}

function patternOf(literal: string): RegExp {
  const end = literal.lastIndexOf('/');
  // One that is tried where the last ended, or at each of many places, must be linear at all of them together.
  const flags = new Set(literal.slice(end + 1).replace('y', 'g'));
  return new RegExp(literal.slice(1, end), [...flags].join(''));
}

/** Of the processor: how busy the machine is adds nothing to them. */
function millisecondsFor(pattern: RegExp, text: string): number {
  const begun = process.cpuUsage();
  if (pattern.global) text.replace(pattern, '');
  else pattern.test(text);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e3;
}

/** The least of several tries: what else the machine does can only add to it. */
function leastFor(pattern: RegExp, text: string): number {
  return Math.min(...[1, 2, 3].map(() => millisecondsFor(pattern, text)));
}

/** Milliseconds within which a pattern is through with a first text, if it is linear. */
const quick = 2;
const first = 5_000;
const short = 5_000;

/** In proportion four times the text takes four times as long, in proportion to its square sixteen times. */
function growsFaster(pattern: RegExp, pump: Pump): boolean {
  if (millisecondsFor(pattern, grown(pump, first)) < quick) return false;
  if (leastFor(pattern, grown(pump, short * 4)) / leastFor(pattern, grown(pump, short)) < 9) return false;
  // A pattern that looks as far as a limit of its own begins as if it had none.
  const [shorter, longer] = [12_000, 36_000].map((length) =>
    Math.min(...[1, 2].map(() => millisecondsFor(pattern, grown(pump, length)))),
  );
  return (longer ?? 0) / (shorter ?? 1) > 5.5;
}

function problemOf(pattern: RegExp): Pump | null {
  return pumpsFor(pattern).find((pump) => growsFaster(pattern, pump)) ?? null;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const all = files.map((file) => ({ file, literals: literalsIn(file) }));

const ownAddress = 'an address that the project or the job was set up with';
const number = 'digits of a number that Herald formats';
const word = 'tried on words of at most 400 characters, see `longestWord`';
const token =
  'tried once where the last match ended; the first that does not match ends the reading, see where it is used';
const line = 'tried once, at the start of a line';
const ownOption =
  'an option of the job, or a rule of the default branch: who writes it could as well let the job sleep';

/** Patterns that never meet a long text of strangers, by file and expression, and why. */
const exempt: Readonly<Record<string, string>> = {
  [String.raw`cli/bot.ts /\/+$/`]: ownAddress,
  [String.raw`context/server-address.ts /\/+$/`]: ownAddress,
  [String.raw`context/setup-target.ts /^\/+|\/+$/g`]: ownAddress,
  [String.raw`doctor/trigger-address.ts /^(https?:\/\/[^/?#]+)[^?#]*\/projects\/([^/?#]+)\/(?:ref\/([^/?#]+)\/)?trigger\/pipeline\?([^#]*)/i`]:
    ownAddress,
  [String.raw`context/setup-target.ts /\/+$/`]: ownAddress,
  [String.raw`gitlab/transport/open-line.ts /\/+$/`]: ownAddress,
  [String.raw`sentry/client.ts /\/+$/`]: ownAddress,
  [String.raw`setup/receiver-webhook.ts /\/+$/`]: ownAddress,
  [String.raw`setup/wanted-webhook.ts /\/+$/`]: ownAddress,
  [String.raw`usecases/setup/instructions.ts /\/+$/`]: ownAddress,
  [String.raw`gitlab/transport/token-mask.ts /=+$/`]: 'the base64 of a token',
  [String.raw`demo/routes-pipelines.ts /^\/projects\/([^/]+)\/jobs\/artifacts\/(.+?)\/raw\/(.+)$/`]:
    'paths that the demo asks its own server for',
  [String.raw`render/words/format-metric.ts /\B(?=(\d{3})+$)/g`]: number,
  [String.raw`render/words/format-number.ts /\B(?=(\d{3})+$)/g`]: number,
  [String.raw`webhooks/why-broken.ts /"[^"\\\x00-\x1f]*(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*)*"/y`]: token,
  [String.raw`webhooks/why-broken.ts /"[^"\\\x00-\x1f]*(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*)*\\?$/y`]: token,
  [String.raw`webhooks/why-broken.ts /(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|-?\d+\.|-?\d+(?:\.\d+)?[eE][+-]?)$/y`]:
    token,
  [String.raw`render/markdown/reader/gitlab-blocks.ts />{3,}(?=[ \t]*$)/y`]: line,
  [String.raw`render/markdown/reader/gitlab-blocks.ts /\[\^([^\] \t]+)\]:[ \t]*/y`]: line,
  [String.raw`render/markdown/reader/gitlab-inlines.ts /[a-z]*$/i`]: 'tried on the last twenty characters',
  [String.raw`render/markdown/reader/open-elements.ts /<!--(?:-?>|(?:(?!--!?>)[^])*--!?>)|<(?:\?|![a-z])[^<>]*>|<!\[CDATA\[[^<>]*\]\]>/iuy`]:
    token,
  [String.raw`render/markdown/risky-token.ts /[A-Z][A-Z0-9_]+-\d/`]: word,
  [String.raw`render/markdown/risky-token.ts /\/.*>/`]: word,
  [String.raw`io/glob-pattern.ts /(?:\\.|\{[^}]*\}|\[[^\]]*\]|[^/])+/gs`]: ownOption,
  [String.raw`patterns/pattern-tree.ts /\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\c[A-Za-z]|\\[^]|\[(?:\\[^]|[^\]\\])*\]|\(\?(?:<[A-Za-z_$][\w$]*>|<=|<!|[=!:])|[()|^$]|[*+?]\??|\{\d+(?:,\d*)?\}\??|[^]/g`]:
    ownOption,
  [String.raw`patterns/pattern-tree.ts /^\{(\d+)(,)?(\d*)\}\??$/`]: ownOption,
  [String.raw`bot/rules/glob-expression.ts /(?<=^|[/{,])\*\*\/|(?<=^|[/{,])\*\*(?=$|[},])|\*+|\[[!^]?\]?[^\]]*\]|\\[^]|[^]/g`]:
    ownOption,
  [String.raw`reports/sniff.ts /<(\w+):\w+[^>]*?\sxmlns:\1\s*=\s*["']([^"']*)["']/`]:
    'tried on the first 2,048 bytes of a file',
  [String.raw`reports/formats/openmetrics.ts /\s*([a-zA-Z_][\w.]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|\})/y`]:
    'tried at 32 places of a line at most, see `maxLabels`',
  [String.raw`render/markdown/safe-pieces.ts /^([("'“‘«]*)(.*?)([.,;:!?)"'”’»]*)$/su`]: word,
};

describe('no regular expression takes longer than in proportion to a text', () => {
  test.each([/^(`{3,}|~{3,})(.*)$/, /\[((?:[^[\]\\]|\\.)+)\]\(\d+\)/g])('%s is found', (pattern) => {
    expect(problemOf(pattern)).not.toBeNull();
  });

  test.each([/^\s*>>>\s*$/, /(?<!\\)\|$/, /`+/g, /^[a-z]{1,100}x/])('%s is not', (pattern) => {
    expect(problemOf(pattern)).toBeNull();
  });

  test('of those in src/, but for those that meet no long text of strangers', () => {
    const slow = all.flatMap(({ file, literals }) =>
      literals.flatMap((literal) => {
        const name = `${file} ${literal}`;
        if (Object.hasOwn(exempt, name)) return [];
        const pump = problemOf(patternOf(literal));
        return pump === null ? [] : [`${name} with ${JSON.stringify(pump)}`];
      }),
    );
    expect(slow).toEqual([]);
  });

  test('no exemption outlives its expression', () => {
    const known = new Set(
      all.flatMap(({ file, literals }) => literals.map((literal) => `${file} ${literal}`)),
    );
    expect(Object.keys(exempt).filter((name) => !known.has(name))).toEqual([]);
  });
});
