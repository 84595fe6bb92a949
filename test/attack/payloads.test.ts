import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { HeraldError } from '../../src/errors.ts';
import { alertFixture } from '../trail/alerts/fixture.ts';
import {
  deploymentEvent,
  issueEvent,
  mergeRequestEvent,
  pushEvent,
  releaseEvent,
} from '../usecases/bot/events.ts';
import { aStage, type Payload } from '../usecases/bot/stage.ts';
import { withLeaf } from './leaves.ts';
import { numbersFrom } from './random-texts.ts';

const secret = 'a-secret-that-is-long-and-random-enough';
const sha256 = createHash('sha256').update(secret).digest('hex');

function alert(source: string, fixture: string): Payload {
  return {
    herald_alert: source,
    herald_project: 'shop/till',
    herald_secret: secret,
    ...alertFixture(fixture),
  };
}

const tag = { object_kind: 'tag_push', event_name: 'tag_push', ref: 'refs/tags/v1' };

const payloads: Readonly<Record<string, Payload>> = {
  deployment: deploymentEvent(9, 'success'),
  'merge request': mergeRequestEvent('open'),
  release: releaseEvent('v1'),
  issue: issueEvent('open', 3),
  push: pushEvent('main'),
  tag: { ...pushEvent('x'), ...tag },
  'alert of Alertmanager': alert('alertmanager', 'alertmanager-firing'),
  'alert of Grafana': alert('grafana', 'grafana-firing'),
  'alert of Sentry': alert('sentry', 'sentry-event-alert'),
};

/** What a field may hold instead of what it should. */
const values: readonly unknown[] = [
  '\uD800',
  '\0',
  '',
  ' ',
  '../..',
  '%2e%2e/%00',
  '\u200B',
  '9'.repeat(400),
  'x'.repeat(300_000),
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '-271821-04-20T00:00:00Z',
  -1,
  0.5,
  2 ** 53 + 2,
  1e300,
  null,
  true,
  [],
  {},
  [[]],
  { constructor: 1, toString: 1 },
  JSON.parse('{"__proto__": {"polluted": true}}') as unknown,
];

type Path = readonly (string | number)[];

function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]))];
}

const own = { 'secret-sha256': sha256 };
const config = JSON.stringify({
  bot: {
    alerts: { sentry: own, alertmanager: own, grafana: own },
    presets: { deployments: true, incidents: true, welcome: true },
    rules: [
      {
        name: 'ship',
        on: ['release.created', 'tag_push.created', 'push.updated'],
        do: [{ 'write-release-notes': true }, { 'mark-shipped': true }],
      },
    ],
  },
});

const seed = Number(process.env['ATTACK_SEED'] ?? 20_260_301);
/** Of each payload so many changed ones; all places with all values would be some 4,000. */
const tries = Math.max(12, Math.ceil(Number(process.env['ATTACK_STRINGS'] ?? 0) / 2_000));

describe.each(Object.keys(payloads))('a changed payload: %s', (name) => {
  const payload = payloads[name] ?? {};

  test(`is handled, ignored or refused, and never a bug: seed ${seed}`, async () => {
    const stage = await aStage(config);
    const number = numbersFrom(seed + name.length);
    const oneOf = <T>(all: readonly T[]): T | undefined => all[Math.floor(number() * all.length)];
    const places = placesIn(payload).slice(1);
    for (let at = 0; at < tries; at += 1) {
      const place = oneOf(places) ?? [];
      const value = oneOf(values);
      const changed = withLeaf(payload, place, value);
      const about = `${place.join('.')} = ${JSON.stringify(value).slice(0, 60)}`;
      const error: unknown = await stage.handle(changed as Payload).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error !== null) expect(error, about).toBeInstanceOf(HeraldError);
      expect(Object.hasOwn(Object.prototype, 'polluted'), about).toBe(false);
    }
    const odd = stage.gitlab.requests.filter(({ path }) =>
      /undefined|NaN|\[object|\/\.\.?(?:\/|$)/.test(path),
    );
    expect(odd.map(({ path }) => path)).toEqual([]);
  });
});
