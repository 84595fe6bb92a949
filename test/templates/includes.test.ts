import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Input {
  readonly type?: string;
  readonly default?: unknown;
  readonly regex?: string;
  readonly options?: readonly unknown[];
}

/** One `include` of a Herald template, somewhere in the docs. */
interface Include {
  readonly where: string;
  readonly component?: string;
  readonly project?: string;
  readonly file?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function yamlIn(path: string): readonly string[] {
  const text = readFileSync(join(root, path), 'utf8');
  if (!path.endsWith('.md')) return [text];
  return [...text.matchAll(/^ *```ya?ml\n([^]*?)^ *```/gm)].map(([, yaml = '']) => yaml);
}

/** The includes of a pipeline's configuration; GitLab takes one of them without a list, too. */
function includesIn(yaml: string): readonly Omit<Include, 'where'>[] {
  // Below a header that declares inputs, where there is one.
  const [header = '', body = header] = yaml.split(/^---\n/m);
  const value = parse(body, { logLevel: 'silent' }) as { include?: unknown } | null;
  const included = typeof value === 'object' && value !== null ? [value.include].flat() : [];
  return included.filter((one): one is Include => typeof one === 'object' && one !== null);
}

const pages = [
  'README.md',
  '.gitlab-ci.yml',
  ...filesUnder('docs').filter((path) => /\.(?:md|ya?ml)$/.test(path)),
];
const includes: readonly Include[] = pages
  .flatMap((where) => yamlIn(where).flatMap((yaml) => includesIn(yaml).map((one) => ({ ...one, where }))))
  .filter(({ component = '', file = '' }) =>
    /\/(?:report|bot|digest)@|template\.legacy\.yml$/.test(component + file),
  );

function inputsOf({ component, file }: Include): Readonly<Record<string, Input | null>> {
  const name = /\/(\w+)@/.exec(component ?? '')?.[1] ?? '';
  const path = file ?? `templates/${name}/template.yml`;
  const [header = ''] = readFileSync(join(root, path), 'utf8').split(/^---\n/m);
  return (parse(header) as { spec: { inputs: Record<string, Input | null> } }).spec.inputs;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

/** What GitLab would say: lib/gitlab/ci/config/interpolation/inputs/base_input.rb. */
function refusals(include: Include): readonly string[] {
  const declared = inputsOf(include);
  const given = include.inputs ?? {};
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    if (!Object.hasOwn(declared, name)) return [`${name}: no such input`];
    const { type = 'string', regex, options } = declared[name] ?? {};
    if (typeOf(value) !== type) return [`${name}: is not a ${type}`];
    if (options !== undefined && !options.includes(value)) return [`${name}: not in the list of options`];
    return regex !== undefined && !new RegExp(regex).test(String(value)) ? [`${name}: wrong form`] : [];
  });
  const missing = Object.entries(declared)
    .filter(([name, input]) => !Object.hasOwn(input ?? {}, 'default') && !Object.hasOwn(given, name))
    .map(([name]) => `${name}: required value has not been provided`);
  return [...wrong, ...missing];
}

describe('the includes that the docs show', () => {
  test('are there', () => {
    expect(includes.length).toBeGreaterThan(10);
  });

  test.each(includes.map((include) => [include.where, include] as const))(
    'in %s have inputs that GitLab takes',
    (_where, include) => {
      expect(refusals(include)).toEqual([]);
    },
  );

  test.each(includes.map((include) => [include.where, include] as const))(
    'in %s name a path that reads as a placeholder, or their own project',
    (_where, { component = '', project = '' }) => {
      expect(component + project).toMatch(
        /^(?:[\w$.]+\/)?(?:my-group\/herald|\$CI_PROJECT_PATH)(?:\/\w+@\S+)?$/,
      );
    },
  );

  test('would be found when they are wrong', () => {
    const where = 'a test';
    const component = 'gitlab.example.com/my-group/herald/report@0.1.0';
    const inputs = { reports: 'a.xml', comment: 'loud', image: 'no-tag', strict: true, none: 1 };
    expect(refusals({ where, component, inputs })).toEqual([
      'reports: is not a array',
      'comment: not in the list of options',
      'image: wrong form',
      'none: no such input',
    ]);
    expect(refusals({ where, component })).toEqual(['image: required value has not been provided']);
    const file = 'templates/report/template.legacy.yml';
    expect(refusals({ where, file, inputs: { image: 'a:1', strict: true } })).toEqual([
      'strict: is not a string',
    ]);
  });

  test('no page names a place that an instance may not have', () => {
    const texts = [...pages, ...filesUnder('templates')].filter((path) =>
      /(?:^|[\s/"'])herald\/herald(?:[/:@"'\s]|$)/m.test(
        readFileSync(join(root, path), 'utf8').replaceAll('/usr/local/lib/herald/herald.mjs', ''),
      ),
    );
    expect(texts).toEqual([]);
  });
});
