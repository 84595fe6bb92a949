import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAlertEnvelope } from '../../src/webhooks/alert-envelope.ts';
import { parsePayload } from '../../src/webhooks/parse-payload.ts';
import { aNotePayload, aPush } from './payloads.ts';

function envelope(value: unknown): ReturnType<typeof parseAlertEnvelope> {
  return parseAlertEnvelope(JSON.stringify(value));
}

describe('a payload of a trigger with the parameters of an address', () => {
  test('is what the tool sent, without the names of the address and of the trigger', () => {
    const told = {
      herald_alert: 'sentry',
      herald_project: 'shop/till',
      herald_secret: 's3cret',
      action: 'triggered',
      data: {},
      id: '42',
      ref: 'main',
      variables: {},
    };
    expect(envelope(told)).toEqual({
      source: 'sentry',
      project: 'shop/till',
      secret: 's3cret',
      payload: { action: 'triggered', data: {} },
    });
  });

  test('names a project by its id, or none', () => {
    expect(envelope({ herald_alert: 'a', herald_project: '42' })).toMatchObject({ project: 42 });
    expect(envelope({ herald_alert: 'a', herald_project: 42 })).toMatchObject({ project: 42 });
    expect(envelope({ herald_alert: 'a' })).toMatchObject({ project: null, secret: null });
  });

  test('can hold what the tool sent whole, with names that the trigger takes', () => {
    const payload = { id: 7, ref: 'x', herald_secret: 'of the tool' };
    expect(envelope({ herald_alert: 'a', herald_payload: payload, id: '42' })).toMatchObject({
      payload,
      secret: null,
    });
  });
});

describe('what is no alert', () => {
  test.each<[string, object]>([
    ['a comment', aNotePayload()],
    ['a push', aPush()],
  ])('%s is an event of GitLab, whatever stands beside it', (_name, payload) => {
    const forged = { ...payload, herald_alert: 'sentry', herald_project: 42, herald_payload: {} };
    expect(parsePayload(JSON.stringify(forged)).outcome).toBe('event');
    expect(envelope(forged)).toBeNull();
  });

  test.each(['{', '[]', '"herald_alert"', '{}', '{"herald_alerts":"sentry"}'])('%s', (text) => {
    expect(parseAlertEnvelope(text)).toBeNull();
  });

  test.each([
    { herald_alert: 'Sentry' },
    { herald_alert: 'a/b' },
    { herald_alert: 7 },
    { herald_alert: 'a', herald_project: '../42' },
    { herald_alert: 'a', herald_project: 'shop/..%2F' },
    { herald_alert: 'a', herald_project: -1 },
    { herald_alert: 'a', herald_secret: {} },
  ])('%j is wrong', (value) => {
    expect(envelope(value)).toMatchObject({ wrong: expect.stringMatching(/is not valid$/) as string });
  });

  test('nothing makes it throw', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => parseAlertEnvelope(text)).not.toThrow();
      }),
    );
  });

  test('what is nested too deeply is not parsed', () => {
    const deep = `{"herald_alert":"a","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(parseAlertEnvelope(deep)).toBeNull();
  });
});
