import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../src/model/alert.ts';
import { readGroup } from '../../../src/trail/alerts/alert-group.ts';
import { planAlert } from '../../../src/trail/alerts/plan-alert.ts';
import { alertFixture } from './fixture.ts';

interface One {
  readonly status: 'firing' | 'resolved';
  readonly on?: string;
  readonly from: string;
  readonly until?: string;
}

const hour = (at: number): string => `2026-11-30T${String(at).padStart(2, '0')}:00:00Z`;

function read(alerts: readonly One[], more: Readonly<Record<string, unknown>> = {}): Alert {
  const result = readGroup(
    {
      groupKey: '{}:{alertname="Slow"}',
      groupLabels: { alertname: 'Slow', cluster: 'a' },
      commonLabels: { alertname: 'Slow', severity: 'critical', job: 'till' },
      commonAnnotations: {},
      externalURL: 'http://alertmanager.example.org:9093',
      alerts: alerts.map(({ status, on = 'till-1', from, until = '0001-01-01T00:00:00Z' }) => ({
        status,
        labels: { alertname: 'Slow', instance: on },
        annotations: {},
        startsAt: from,
        endsAt: until,
        fingerprint: on,
      })),
      ...more,
    },
    'alertmanager',
  );
  if (result.outcome !== 'alerts') throw new Error(result.outcome);
  const [alert, ...others] = result.alerts;
  if (alert === undefined || others.length > 0) throw new Error('not one alert');
  return alert;
}

const firing = (on: string, at: number): One => ({ status: 'firing', on, from: hour(at) });
const over = (on: string, from: number, until: number): One => ({
  status: 'resolved',
  on,
  from: hour(from),
  until: hour(until),
});

describe('a group as one alert', () => {
  test('has the words of the group, and its alerts as lines', () => {
    expect(read([firing('till-1', 8), firing('till-2', 9), over('till-3', 7, 8)])).toMatchObject({
      fingerprint: '{}:{alertname="Slow"}',
      state: 'firing',
      title: 'Slow (a)',
      severity: 'critical',
      text: 'Slow (instance=till-1)\nSlow (instance=till-2)',
      link: 'http://alertmanager.example.org:9093',
      labels: [
        ['job', 'till'],
        ['cluster', 'a'],
      ],
      at: '2026-11-30T09:00:00.000Z',
    });
  });

  test.each(['alertmanager-firing', 'grafana-firing'])('the documented message %s', (name) => {
    const result = readGroup(alertFixture(name), 'tool');
    expect(result).toMatchObject({ outcome: 'alerts', omitted: 0, alerts: [{ state: 'firing' }] });
  });

  test('says how many the tool left out', () => {
    expect(read([firing('till-1', 8)], { truncatedAlerts: 3 }).text).toMatch(/and 3 more$/);
  });

  test('counts a start once, however often the group is sent, and is over with the last of them', () => {
    const sent: readonly (readonly One[])[] = [
      [firing('a', 8)],
      [firing('a', 8)],
      [firing('a', 8), firing('b', 9)],
      // One of them ends: nothing began.
      [firing('a', 8), over('b', 9, 10)],
      [over('a', 8, 11), over('b', 9, 10)],
      [over('a', 8, 11), over('b', 9, 10)],
      [firing('b', 12)],
      // The end of the first row comes late.
      [over('a', 8, 11)],
    ];
    let standing: Parameters<typeof planAlert>[0] = null;
    const done: string[] = [];
    for (const alerts of sent) {
      const plan = planAlert(standing, read(alerts), hour(13));
      done.push(plan.do);
      if (plan.do === 'nothing') continue;
      standing = { state: plan.do === 'close' ? 'closed' : 'opened', record: plan.record };
    }
    expect(done).toEqual(['open', 'nothing', 'count', 'nothing', 'close', 'nothing', 'reopen', 'nothing']);
    expect(standing?.record?.count).toBe(3);
  });

  test('without alerts there is nothing, and another message is malformed', () => {
    expect(readGroup({ groupKey: 'g', alerts: [] }, 'tool')).toMatchObject({ outcome: 'alerts', alerts: [] });
    expect(readGroup({ alerts: [] }, 'tool').outcome).toBe('malformed');
    expect(readGroup(null, 'tool').outcome).toBe('malformed');
  });
});
