import { describe, expect, test } from 'vitest';
import { occurrenceOf } from '../../src/bot/occurrence.ts';
import { parsePayload } from '../../src/webhooks/parse-payload.ts';
import { payloadTemplate } from '../../src/webhooks/payload-template.ts';
import { onePayloadEach } from './payloads.ts';

function valueAt(payload: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.entries(value).find(([key]) => key === name)?.[1];
  }, payload);
}

/**
 * As GitLab fills it in from 18.6 on: JSON in the place of each path, `null` for what is missing; inside quotes without
 * its own.
 */
function delivered(payload: unknown): string {
  return payloadTemplate
    .replace(/"\{\{([\w.]+)\}\}"/g, (_whole, path: string) => {
      const value = valueAt(payload, path) ?? null;
      return typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(JSON.stringify(value));
    })
    .replace(/\{\{([\w.]+)\}\}/g, (_whole, path: string) => JSON.stringify(valueAt(payload, path) ?? null));
}

/** What the trigger API does with a body: some keys are its own. */
function throughTrigger(text: string): string {
  const {
    variables: _variables,
    inputs: _inputs,
    token: _token,
    ...rest
  } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify({ ...rest, id: '9', ref: 'main' });
}

/**
 * Pipeline and job events come to a receiver only, which has no template, and a project's webhook has none of groups.
 */
const neverSent = ['pipeline', 'job', 'group'];

describe('the webhook template of herald setup', () => {
  test('is no longer than GitLab takes', () => {
    expect(payloadTemplate.length).toBeLessThanOrEqual(4096);
  });

  test.each(Object.entries(onePayloadEach).filter(([kind]) => !neverSent.includes(kind)))(
    '%s means the same through it',
    (_kind, payload) => {
      const whole = parsePayload(JSON.stringify(payload));
      const kept = parsePayload(throughTrigger(delivered(payload)));
      expect(kept.outcome).toBe(whole.outcome);
      if (whole.outcome !== 'event' || kept.outcome !== 'event') return;
      expect(kept.event.kind).toBe(whole.event.kind);
      const { confidential: _of, ...wanted } = occurrenceOf(whole.event) ?? { confidential: false };
      expect(occurrenceOf(kept.event) ?? {}).toMatchObject(wanted);
    },
  );

  test('keeps a body small, however long the texts are that the API has anyway', () => {
    const [, payload] = Object.entries(onePayloadEach)[0] ?? [];
    const large = {
      ...payload,
      object_attributes: {
        ...(valueAt(payload, 'object_attributes') as object),
        description: 'x'.repeat(1_000_000),
      },
    };
    expect(delivered(large).length).toBeLessThan(20_000);
  });
});
