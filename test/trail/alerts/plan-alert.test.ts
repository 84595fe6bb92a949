import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../src/model/alert.ts';
import { blankAlert } from '../../../src/trail/alerts/alert-format.ts';
import { parseAlertRecord } from '../../../src/trail/alerts/alert-record.ts';
import { type AlertPlan, planAlert, type StandingAlert } from '../../../src/trail/alerts/plan-alert.ts';

const day = '2026-11-30T';
const at = (minute: number): string =>
  new Date(Date.parse(`${day}08:00:00Z`) + minute * 60_000).toISOString();

function firing(minute: number): Alert {
  return {
    ...blankAlert,
    fingerprint: 'f',
    state: 'firing',
    title: 'A',
    at: at(minute),
    occurrence: minute.toString(16).padStart(16, '0'),
  };
}

/** What began in one minute is over in another. */
function resolved(begin: number, end: number): Alert {
  return { ...firing(begin), state: 'resolved', at: at(end), began: at(begin) };
}

function after(standing: StandingAlert | null, plan: AlertPlan): StandingAlert | null {
  if (plan.do === 'nothing') return standing;
  // As the issue keeps it.
  const record = parseAlertRecord(JSON.stringify(plan.record));
  return { state: plan.do === 'close' ? 'closed' : 'opened', record };
}

function course(alerts: readonly Alert[]): {
  readonly deeds: readonly string[];
  readonly end: StandingAlert | null;
} {
  let standing: StandingAlert | null = null;
  const deeds: string[] = [];
  for (const alert of alerts) {
    const plan = planAlert(standing, alert, at(1_000));
    deeds.push(plan.do);
    standing = after(standing, plan);
  }
  return { deeds, end: standing };
}

describe('row 65: the issue about an alert', () => {
  test('fires three times, is over, fires: one issue, counted, closed, opened again', () => {
    const { deeds, end } = course([firing(0), firing(5), firing(9), resolved(9, 20), firing(30)]);
    expect(deeds).toEqual(['open', 'count', 'count', 'close', 'reopen']);
    expect(end).toMatchObject({ state: 'opened', record: { count: 4, first: at(0), since: at(30) } });
  });

  test('says how long it lasted, from the first occurrence of the row', () => {
    const { end } = course([firing(0), firing(5)]);
    expect(planAlert(end, resolved(5, 20), at(21))).toMatchObject({ do: 'close', seconds: 20 * 60 });
  });

  test.each<[string, readonly Alert[], readonly string[]]>([
    ['the same again', [firing(0), firing(0)], ['open', 'nothing']],
    ['the same again, when it is over', [firing(0), resolved(0, 5), firing(0)], ['open', 'close', 'nothing']],
    ['an end of what nobody reported', [resolved(0, 5)], ['nothing']],
    ['an end twice', [firing(0), resolved(0, 5), resolved(0, 5)], ['open', 'close', 'nothing']],
    [
      'an end that comes after the relapse',
      [firing(0), firing(9), resolved(0, 5)],
      ['open', 'count', 'nothing'],
    ],
    [
      'what began before the end and comes late',
      [firing(0), resolved(0, 5), firing(3)],
      ['open', 'close', 'nothing'],
    ],
  ])('%s changes nothing', (_name, alerts, deeds) => {
    expect(course(alerts).deeds).toEqual(deeds);
  });

  test.each<[string, readonly Alert[], readonly string[]]>([
    [
      'an end in the future hides no later alert',
      [firing(0), resolved(0, 5_000_000), firing(30)],
      ['open', 'close', 'reopen'],
    ],
    [
      'an alert of the future can be over, and fire again',
      [firing(5_000_000), resolved(5_000_000, 5_000_001), firing(30)],
      ['open', 'close', 'reopen'],
    ],
    [
      'what began in the future can be over',
      [firing(5), resolved(5_000_000, 5_000_001), firing(30)],
      ['open', 'close', 'reopen'],
    ],
  ])('%s', (_name, alerts, deeds) => {
    let standing: StandingAlert | null = null;
    for (const [index, alert] of alerts.entries()) {
      const plan = planAlert(standing, alert, at(10 * (index + 1)));
      expect(plan.do, `alert ${index}`).toBe(deeds[index]);
      standing = after(standing, plan);
    }
    expect(standing?.state).toBe('opened');
  });

  test('an issue whose end was kept as one in the future is opened again', () => {
    const { end } = course([firing(0), resolved(0, 5)]);
    const record = end?.record ?? null;
    const wrong = {
      state: 'closed',
      record: record === null ? null : { ...record, over: at(5_000_000) },
    } as const;
    expect(planAlert(wrong, firing(30), at(31)).do).toBe('reopen');
  });

  test('an alert without a number fires again after it was over', () => {
    const plain = { ...firing(0), at: null, isNumbered: false };
    const over: Alert = { ...plain, state: 'resolved' };
    expect(course([plain, plain, over, over, plain]).deeds).toEqual([
      'open',
      'nothing',
      'close',
      'nothing',
      'reopen',
    ]);
  });

  test('an issue whose record somebody changed begins to count anew, and is closed all the same', () => {
    const opened = { state: 'opened', record: null } as const;
    expect(planAlert(opened, firing(0), at(1))).toMatchObject({ do: 'count', record: { count: 1 } });
    expect(planAlert(opened, resolved(0, 5), at(6))).toMatchObject({ do: 'close' });
    expect(planAlert({ ...opened, state: 'closed' }, firing(0), at(1))).toMatchObject({ do: 'reopen' });
  });

  test('messages that come doubled and late leave the state that the last one says', () => {
    const messages = [firing(0), resolved(0, 5), firing(10), resolved(10, 15), firing(20)];
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], { minLength: 10 }),
        fc.boolean(),
        (order, endsRed) => {
          const all = endsRed ? messages : messages.slice(0, 4);
          const came = order.flatMap((index) => all[index] ?? []);
          // What comes last is no older than the newest: then nothing is left to tell.
          const newest = all.at(-1);
          const { end } = course(newest === undefined ? came : [...came, newest]);
          expect(end?.state).toBe(endsRed ? 'opened' : 'closed');
        },
      ),
    );
  });

  test('no more is kept than fits, however often it happens', () => {
    const { end } = course(Array.from({ length: 500 }, (_, minute) => firing(minute)));
    expect(end?.record?.count).toBe(500);
    expect(end?.record?.occurrences).toHaveLength(30);
  });
});
