import * as z from 'zod';
import type { Digest } from '../model/digest.ts';

const span = { from: z.number(), until: z.number() };
const period = z.object({ ...span, label: z.string(), timeZone: z.string() });
const section = z.enum(['delivery', 'merge-requests', 'issues', 'code', 'ci', 'tests']);
const unit = z.enum(['count', 'per-day', 'per-week', 'share', 'seconds', 'minutes', 'lines', 'percent']);

const figure = z.object({
  value: z.number().nullable().describe('Null where there is nothing to measure; then the reason says why.'),
  p75: z.number().nullable(),
  p95: z.number().nullable(),
  n: z.number().describe('How many things it rests on.'),
  of: z.number().describe('How many there were in all.'),
  reason: z.string().nullable(),
});

const measured = z.object({
  id: z.string(),
  section,
  unit,
  better: z.enum(['higher', 'lower']).nullable(),
  current: figure,
  previous: figure,
  isBeyondNoise: z.boolean().describe('True where the change is larger than what chance makes.'),
  series: z.array(z.object({ ...span, value: z.number().nullable(), n: z.number() })),
  offenders: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      url: z.string().nullable(),
      value: z.number().nullable(),
    }),
  ),
});

const table = z.object({
  id: z.string(),
  section,
  columns: z.array(z.object({ id: z.string(), unit: z.union([unit, z.literal('text')]) })),
  rows: z.array(
    z.object({
      url: z.string().nullable(),
      cells: z.array(z.union([z.string(), z.number()]).nullable()),
    }),
  ),
  more: z.number(),
});

const digest = {
  methodVersion: z.number().describe('Of the definitions: figures of different versions are not compared.'),
  createdAt: z.string(),
  scope: z.object({
    kind: z.enum(['project', 'projects', 'group']),
    name: z.string(),
    url: z.string().nullable(),
  }),
  period,
  previous: period,
  projects: z.array(
    z.object({ id: z.number(), path: z.string(), url: z.string(), gaps: z.array(z.string()) }),
  ),
  deploymentSource: z.string(),
  figures: z.array(measured),
  tables: z.array(table),
  remarks: z.array(z.string()),
  requests: z.number().nullable(),
} satisfies Record<keyof Digest, z.ZodType>;

/** `herald-digest.json`: times are milliseconds since 1970-01-01 UTC, durations seconds. */
export const digestFileSchema = z.object({
  formatVersion: z.literal(1),
  ...digest,
});

/** The content of `herald-digest.json`. */
export function digestFile(content: Digest): string {
  return `${JSON.stringify({ formatVersion: 1, ...content })}\n`;
}
