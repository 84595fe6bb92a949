import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketsOf } from '../../src/digest/calendar.ts';
import { parsePeriod, periodOfTags } from '../../src/digest/period.ts';

const now = Date.parse('2026-12-02T10:30:00Z'); // a Wednesday

function parsed(
  wanted: { readonly period?: string; readonly since?: string; readonly until?: string },
  timeZone = 'UTC',
  at = now,
) {
  const { period = null, since = null, until = null } = wanted;
  return parsePeriod({ period, since, until, timeZone }, at);
}

function spans(...args: Parameters<typeof parsed>): readonly string[] {
  const result = parsed(...args);
  if (result.kind !== 'periods') return [JSON.stringify(result)];
  return [result.previous.from, result.previous.until, result.period.from, result.period.until].map((at) =>
    new Date(at).toISOString().replace(':00.000Z', 'Z'),
  );
}

describe('the period', () => {
  it.each([
    ['7d', '2026-11-18T00:00Z', '2026-11-25T00:00Z', '2026-11-25T00:00Z', '2026-12-02T00:00Z'],
    ['4w', '2026-10-07T00:00Z', '2026-11-04T00:00Z', '2026-11-04T00:00Z', '2026-12-02T00:00Z'],
    ['24h', '2026-11-30T10:30Z', '2026-12-01T10:30Z', '2026-12-01T10:30Z', '2026-12-02T10:30Z'],
    ['yesterday', '2026-11-30T00:00Z', '2026-12-01T00:00Z', '2026-12-01T00:00Z', '2026-12-02T00:00Z'],
    ['last-week', '2026-11-16T00:00Z', '2026-11-23T00:00Z', '2026-11-23T00:00Z', '2026-11-30T00:00Z'],
    ['last-month', '2026-10-01T00:00Z', '2026-11-01T00:00Z', '2026-11-01T00:00Z', '2026-12-01T00:00Z'],
    ['last-quarter', '2026-04-01T00:00Z', '2026-07-01T00:00Z', '2026-07-01T00:00Z', '2026-10-01T00:00Z'],
    ['last-year', '2024-01-01T00:00Z', '2025-01-01T00:00Z', '2025-01-01T00:00Z', '2026-01-01T00:00Z'],
    ['2026-Q2', '2026-01-01T00:00Z', '2026-04-01T00:00Z', '2026-04-01T00:00Z', '2026-07-01T00:00Z'],
    ['2024-02', '2024-01-01T00:00Z', '2024-02-01T00:00Z', '2024-02-01T00:00Z', '2024-03-01T00:00Z'],
    ['2020-W53', '2020-12-21T00:00Z', '2020-12-28T00:00Z', '2020-12-28T00:00Z', '2021-01-04T00:00Z'],
    ['2024-02-29', '2024-02-28T00:00Z', '2024-02-29T00:00Z', '2024-02-29T00:00Z', '2024-03-01T00:00Z'],
    [
      '2026-11-01..2026-11-10',
      '2026-10-22T00:00Z',
      '2026-11-01T00:00Z',
      '2026-11-01T00:00Z',
      '2026-11-11T00:00Z',
    ],
  ])('%s', (period, ...expected) => {
    expect(spans({ period })).toEqual(expected);
  });

  it('covers thirty whole days when nobody says anything', () => {
    expect(spans({})).toEqual(spans({ period: '30d' }));
  });

  it('has the last day inside, and ends now without one', () => {
    expect(spans({ since: '2026-11-01', until: '2026-11-30' }).slice(2)).toEqual([
      '2026-11-01T00:00Z',
      '2026-12-01T00:00Z',
    ]);
    expect(spans({ since: '2026-11-01T06:00:00+02:00' }).slice(2)).toEqual([
      '2026-11-01T04:00Z',
      '2026-12-02T10:30Z',
    ]);
    expect(spans({ since: '7d' }).slice(2)).toEqual(['2026-11-25T00:00Z', '2026-12-02T10:30Z']);
  });

  it('begins its days in the time zone, over the end of summer time too', () => {
    // Berlin leaves summer time on 2026-10-25: October begins at 22:00 UTC and ends at 23:00 UTC.
    expect(spans({ period: '2026-10' }, 'Europe/Berlin')).toEqual([
      '2026-08-31T22:00Z',
      '2026-09-30T22:00Z',
      '2026-09-30T22:00Z',
      '2026-10-31T23:00Z',
    ]);
    const at = Date.parse('2026-10-27T08:00:00Z');
    expect(spans({ period: '3d' }, 'Europe/Berlin', at)).toEqual([
      '2026-10-20T22:00Z',
      '2026-10-23T22:00Z',
      '2026-10-23T22:00Z',
      '2026-10-26T23:00Z',
    ]);
    // São Paulo skipped midnight on 2018-11-04: that day begins at 01:00, which is 03:00 UTC.
    expect(spans({ period: '2018-11-04' }, 'America/Sao_Paulo').slice(2)).toEqual([
      '2018-11-04T03:00Z',
      '2018-11-05T02:00Z',
    ]);
  });

  it('takes tags, and leaves it to GitLab when they were made', () => {
    expect(parsed({ period: 'v1.2..v1.3' })).toEqual({ kind: 'tags', from: 'v1.2', to: 'v1.3' });
    const [from, to] = ['2026-11-01T12:00:00Z', '2026-11-03T12:00:00Z'].map(Date.parse) as [number, number];
    const periods = periodOfTags({ from: { name: 'v1.2', at: from }, to: { name: 'v1.3', at: to } }, 'UTC');
    expect(periods).toMatchObject({
      kind: 'periods',
      period: { label: 'v1.2 to v1.3', from, until: to },
      previous: { label: '2026-10-30 12:00 to 2026-11-01 12:00', until: from },
    });
    expect(periodOfTags({ from: { name: 'b', at: to }, to: { name: 'a', at: from } }, 'UTC').kind).toBe(
      'wrong',
    );
  });

  it.each([
    '2026-02-30',
    '2026-13',
    '2025-W53',
    'soon',
    '0d',
    'v1..',
    'a..b..c',
    '2026-11-01..v3',
    '2026-11-05..2026-11-01',
    '2027-01',
    '5y',
  ])('refuses %s', (period) => {
    expect(parsed({ period }).kind).toBe('wrong');
  });

  it('refuses what contradicts itself', () => {
    expect(parsed({ until: '2026-11-01' }).kind).toBe('wrong');
    expect(parsed({ period: '7d', since: '2026-11-01' }).kind).toBe('wrong');
    expect(parsed({ period: '7d' }, 'Mars/Base').kind).toBe('wrong');
    expect(parsed({ period: '7d' }, '+02:00').kind).toBe('wrong');
  });

  it('labels whole days as days, the last one included', () => {
    expect(parsed({ period: '2024-02' })).toMatchObject({ period: { label: '2024-02-01 to 2024-02-29' } });
    expect(parsed({ period: 'yesterday' })).toMatchObject({ period: { label: '2026-12-01' } });
  });
});

