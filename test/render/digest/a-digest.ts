import type { Digest, Figure, MeasuredFigure } from '../../../src/model/digest.ts';

const day = 86_400_000;
const november = {
  from: Date.parse('2026-11-01T00:00:00Z'),
  until: Date.parse('2026-12-01T00:00:00Z'),
};
const october = { from: Date.parse('2026-10-02T00:00:00Z'), until: november.from };

/** A figure of one period. */
export function aFigure(value: number | null, given: Partial<Figure> = {}): Figure {
  return { value, p75: null, p95: null, n: 12, of: 12, reason: null, ...given };
}

/** A figure with its course over four weeks. */
export function aMeasured(given: Partial<MeasuredFigure> = {}): MeasuredFigure {
  return {
    id: 'deployments',
    section: 'delivery',
    unit: 'count',
    better: 'higher',
    current: aFigure(24),
    previous: aFigure(12),
    isBeyondNoise: true,
    series: [1, 5, null, 18].map((value, index) => ({
      from: november.from + index * 7 * day,
      until: november.from + (index + 1) * 7 * day,
      value,
      n: value ?? 0,
    })),
    offenders: [],
    ...given,
  };
}

/** The digest of one project in November 2026. */
export function aDigest(given: Partial<Digest> = {}): Digest {
  return {
    methodVersion: 1,
    createdAt: '2026-12-01T06:00:00.000Z',
    scope: { kind: 'project', name: 'acme/shop', url: 'https://gitlab.example.com/acme/shop' },
    period: { ...november, label: '2026-11-01 to 2026-11-30', timeZone: 'UTC' },
    previous: { ...october, label: '2026-10-02 to 2026-10-31', timeZone: 'UTC' },
    projects: [{ id: 42, path: 'acme/shop', url: 'https://gitlab.example.com/acme/shop', gaps: [] }],
    deploymentSource: 'successful ones to environments of the tier production',
    figures: [aMeasured()],
    tables: [],
    remarks: [],
    requests: 140,
    ...given,
  };
}

/** A digest in which every text that comes from outside is drawn. */
export function hostileDigest(draw: () => string): Digest {
  const offenders = [0, 1].map(() => ({
    name: draw(),
    title: draw(),
    url: draw(),
    value: 3_600,
  }));
  return aDigest({
    scope: { kind: 'group', name: draw(), url: 'https://gitlab.example.com/groups/acme' },
    // With names of tags.
    period: { ...november, label: draw(), timeZone: 'UTC' },
    previous: { ...october, label: draw(), timeZone: 'UTC' },
    projects: [{ id: 42, path: draw(), url: 'https://gitlab.example.com/acme/shop', gaps: [draw()] }],
    deploymentSource: draw(),
    figures: [
      aMeasured({ id: 'made-up', unit: 'seconds', offenders, current: aFigure(7_200, { reason: draw() }) }),
    ],
    tables: [
      {
        id: 'made-up',
        section: 'ci',
        columns: [
          { id: 'name', unit: 'text' },
          { id: 'time', unit: 'seconds' },
        ],
        rows: [{ url: null, cells: [draw(), 12] }],
        more: 3,
      },
    ],
    remarks: [draw()],
  });
}
