import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { version } from '../src/version.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('package.json, the source, the changelog and the include lines name one version', () => {
  expect((JSON.parse(read('package.json')) as { version: string }).version).toBe(version);
  expect(/^## (\d+\.\d+\.\d+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  const included = [
    ...`${read('README.md')}${read('docs/guides/bot.md')}${read('docs/guides/forks.md')}${read('docs/guides/install.md')}${read('docs/examples/bot-project/.gitlab-ci.yml')}${read('docs/examples/receiver/bot-project.gitlab-ci.yml')}`.matchAll(
      /\/(?:report|bot)@(\S+)/g,
    ),
  ].map(([, at]) => at);
  expect(new Set(included)).toEqual(new Set([version]));
});

/** The texts of a source file, without its comments and without the pages that say what a format is. */
function textsOf(path: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'specification') return;
    const isText =
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isRegularExpressionLiteral(node);
    if (isText) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
  return texts;
}

describe('the code and the templates name no instance of GitLab: Herald runs wherever it is included', () => {
  /** Hosts that may stand in a text, with the reason; no GitLab runs there. */
  const allowed: Readonly<Record<string, string>> = {
    'gitlab.example.com': 'an example in help and hints',
    'wiki.example.com': 'an example in help',
    'jira.example.com': 'an example of a tracker in help',
    'sentry.example.com': 'an example of an error tracker in help',
    'herald.example.com': 'an example of a receiver in help and hints',
    '127.0.0.1': 'where the embedded GitLab of the demo listens',
    embedded: 'stands for the embedded GitLab before its port is known',
    'docs.gitlab.com': 'pages that describe webhook events',
    'www.conventionalcommits.org': 'the page that a reminder links to',
    'www.w3.org': 'the namespace of a sample report',
    'json-schema.org': 'the $schema of the schema of .herald.yml',
    'json.schemastore.org': 'the $schema of SARIF files that herald convert writes',
    'biomejs.dev': 'pages of rules that findings link to',
    'doc.rust-lang.org': 'pages of errors that findings link to',
    'nvd.nist.gov': 'pages of vulnerabilities that findings link to',
    'osv.dev': 'pages of vulnerabilities that findings link to',
    'phpstan.org': 'pages of errors that findings link to',
    'realm.github.io': 'pages of SwiftLint’s rules that findings link to',
    'rust-lang.github.io': 'pages of Clippy’s lints that findings link to',
    'rustsec.org': 'pages of advisories that findings link to',
    'security.snyk.io': 'pages of vulnerabilities that findings link to',
    'eslint.org': 'pages of rules that findings link to',
    'github.com': 'pages of rules that findings link to',
    'pylint.readthedocs.io': 'pages of rules that findings link to',
    'staticcheck.dev': 'pages of rules that findings link to',
    'stylelint.io': 'pages of rules that findings link to',
    'www.shellcheck.net': 'pages of rules that findings link to',
  };
  /** Public GitLabs, by the names that they go by without a scheme, too. */
  const instances =
    /(?<![\w.-])(?:gitlab\.(?!example\.com|yml\b|ts\b|tpl\b)[a-z]+(?:\.[a-z]+)*|jihulab\.com|salsa\.debian\.org|invent\.kde\.org|framagit\.org|git\.drupalcode\.org|0xacab\.org)\b/;
  const lines = filesIn('templates').flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => !/^\s*#/.test(line)),
  );
  const texts = [...filesIn('src').flatMap(textsOf), ...lines];

  test('every address leads to a host that is allowed, for a reason', () => {
    const hosts = texts.flatMap((one) =>
      [...one.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host = '']) => host),
    );
    expect(new Set(hosts)).toEqual(new Set(Object.keys(allowed)));
  });

  test('no GitLab given without an address', () => {
    expect(texts.filter((one) => instances.test(one))).toEqual([]);
  });

  test.each(['https://gitlab.com/x', 'gitlab.gnome.org', 'gitlab.freedesktop.org/x', 'salsa.debian.org'])(
    'it would find %s',
    (one) => {
      expect(one).toMatch(instances);
    },
  );
});

test('every promise of SECURITY.md names tests, and they are there', () => {
  const [, table = ''] = read('SECURITY.md').split('## What Herald promises');
  const rows = (table.split('\n## ')[0] ?? '').split('\n').filter((line) => /^\| (?!Promise|---)/.test(line));
  expect(rows.length).toBeGreaterThan(8);
  const withoutTests = rows.filter((row) => !/`test\/[^`]+` \|$|`test\/[^`]+`, /.test(row));
  expect(withoutTests).toEqual([]);
  const named = [...read('SECURITY.md').matchAll(/`((?:test|src)\/[^`]+)`/g)].map(([, path = '']) => path);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the lockfile names no registry host', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved"/);
});

test('a decision on record says why Herald is no integration inside GitLab’s product', () => {
  const decision = read('docs/decisions/0006-no-integration-inside-gitlab.md');
  for (const part of ['**Situation.**', '**Decision.**', '**What we give up.**', 'Ruby'])
    expect(decision).toContain(part);
});

describe('what runs with the token is pinned', () => {
  test('the image has its base by digest, and no root', () => {
    const dockerfile = read('Dockerfile');
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=\S+@sha256:[0-9a-f]{64}$/m);
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('RUN '));
  });

  test('no image of the pipeline is the latest of something', () => {
    expect(read('.gitlab-ci.yml')).not.toMatch(/:latest\b/);
  });

  test('the artifacts of the bot are for developers', () => {
    expect(read('templates/bot/template.yml')).toMatch(/artifacts:\n(?: {4}.*\n)* {4}access: developer\n/);
  });
});
