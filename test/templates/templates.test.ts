import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadOptions } from '../../src/config/load.ts';
import { reportOptions } from '../../src/config/report-options.ts';
import { version } from '../../src/version.ts';
import { type Context, interpolated } from './gitlab-interpolation.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Input = Readonly<Record<'default' | 'type' | 'regex' | 'options' | 'description', unknown>>;
type Value = Readonly<Record<string, unknown>>;

interface Template {
  readonly spec: { readonly inputs: Readonly<Record<string, Input | null>>; readonly component?: unknown };
  readonly body: Value;
}

function read(path: string): Template {
  const [header = '', body = ''] = readFileSync(join(root, 'templates', path), 'utf8').split(/^---\n/m);
  return { ...(parse(header) as Pick<Template, 'spec'>), body: parse(body) as Value };
}

const report = read('report/template.yml');
const bot = read('bot/template.yml');
const digest = read('digest/template.yml');
const legacyReport = read('report/template.legacy.yml');
const legacyBot = read('bot/template.legacy.yml');
const legacyDigest = read('digest/template.legacy.yml');

/** The component's job as GitLab makes it, with the inputs that somebody gives. */
function jobOf({ spec, body }: Template, given: Value, component: Value = {}): Value {
  const defaults = new Map(Object.entries(spec.inputs).map(([name, input]) => [name, input?.default]));
  const inputs: Context = { ...Object.fromEntries(defaults), ...given };
  const context = {
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value])),
    ...Object.fromEntries(Object.entries(component).map(([name, value]) => [`component.${name}`, value])),
  };
  const [job] = Object.values(interpolated(body, context) as Value);
  return job as Value;
}

const byTag = { name: 'report', reference: '0.1.0', sha: 'a'.repeat(40), version: '0.1.0' };
const byBranch = { name: 'report', reference: 'main', sha: 'b'.repeat(40), version: null };
const required = { image: 'registry.example.com/my-group/herald:0.1.0' };

function variablesOf(job: Value): Readonly<Record<string, string>> {
  return job['variables'] as Readonly<Record<string, string>>;
}

function optionsOf(job: Value) {
  return loadOptions(reportOptions, { flags: {}, variables: variablesOf(job), files: null });
}

describe('the report component', () => {
  test.each([
    ['a version of the catalog', byTag],
    ['a branch, of which GitLab knows no version', byBranch],
  ])('included by %s gives a job that GitLab takes', (_name, component) => {
    const job = jobOf(report, required, component);
    // lib/gitlab/ci/config/entry/variable.rb: texts and whole numbers, in old versions nothing else.
    const refused = Object.entries(variablesOf(job)).filter(
      ([, value]) => typeof value !== 'string' && !Number.isInteger(value),
    );
    expect(refused).toEqual([]);
    expect(job['dependencies']).toEqual([]);
    expect(job['image']).toBe(required.image);
    expect(JSON.stringify(job)).not.toContain('$[[');
  });

  test('with no input set leaves every option to the file', async () => {
    const { provenance } = await optionsOf(jobOf(report, required, byTag));
    expect(new Set(Object.values(provenance).map(({ kind }) => kind))).toEqual(new Set(['default']));
  });

  test('hands typed inputs to Herald as they are', async () => {
    const given = {
      ...required,
      reports: ['a/*.xml', '**/*.{json,sarif}', 'it\'s $(touch pwned) `x` "y"'],
      'fail-on': ['new-failures', 'coverage-drop>0.5'],
      inline: ['findings', 'tests'],
      'max-characters': 5_000,
      'allow-labels': false,
      strict: true,
      title: `"$(touch pwned)"`,
    };
    const { options, provenance } = await optionsOf(jobOf(report, given, byTag));
    expect(options).toMatchObject({
      reports: given.reports,
      failOn: given['fail-on'],
      inline: given.inline,
      maxCharacters: 5_000,
      allowLabels: false,
      strict: true,
      title: given.title,
    });
    expect(provenance['reports']).toMatchObject({ kind: 'input', variable: 'HERALD_REPORTS' });
  });

  test('downloads the artifacts of the jobs that are named', () => {
    expect(jobOf(report, { ...required, 'artifacts-from': ['test'] }, byTag)['dependencies']).toEqual([
      'test',
    ]);
  });

  test('says its version, whatever GitLab knows of it', () => {
    expect(variablesOf(jobOf(report, required, byBranch))['HERALD_COMPONENT_VERSION']).toBe(version);
  });
});