describe('days, weeks and months of a span', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Australia/Lord_Howe',
  ];

  it('cover the span without a gap, and change with the date that the clocks show', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2005-01-01'), max: Date.parse('2030-01-01') }),
        fc.integer({ min: 1, max: 90 * 86_400_000 }),
        fc.constantFrom(...zones),
        (from, length, timeZone) => {
          const span = { from, until: from + length };
          const days = bucketsOf(span, 'day', { timeZone });
          expect(days[0]?.from).toBe(span.from);
          expect(days.at(-1)?.until).toBe(span.until);
          for (const [index, day] of days.entries()) {
            expect(day.from).toBeLessThan(day.until);
            if (index > 0) expect(day.from).toBe(days[index - 1]?.until);
          }
          // The oracle is Intl, which the calendar does not use: each day has one date, and neighbours differ.
          const date = new Intl.DateTimeFormat('en-CA', { timeZone });
          const dates = days.map((day) => date.format(day.from));
          expect(dates).toEqual(days.map((day) => date.format(day.until - 1)));
          expect(new Set(dates).size).toBe(dates.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps the last ones where there are too many', () => {
    const span = { from: Date.parse('2026-01-01'), until: Date.parse('2026-02-01') };
    const days = bucketsOf(span, 'day', { timeZone: 'UTC', max: 2 });
    expect(days.map(({ from }) => new Date(from).toISOString().slice(0, 10))).toEqual([
      '2026-01-30',
      '2026-01-31',
    ]);
  });
});
