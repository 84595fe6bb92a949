import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert, AlertFields, AlertFormatName } from '../../../src/model/alert.ts';
import { maxAlerts } from '../../../src/trail/alerts/alert-format.ts';
import { candidatesOf } from '../../../src/trail/alerts/frame-candidates.ts';
import { alertFormats } from '../../../src/trail/alerts/registry.ts';
import { alertFixture } from './fixture.ts';

const fields: AlertFields = {
  list: null,
  fingerprint: ['check.id'],
  title: 'check.name',
  state: 'status',
  resolved: ['up'],
  severity: 'level',
  link: 'urls.0',
  text: 'check.output',
  time: 'at',
};

function alertsOf(
  format: AlertFormatName,
  payload: unknown,
  paths: AlertFields | null = null,
): readonly Alert[] {
  const read = alertFormats[format].read(payload, paths);
  if (read.outcome !== 'alerts') throw new Error(read.reason);
  return read.alerts;
}

function only(format: AlertFormatName, payload: unknown, paths: AlertFields | null = null): Alert {
  const [alert, ...others] = alertsOf(format, payload, paths);
  if (alert === undefined || others.length > 0) throw new Error('not one alert');
  return alert;
}

describe('Alertmanager', () => {
  test('each alert of a group has a state, a start and a fingerprint of its own', () => {
    const [firing, resolved] = alertsOf('alertmanager', alertFixture('alertmanager-firing'));
    expect(firing).toMatchObject({
      fingerprint: 'a1b2c3d4e5f60718',
      state: 'firing',
      title: 'HighLatency: The till answers slowly',
      severity: 'critical',
      text: 'p99 is 2.4 s for 10 minutes.',
      link: 'http://prometheus.example.org:9090/graph?g0.expr=latency&g0.tab=1',
      labels: [
        ['instance', 'till-1:9100'],
        ['job', 'till'],
      ],
      at: '2026-11-30T08:00:00.123Z',
      began: null,
    });
    expect(resolved).toMatchObject({
      fingerprint: '0f1e2d3c4b5a6978',
      state: 'resolved',
      at: '2026-11-30T07:30:00.000Z',
      began: '2026-11-30T07:00:00.000Z',
    });
  });

  test('alerts that it left out are counted', () => {
    expect(alertFormats.alertmanager.read(alertFixture('alertmanager-firing'), null)).toMatchObject({
      omitted: 2,
    });
  });

  test('a repeated message is the same occurrence, a new start another one', () => {
    const of = (startsAt: string): string =>
      only('alertmanager', {
        groupKey: 'g',
        alerts: [{ status: 'firing', labels: { alertname: 'A' }, startsAt, fingerprint: 'f' }],
      }).occurrence;
    expect(of('2026-11-30T08:00:00Z')).toBe(of('2026-11-30T08:00:00Z'));
    expect(of('2026-11-30T08:00:00Z')).not.toBe(of('2026-11-30T09:00:00Z'));
  });

  test('labels distinguish alerts of versions without fingerprints, in any order', () => {
    const of = (labels: object): string =>
      only('alertmanager', { groupKey: 'g', alerts: [{ status: 'firing', labels }] }).fingerprint;
    expect(of({ alertname: 'A', job: 'b' })).toBe(of({ job: 'b', alertname: 'A' }));
    expect(of({ alertname: 'A', job: 'b' })).not.toBe(of({ alertname: 'A', job: 'c' }));
  });

  test('a flood is cut with a count', () => {
    const alerts = Array.from({ length: maxAlerts + 30 }, (_, index) => ({
      status: 'firing',
      labels: { alertname: String(index) },
    }));
    const read = alertFormats.alertmanager.read({ groupKey: 'g', alerts, truncatedAlerts: 5 }, null);
    expect(read).toMatchObject({ outcome: 'alerts', omitted: 35 });
    expect(read.outcome === 'alerts' && read.alerts.length).toBe(maxAlerts);
  });
});

test('Grafana: the panel is the link, and the time zone counts', () => {
  expect(only('grafana', alertFixture('grafana-firing'))).toMatchObject({
    fingerprint: 'c6eadffa33fcdf37',
    title: 'High memory usage: This alert was triggered for zone us-1',
    text: 'The system has high memory usage',
    link: 'https://grafana.example.com/d/xyz?viewPanel=4',
    at: '2021-10-12T07:51:03.157Z',
  });
});

