import { describe, expect, test } from 'vitest';
import { parseSettings } from '../../../src/bot/parse-settings.ts';

const fields = { fingerprint: 'id', title: 'name' };

function alertsOf(alerts: unknown): ReturnType<typeof parseSettings>['alerts'] {
  return parseSettings({ bot: { alerts } }, null).alerts;
}

describe('bot: alerts', () => {
  test('a source needs no more than its name, and is careful by default', () => {
    expect(alertsOf({ sentry: {} })).toEqual([
      {
        name: 'sentry',
        format: 'sentry',
        secretSha256: null,
        fields: null,
        per: 'alert',
        labels: [],
        assign: [],
        confidential: true,
        max: 20,
      },
    ]);
  });

  test('two sources can have one format', () => {
    const alerts = alertsOf({ sentry: {}, 'sentry-web': { format: 'sentry' } });
    expect(alerts.map(({ name, format }) => [name, format])).toEqual([
      ['sentry', 'sentry'],
      ['sentry-web', 'sentry'],
    ]);
  });

  test('paths are one or several, and states are compared in lower case', () => {
    const [{ fields: read } = { fields: null }] = alertsOf({
      checks: { format: 'json', fields: { ...fields, resolved: ['UP', 0, false] } },
    });
    expect(read).toMatchObject({ fingerprint: ['id'], resolved: ['up', '0', 'false'], state: null });
  });

  test.each<[string, unknown, string]>([
    ['an unknown tool', { nagios: {} }, 'give its format: alertmanager, grafana, sentry, json'],
    ['a name that is none', { 'My Tool': { format: 'sentry' } }, 'lower-case letters'],
    ['JSON without paths', { checks: { format: 'json' } }, 'needs "fields"'],
    [
      'groups of a tool without any',
      { sentry: { per: 'group' } },
      '"per: group" is for alertmanager and grafana',
    ],
    ['paths for a known tool', { sentry: { fields } }, '"fields" is for the format json'],
    [
      'a path that is none',
      { checks: { format: 'json', fields: { ...fields, title: 'a..b' } } },
      'names or numbers',
    ],
    ['a secret instead of its hash', { sentry: { 'secret-sha256': 'my-secret' } }, 'the SHA-256 of a secret'],
    ['a mistyped key', { sentry: { label: ['a'] } }, 'did you mean "labels"'],
    [
      'too many',
      Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`s${i}`, { format: 'sentry' }])),
      'at most 20',
    ],
  ])('%s is a sentence', (_name, alerts, words) => {
    expect(() => alertsOf(alerts)).toThrow(words);
  });
});
