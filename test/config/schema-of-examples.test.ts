import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Example {
  readonly where: string;
  readonly value: unknown;
}

function markdownUnder(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function examplesIn(path: string): readonly Example[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/^ *```ya?ml\n([^]*?)^ *```/gm)].map(({ 1: yaml = '', index }) => ({
    where: `${path}:${text.slice(0, index).split('\n').length}`,
    value: parse(yaml) as unknown,
  }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What only a pipeline's configuration has: an include, or a job. */
function isPipeline(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const isJob = (job: unknown): boolean =>
    isRecord(job) && ['script', 'image', 'extends', 'artifacts', 'trigger'].some((key) => key in job);
  return 'include' in value || 'spec' in value || Object.values(value).some(isJob);
}

const examples = ['README.md', ...markdownUnder('docs'), ...markdownUnder('templates')].flatMap(examplesIn);
/** A `.herald/quarantine.yml`. */
function isQuarantine(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => isRecord(item) && 'expires' in item);
}

const quarantines = examples.filter(({ value }) => isQuarantine(value));
const ofHerald = examples.filter(({ value }) => !isPipeline(value) && !isQuarantine(value));

describe('the JSON Schema of .herald.yml that editors use', () => {
  const schema = JSON.parse(readFileSync(join(root, 'docs/reference/herald.schema.json'), 'utf8')) as object;
  const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

  test('there are examples to look at, and none that is neither a pipeline nor of Herald', () => {
    expect(ofHerald.length).toBeGreaterThan(8);
    expect(examples.length).toBeGreaterThan(ofHerald.length);
  });

  test.each(ofHerald.map(({ where, value }) => [where, value] as const))(
    'takes the .herald.yml of %s',
    (_where, value) => {
      // A guide shows rules by themselves, too.
      const whole = Array.isArray(value) ? { bot: { rules: value as unknown[] } } : value;
      isValid(whole);
      expect(isValid.errors ?? []).toEqual([]);
    },
  );

  test.each<[string, unknown]>([
    ['a key that there is not', { detial: 'full' }],
    ['a value of another kind', { 'max-characters': 'many' }],
    ['a rule without actions', { bot: { rules: [{ name: 'a', on: 'note' }] } }],
    ['an event that there is not', { bot: { rules: [{ name: 'a', on: 'nothing', do: ['close'] }] } }],
    ['a ready-made set that there is not', { bot: { presets: { nothing: {} } } }],
  ])('refuses %s', (_name, value) => {
    expect(isValid(value)).toBe(false);
  });
});

describe('the JSON Schema of .herald/quarantine.yml that editors use', () => {
  const schema = JSON.parse(
    readFileSync(join(root, 'docs/reference/quarantine.schema.json'), 'utf8'),
  ) as object;
  const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

  test('takes the examples of the guides', () => {
    expect(quarantines.length).toBeGreaterThan(0);
    for (const { value } of quarantines) expect([isValid(value), isValid.errors]).toEqual([true, null]);
  });

  const entry = { test: 'a', reason: 'b', owner: 'c', expires: '2026-12-31' };

  test.each<[string, unknown]>([
    ['a key that there is not', { ...entry, until: 'x' }],
    ['a day that there is not', { ...entry, expires: '2026-02-30' }],
    ['a test and a glob', { ...entry, glob: 'a*' }],
    ['an entry without an owner', { test: 'a', reason: 'b', expires: '2026-12-31' }],
  ])('refuses %s', (_name, value) => {
    expect(isValid([value])).toBe(false);
  });
});
