import { describe, expect, test } from 'vitest';
import { checkDeliveries } from '../../src/doctor/check-deliveries.ts';
import { checkRuns } from '../../src/doctor/check-runs.ts';
import type { HookDelivery } from '../../src/model/setup.ts';

const now = new Date('2026-11-30T12:00:00Z');

function delivery(id: number, status: number | null, answer = ''): HookDelivery {
  const at = new Date(now.getTime() - (100 - id) * 60_000).toISOString();
  return { id, event: 'merge_request_hooks', status, answer, at, seconds: 0.1, idempotencyKey: null };
}

function wordsOf(deliveries: readonly HookDelivery[]): readonly string[] {
  const page = 'https://gitlab.example.com/shop/checkout/-/hooks/5/edit';
  const signs = { project: 'shop/checkout', hook: 5, page, resend: 'herald setup --resend', now };
  return checkDeliveries({ ...signs, deliveries }).map(({ state, words }) => `${state}: ${words}`);
}

describe('rows 116 and 118: what doctor says of deliveries', () => {
  test.each<[string, readonly HookDelivery[], string]>([
    ['nothing is known', [], 'ok: none in the last days'],
    [
      'all arrived',
      [delivery(99, 200), delivery(98, 201)],
      'ok: the last 2 deliveries arrived, the newest 1 minute ago',
    ],
    [
      'older ones failed',
      [delivery(99, 200), delivery(98, 503, 'Too many\n events'), delivery(97, 200), delivery(96, 200)],
      'warning: 1 of the last 4 deliveries failed (25 %); the merge request event 2 minutes ago was answered 503: Too many events',
    ],
    [
      'the newest failed',
      [delivery(99, 401), delivery(98, 200)],
      'problem: 1 of the last 2 deliveries failed (50 %); the merge request event 1 minute ago was answered 401',
    ],
    [
      'nobody answers',
      [delivery(40, null, 'execution expired')],
      'problem: 1 of the last 1 delivery failed (100 %); the merge request event 60 minutes ago got no answer: execution expired',
    ],
    [
      'a redirection is no success',
      [delivery(99, 302)],
      'problem: 1 of the last 1 delivery failed (100 %); the merge request event 1 minute ago was answered 302',
    ],
  ])('%s', (_name, deliveries, words) => {
    expect(wordsOf(deliveries)).toEqual([words]);
  });
});

describe('row 116: what doctor says of the pipelines of the bot', () => {
  const run = (status: string, at: number): { url: string; status: string } => ({ status, url: `p/${at}` });
  test.each<[string, readonly string[], readonly string[]]>([
    ['there are none', [], []],
    ['none has ended', ['running', 'canceled'], []],
    ['all succeeded', ['running', 'success', 'success'], ['ok: the last 2 pipelines succeeded']],
    [
      'the newest that ended failed',
      ['running', 'failed', 'success'],
      ['problem: 1 of the last 2 pipelines failed (50 %), the last one is p/1'],
    ],
    [
      'an older one failed',
      ['success', 'failed'],
      ['warning: 1 of the last 2 pipelines failed (50 %), the last one is p/1'],
    ],
  ])('%s', (_name, statuses, words) => {
    const checks = checkRuns('shop/bot', statuses.map(run));
    expect(checks.map((check) => `${check.state}: ${check.words}`)).toEqual(words);
  });
});