describe.each([
  ['report', report],
  ['bot', bot],
  ['digest', digest],
])('the image of the %s component', (_name, { spec }) => {
  const { image } = spec.inputs;
  const isTaken = (value: string): boolean => new RegExp(String(image?.regex)).test(value);

  test('must be given: there is no place that every instance has', () => {
    expect(image).not.toHaveProperty('default');
  });

  test.each([
    'registry.example.com/my-group/herald:0.1.0',
    'registry.example.com:5050/my-group/herald:0.1.0',
    `registry.example.com/my-group/herald@sha256:${'a'.repeat(64)}`,
  ])('can be %s', (value) => {
    expect(isTaken(value)).toBe(true);
  });

  test.each([
    '',
    'registry.example.com/my-group/herald',
    'registry.example.com/my-group/herald:',
    'registry.example.com:5050/my-group/herald',
    'registry.example.com/my-group/herald: 0.1.0',
  ])('cannot be "%s", which names no version', (value) => {
    expect(isTaken(value)).toBe(false);
  });
});

describe.each([
  ['component', bot],
  ['legacy template', legacyBot],
])('the queue of the bot (%s)', (_name, template) => {
  const group = String(
    jobOf(template, { ...required, server: 'https://gitlab.example.com' })['resource_group'],
  );
  const keyFor = (shortToken: string): string => group.replace('$CI_TRIGGER_SHORT_TOKEN', shortToken);

  test('is one for each trigger token, and one for everything else', () => {
    expect(['1a2b', '3c4d', ''].map(keyFor)).toEqual(['herald-bot-1a2b', 'herald-bot-3c4d', 'herald-bot-']);
  });

  // GitLab makes no resource group of another key: lib/gitlab/regex.rb, environment_name_regex.
  test.each(['1a2b', '-_9Z', ''])('has a name that GitLab takes, with the short token "%s"', (shortToken) => {
    expect(keyFor(shortToken)).toMatch(/^[\w${}. -](?:[\w/${}. -]*[\w${}. -])?$/);
  });
});

test.each([
  ['bot', bot],
  ['digest', digest],
])('the image of the %s holds no variable', (_name, { spec }) => {
  expect('$CI_REGISTRY_IMAGE:0.1.0').not.toMatch(new RegExp(String(spec.inputs['image']?.regex)));
});

