import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSettings } from '../../../src/bot/parse-settings.ts';
import { actionSpecs } from '../../../src/bot/rules/actions/registry.ts';
import { conditionSpecs } from '../../../src/bot/rules/conditions/registry.ts';
import { eventNames } from '../../../src/bot/rules/event-names.ts';
import { presets } from '../../../src/bot/rules/presets/registry.ts';
import { UsageError } from '../../../src/errors.ts';
import { mergeRequestActions } from '../../../src/webhooks/events/merge-request.ts';

const guide = readFileSync(new URL('../../../docs/guides/rules.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/^ *```yaml\n([^]*?)^ *```/gm)].map(([, yaml = '']) => yaml);

function settingsOf(yaml: string) {
  const value = parse(yaml) as unknown;
  return parseSettings(Array.isArray(value) ? { bot: { rules: value } } : value, null);
}

test('every example of the guide is rules as it is, to copy', () => {
  expect(blocks.length).toBeGreaterThan(3);
  for (const yaml of blocks) expect(settingsOf(yaml).rules.length).toBeGreaterThan(0);
});

test('the message of the guide is what Herald says about the first rule with such a placeholder', () => {
  const rule = blocks.find((yaml) => yaml.includes('rules:')) ?? '';
  const wrong = rule.replace(/\{author\}.*$/m, '{environment-name}');
  expect(wrong).not.toBe(rule);
  const message = /^error: (.*)$/m.exec(guide)?.[1] ?? '';
  expect(() => settingsOf(wrong)).toThrow(UsageError);
  expect(() => settingsOf(wrong)).toThrow(message);
});

test('the guide names every ready-made set', () => {
  expect(presets.map(({ name }) => name).filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});

test('rules can name every action of merge requests', () => {
  const names = eventNames.map(({ name }) => name);
  expect(mergeRequestActions.filter((action) => !names.includes(`merge_request.${action}`))).toEqual([]);
});

describe('the JSON Schema for editors', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../docs/reference/herald.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  const rule = (when: object, actions: unknown): object => ({
    bot: { rules: [{ name: 'a', on: 'note', when, do: actions }] },
  });

  test.each(conditionSpecs.map(({ key, example }) => [key, example] as const))(
    'takes %s: %s',
    (key, example) => {
      expect(isValid(rule(parse(`${key}: ${example}`) as object, ['close']))).toBe(true);
    },
  );

  test.each(actionSpecs.map(({ key, example }) => [key, example] as const))(
    'takes %s: %s',
    (key, example) => {
      const action = parse(example === '' ? key : `${key}: ${example}`) as unknown;
      expect(isValid(rule({}, [action]))).toBe(true);
    },
  );

  test.each([
    { bot: { ruls: [] } },
    { bot: { presets: { welcom: true } } },
    { bot: { presets: { stale: { 'warn-aftr': '1 day' } } } },
    rule({ lables: 'x' }, ['close']),
    rule({ not: { lables: 'x' } }, ['close']),
    rule({ draft: 'yes' }, ['close']),
    rule({}, [{ lable: 'x' }]),
    rule({}, ['clos']),
    { bot: { rules: [{ name: 'a', on: 'merge_request.opend', do: 'close' }] } },
  ])('refuses %j', (value) => {
    expect(isValid(value)).toBe(false);
  });
});
