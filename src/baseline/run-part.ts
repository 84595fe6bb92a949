import * as z from 'zod';
import type { UnexplainedSign } from '../model/evidence.ts';
import { failsJob, type GateVerdict } from '../model/gate.ts';
import type { Warning } from '../model/report.ts';
import { createByteSpace, cutText, fitting } from './byte-space.ts';

/** Of gates, of signs and of warnings each. */
const maxBytes = 300_000;
const most = { gates: 1_000, signs: 200, warnings: 200, text: 1_000 } as const;

const signKinds = [
  'declared',
  'verdict',
  'incomplete',
  'unreadable',
  'missing',
  'vanished',
  'stopped',
  'pipeline',
  'triggers',
] as const satisfies readonly UnexplainedSign['kind'][];

export const verdictSchema = z.enum(['passed', 'failed', 'warning', 'info']).meta({
  description:
    'What the headline of the comment says of the run; `info`: nothing is wrong as far as Herald knows, and nothing shows that all is well. Missing in reports of older versions.',
});

export const gatesSchema = z.array(
  z.object({
    condition: z.string(),
    grade: z.enum(['fail', 'warn']),
    outcome: z.enum(['passed', 'failed', 'unknown']),
    message: z.string(),
  }),
);

export const signsSchema = z
  .array(
    z.object({
      kind: z.enum(signKinds),
      path: z.string().nullable(),
      count: z.int().positive().meta({ description: 'How many failures it stands for.' }),
      reason: z.string(),
    }),
  )
  .meta({
    description:
      'Signs of failure that nothing red explains, such as a report that is cut off: with one of them the run is not green.',
  });

export const warningsSchema = z.array(z.object({ path: z.string().nullable(), message: z.string() }));

function cut(text: string): string {
  return cutText(text, most.text);
}

function cutPath(path: string | null): string | null {
  return path === null ? null : cut(path);
}

/** The gates as they are kept; those that fail the job are the first that get room. */
export function gatesPartOf(gates: readonly GateVerdict[]): z.infer<typeof gatesSchema> {
  const all = gates.map((gate) => ({ fails: failsJob(gate), kept: keptGate(gate) }));
  const inOrder = all.toSorted((a, b) => Number(b.fails) - Number(a.fails)).map(({ kept }) => kept);
  const room = new Set(fitting(inOrder, createByteSpace(maxBytes), most.gates));
  return all.map(({ kept }) => kept).filter((kept) => room.has(kept));
}

function keptGate({ condition, grade, outcome, message }: GateVerdict): z.infer<typeof gatesSchema>[number] {
  return { condition: cut(condition), grade, outcome, message: cut(message) };
}

/** The signs as they are kept. */
export function signsPartOf(signs: readonly UnexplainedSign[]): z.infer<typeof signsSchema> {
  const all = signs.map(({ kind, path, count, reason }) => ({
    kind,
    path: cutPath(path),
    count,
    reason: cut(reason),
  }));
  return fitting(all, createByteSpace(maxBytes), most.signs);
}

/** The warnings as they are kept. */
export function warningsPartOf(warnings: readonly Warning[]): z.infer<typeof warningsSchema> {
  const all = warnings.map(({ path, message }) => ({ path: cutPath(path), message: cut(message) }));
  return fitting(all, createByteSpace(maxBytes), most.warnings);
}