describe.each([
  ['report', report, legacyReport],
  ['bot', bot, legacyBot],
  ['digest', digest, legacyDigest],
])('the legacy template of %s', (_name, current, legacy) => {
  /**
   * What GitLab 16.0 knows; later keywords with the version that brought them, from the history notes of
   * https://docs.gitlab.com/ci/yaml/ and https://docs.gitlab.com/ci/inputs/.
   */
  const later = { type: '16.3', description: '16.5', regex: '16.5', options: '16.6' };
  const jobKeywords = [
    'stage',
    'image',
    'inherit',
    'dependencies',
    'resource_group',
    'rules',
    'variables',
    'script',
    'allow_failure',
    'interruptible',
    'timeout',
    'retry',
    'artifacts',
  ];
  const artifactsKeywords = ['when', 'expose_as', 'expire_in', 'paths'];

  test('has the inputs of the component, as texts', () => {
    const names = Object.keys(current.spec.inputs).filter((name) => name !== 'artifacts-from');
    expect(Object.keys(legacy.spec.inputs)).toEqual(names);
    for (const input of Object.values(legacy.spec.inputs))
      if (input !== null) expect(input).toEqual({ default: expect.any(String) as unknown });
  });

  test('uses nothing that GitLab 16.0 does not know', () => {
    expect(Object.keys(legacy.spec)).toEqual(['inputs']);
    const keys = Object.values(legacy.spec.inputs).flatMap((input) => Object.keys(input ?? {}));
    expect(keys.filter((key) => Object.hasOwn(later, key))).toEqual([]);
    const [job] = Object.values(legacy.body) as Value[];
    expect(Object.keys(job ?? {}).filter((key) => !jobKeywords.includes(key))).toEqual([]);
    const artifacts = Object.keys(job?.['artifacts'] ?? {});
    expect(artifacts.filter((key) => !artifactsKeywords.includes(key))).toEqual([]);
    expect(JSON.stringify(legacy.body)).not.toContain('component.');
  });

  test('would have found what the component itself uses', () => {
    const keys = Object.values(current.spec.inputs).flatMap((input) => Object.keys(input ?? {}));
    expect(keys.filter((key) => Object.hasOwn(later, key)).length).toBeGreaterThan(0);
  });

  test('differs in nothing else from the job of the component', () => {
    const [name] = Object.keys(legacy.body);
    expect(name).toBe(Object.keys(current.body)[0]);
    const [mine, theirs] = [legacy, current].map(({ body }) => Object.values(body)[0] as Value);
    const differing = Object.keys(theirs ?? {}).filter(
      (key) => JSON.stringify(mine?.[key]) !== JSON.stringify(theirs?.[key]),
    );
    expect(differing).toEqual(current === report ? ['dependencies', 'variables'] : ['script', 'artifacts']);
  });
});

describe('the legacy report job', () => {
  test('with no input set leaves every option to the file', async () => {
    const { provenance } = await optionsOf(jobOf(legacyReport, required));
    expect(new Set(Object.values(provenance).map(({ kind }) => kind))).toEqual(new Set(['default']));
  });

  test('hands inputs to Herald as the component does', async () => {
    const given = { ...required, 'fail-on': 'new-failures, coverage<80', strict: 'true', 'max-inline': '7' };
    const { options } = await optionsOf(jobOf(legacyReport, given));
    expect(options).toMatchObject({ failOn: ['new-failures', 'coverage<80'], strict: true, maxInline: 7 });
  });
});

test('the legacy bot lets a shell expand nothing in an input', () => {
  const [job] = Object.values(legacyBot.body) as Value[];
  const command = (job?.['script'] as string[]).at(-1) ?? '';
  const inputs = [...command.matchAll(/--[\w-]+=(\S*)\$\[\[ inputs\.([\w-]+) \]\]/g)];
  const quoted = inputs.filter(([, before]) => before === "'").map(([, , name]) => name);
  expect(quoted).toEqual([
    'server',
    'config',
    'log-level',
    'rotate-before',
    'projects',
    'deny',
    'sentry-server',
    'sentry-org',
    'sentry-projects',
    'sentry-token-variable',
  ]);
  expect(inputs.filter(([, before]) => before !== "'").map(([, , name]) => name)).toEqual([
    'max-wait',
    'dry-run',
  ]);
});

test('the legacy digest lets a shell expand nothing in an input that is a text', () => {
  const [job] = Object.values(legacyDigest.body) as Value[];
  const command = (job?.['script'] as string[]).at(-1) ?? '';
  const inputs = [...command.matchAll(/--[\w-]+=(\S*)\$\[\[ inputs\.([\w-]+) \]\]/g)];
  const bare = inputs.filter(([, before]) => before !== "'").map(([, , name = '']) => name);
  const texts = Object.entries(digest.spec.inputs).filter(
    ([, input]) => (input?.type ?? 'string') === 'string',
  );
  expect(bare.filter((name) => texts.some(([text]) => text === name))).toEqual([]);
  expect(inputs.length).toBeGreaterThan(20);
});