describe('Sentry', () => {
  test('an issue alert is about its issue, with the frames of the project, the innermost first', () => {
    expect(only('sentry', alertFixture('sentry-event-alert'))).toMatchObject({
      fingerprint: 'issue 1117540176',
      state: 'firing',
      title: 'ReferenceError: price is not defined',
      severity: 'error',
      text: '',
      at: '2026-11-30T08:12:05.000Z',
      release: 'till@1.4.0',
      frames: [
        { path: 'app:///src/till.ts', line: 12, functionName: 'checkout' },
        { path: 'app:///src/server.ts', line: 8, functionName: 'serve' },
      ],
    });
  });

  test('a resolved issue ends what the alert began', () => {
    expect(only('sentry', alertFixture('sentry-issue-resolved'))).toMatchObject({
      fingerprint: 'issue 1117540176',
      state: 'resolved',
      at: null,
      began: '2026-11-30T08:17:05.000Z',
    });
  });

  test('a metric alert has a severity, and is over when Sentry says so', () => {
    const payload = alertFixture('sentry-metric-alert');
    expect(only('sentry', payload)).toMatchObject({
      fingerprint: 'metric alert 19',
      state: 'firing',
      severity: 'critical',
      at: '2026-11-30T08:00:00.000Z',
    });
    expect(only('sentry', { ...payload, action: 'resolved' })).toMatchObject({
      fingerprint: 'metric alert 19',
      state: 'resolved',
      began: '2026-11-30T08:00:00.000Z',
    });
  });

  test.each([
    ['archived', 'an issue'],
    ['assigned', 'an issue'],
  ])('%s changes nothing', (action) => {
    const payload = { ...alertFixture('sentry-issue-resolved'), action };
    expect(alertFormats.sentry.read(payload, null)).toMatchObject({ outcome: 'nothing' });
  });

  test('a broken stack costs the stack alone', () => {
    const { data } = alertFixture('sentry-event-alert') as { readonly data: { readonly event: object } };
    const event = { ...data.event, exception: { values: 'none' }, tags: 3 };
    expect(only('sentry', { action: 'triggered', data: { event } })).toMatchObject({
      fingerprint: 'issue 1117540176',
      frames: [],
    });
  });
});

describe('JSON by paths', () => {
  const payload = {
    check: { id: 7, name: 'Front page', output: 'timeout' },
    status: 'DOWN',
    level: 2,
    urls: ['https://checks.example.com/7'],
    at: 1_796_026_325,
  };

  test('reads what the paths lead to', () => {
    expect(only('json', payload, fields)).toMatchObject({
      fingerprint: '["7"]',
      state: 'firing',
      title: 'Front page',
      severity: '2',
      link: 'https://checks.example.com/7',
      text: 'timeout',
      at: '2026-11-30T08:12:05.000Z',
      isNumbered: true,
    });
  });

  test.each([
    ['UP', 'resolved'],
    [' up', 'resolved'],
    ['unknown', 'firing'],
    [undefined, 'firing'],
    [null, 'firing'],
  ])('the state %o is %s: what is not said to be over is not over', (status, state) => {
    expect(only('json', { ...payload, status }, fields).state).toBe(state);
  });

  test('a list has many', () => {
    const found = alertsOf(
      'json',
      { all: { checks: [payload, { ...payload, check: { id: 8 } }] } },
      {
        ...fields,
        list: 'all.checks',
      },
    );
    expect(found.map(({ title }) => title)).toEqual(['Front page', '8']);
  });

  test.each<[string, unknown, AlertFields, string]>([
    ['a path that leads nowhere', { check: {} }, fields, 'fingerprint: nothing is at "check.id"'],
    ['a value that is no text', { check: { id: {} } }, fields, 'fingerprint: nothing is at "check.id"'],
    ['what every object has', {}, { ...fields, fingerprint: ['constructor.name'] }, 'nothing is at'],
    ['no list', payload, { ...fields, list: 'check' }, 'no list is at "check"'],
  ])('%s is said', (_name, value, paths, words) => {
    const read = alertFormats.json.read(value, paths);
    expect(read).toMatchObject({ outcome: 'malformed', reason: expect.stringContaining(words) as string });
  });
});

describe('whatever comes', () => {
  const formats = Object.keys(alertFormats) as AlertFormatName[];

  test('no reader throws, and a sentence says what is wrong', () => {
    fc.assert(
      fc.property(fc.constantFrom(...formats), fc.anything(), (format, payload) => {
        const read = alertFormats[format].read(payload, format === 'json' ? fields : null);
        expect(read.outcome === 'alerts' || read.reason.length > 5).toBe(true);
      }),
    );
  });

  test('words are cut, on one line where they have to be, and addresses are of the web', () => {
    const long = 'x\n'.repeat(5_000);
    const payload = {
      groupKey: 'g',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: long, severity: long, other: long },
          annotations: { summary: long, description: long },
          generatorURL: 'javascript:alert(1)',
        },
      ],
    };
    const alert = only('alertmanager', payload);
    expect(alert.title.length).toBeLessThanOrEqual(200);
    expect(alert.title).not.toContain('\n');
    expect(alert.text.length).toBeLessThanOrEqual(2_000);
    expect(alert.labels.flat().every((words) => words.length <= 200 && !words.includes('\n'))).toBe(true);
    expect(alert.link).toBeNull();
  });

  test('a message of another tool is not read by mistake', () => {
    expect(alertFormats.sentry.read(alertFixture('grafana-firing'), null).outcome).toBe('malformed');
    expect(alertFormats.grafana.read(alertFixture('alertmanager-firing'), null).outcome).toBe('malformed');
    expect(alertFormats.alertmanager.read(alertFixture('sentry-event-alert'), null).outcome).toBe(
      'malformed',
    );
  });
});

test.each([
  ['app:///src/till.ts', ['src/till.ts']],
  ['webpack:///./src/till.ts', ['src/till.ts']],
  ['/app/src/till.py', ['src/till.py']],
  ['src/till.rb', ['src/till.rb']],
  ['./src/till.rb', ['src/till.rb']],
  ['app:///node_modules/x/a.js', []],
  ['node:internal/timers', []],
  ['https://shop.example.com/assets/main.js', []],
  ['../../etc/passwd.txt', []],
  ['main.py', ['main.py']],
  ['<anonymous>', []],
])('the frame %s may be %j', (path, wanted) => {
  expect(candidatesOf(path)).toEqual(wanted);
});
