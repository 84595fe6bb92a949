import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const root = new URL('../', import.meta.url);

const aimSchema = z.strictObject({
  id: z.string().regex(/^[a-z-]+\.[a-z0-9-]+$/),
  what: z.string().min(1),
  against: z.string(),
  unit: z.enum(['times', 'ms', 'MB', 'percent', 'requests', 'rounds', 's']),
  atMost: z.number().positive().nullable(),
});
const resultsSchema = z.strictObject({
  parts: z.record(
    z.string(),
    z.strictObject({
      machine: z.strictObject({
        cores: z.int().positive(),
        memoryGigabytes: z.number().positive(),
        system: z.string(),
        node: z.string(),
      }),
      figures: z.record(z.string(), z.number().nullable()),
      tables: z.array(z.looseObject({ title: z.string() })),
    }),
  ),
});

type Aim = z.infer<typeof aimSchema>;
type Results = z.infer<typeof resultsSchema>;

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

async function load(path: string): Promise<unknown> {
  return import(new URL(path, root).href);
}

// The bench is plain JavaScript, which the types do not cover.
const { aims, figureOf, isReached } = z
  .object({
    aims: z.array(aimSchema),
    figureOf: z.custom<(value: number | null | undefined, unit: Aim['unit']) => string>(isFunction),
    isReached: z.custom<(value: number | null, aim: Aim) => boolean | null>(isFunction),
  })
  .parse(await load('bench/aims.mjs'));
const { performancePage } = z
  .object({ performancePage: z.custom<(results: Results) => string>(isFunction) })
  .parse(await load('bench/page.mjs'));
const { parts } = z
  .object({ parts: z.record(z.string(), z.custom(isFunction)) })
  .parse(await load('bench/parts.mjs'));

async function read(path: string): Promise<string> {
  return readFile(fileURLToPath(new URL(path, root)), 'utf8');
}

const results = resultsSchema.parse(JSON.parse(await read('bench/results.json')));
const page = await read('docs/performance.md');

describe('docs/performance.md', () => {
  test('is what the bench makes of its results', () => {
    expect(page).toBe(performancePage(results));
  });

  test.each(aims)('has a row for $id, with its aim', ({ what, against, unit, atMost }) => {
    const name = against === '' ? what : `${what}, against ${against}`;
    const rows = page.split('\n').filter((line) => line.startsWith(`| ${name} |`));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain(`| ${figureOf(atMost, unit)} |`);
  });

  test('names the machine, and no folder and no address', () => {
    const [{ machine } = { machine: null }] = Object.values(results.parts);
    expect(page).toContain(`Node ${machine?.node ?? ''}`);
    expect(page).not.toMatch(/127\.0\.0\.1|localhost|\/tmp\/|\/home\/|\/work\//);
  });
});

describe('the bench', () => {
  test('has a part for each aim, one aim for each figure, and each aim once', () => {
    const ids = aims.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => parts[id.slice(0, id.indexOf('.'))] === undefined)).toEqual([]);
    const measured = Object.values(results.parts).flatMap(({ figures }) => Object.keys(figures));
    expect(measured.filter((id) => !ids.includes(id))).toEqual([]);
    expect(Object.keys(results.parts).filter((name) => parts[name] === undefined)).toEqual([]);
  });

  const aim = (unit: Aim['unit'], atMost: number | null): Aim => ({
    id: 'a.b',
    what: 'a',
    against: '',
    unit,
    atMost,
  });

  test.each([
    [1.2, aim('times', 1.2), true, '1.20 ×'],
    [1.204, aim('times', 1.2), true, '1.20 ×'],
    [1.206, aim('times', 1.2), false, '1.21 ×'],
    [2.02, aim('MB', 2), false, '2.02 MB'],
    [187.4, aim('MB', 200), true, '187 MB'],
    [12_345.6, aim('ms', 300), false, '12,346 ms'],
    [7, aim('requests', 6), false, '7'],
    [5, aim('s', null), null, '5.0 s'],
    [null, aim('times', 1), null, '–'],
    [Number.NaN, aim('times', 1), null, '–'],
  ])('%s for the aim %j', (value, wanted, reached, shown) => {
    expect(isReached(value, wanted)).toBe(reached);
    expect(figureOf(value, wanted.unit)).toBe(shown);
  });
});
