import * as z from 'zod';
import { keptMessageLength } from '../compare/compare-findings.ts';
import type { EarlierFindings } from '../model/earlier-run.ts';
import { type Finding, type FindingsReport, type Severity, severities } from '../model/findings.ts';
import { createByteSpace, fitting } from './byte-space.ts';
import { fromBase64, toBase64 } from './columns.ts';

const count = z.int().nonnegative();
const idBytes = 8;
const maxIds = 50_000;
const maxTold = 1_000;
const maxToldBytes = 1_500_000;
const maxPathLength = 500;

const toldFinding = z.object({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  category: z.enum(['quality', 'security', 'accessibility', 'license']),
  tool: z.string(),
  rule: z.string(),
  severity: z.enum(severities),
  message: z.string(),
  path: z.string().nullable(),
  line: z.int().nullable(),
});

export const findingsPartSchema = z.object({
  total: count,
  bySeverity: z.object({
    critical: count,
    high: count,
    medium: count,
    low: count,
    info: count,
    unknown: count,
  } satisfies Record<Severity, z.ZodType>),
  ids: z.base64().meta({ description: 'Identities of the findings, 8 bytes each, sorted.' }),
  complete: z.boolean().meta({ description: 'False when there were more findings than are kept.' }),
  findings: z
    .array(toldFinding)
    .meta({ description: 'The most severe ones in words, at most 1,000, messages cut.' }),
});

export type FindingsPart = z.infer<typeof findingsPartSchema>;

function bySeverityAndId(a: Finding, b: Finding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.id < b.id ? -1 : 1);
}

function told(finding: Finding): z.infer<typeof toldFinding> {
  const { id, category, tool, rule, severity, message, path, line } = finding;
  return {
    id,
    category,
    tool: tool.slice(0, keptMessageLength),
    rule: rule.slice(0, keptMessageLength),
    severity,
    message: message.slice(0, keptMessageLength),
    path: path?.slice(0, maxPathLength) ?? null,
    line,
  };
}

/** How many findings are kept without their identity, and without their words. */
interface FindingOmissions {
  readonly findings: number;
  readonly findingTexts: number;
}

/** Findings as they are kept: their identities, and the most severe ones in words. Suppressed ones are not kept. */
export function findingsPartOf({ total, bySeverity, findings, omittedFindings }: FindingsReport): {
  readonly part: FindingsPart;
  readonly omitted: FindingOmissions;
} {
  const counted = findings.filter(({ suppressed }) => !suppressed);
  const ids = [...new Set(counted.map(({ id }) => id))].sort().slice(0, maxIds);
  const part = {
    total,
    bySeverity: { ...bySeverity },
    ids: toBase64(new Uint8Array(Buffer.from(ids.join(''), 'hex'))),
    complete: omittedFindings === 0 && counted.length <= maxIds,
    findings: fitting(
      counted.toSorted(bySeverityAndId).slice(0, maxTold).map(told),
      createByteSpace(maxToldBytes),
      maxTold,
    ),
  };
  return {
    part,
    omitted: {
      findings: Math.max(0, total - ids.length),
      findingTexts: Math.max(0, total - part.findings.length),
    },
  };
}

/** Reads the part; a truncated last identity is omitted. */
export function readFindingsPart(part: FindingsPart): EarlierFindings {
  const bytes = Buffer.from(fromBase64(part.ids)).toString('hex');
  const ids = new Set<string>();
  for (let at = 0; at + idBytes * 2 <= bytes.length; at += idBytes * 2)
    ids.add(bytes.slice(at, at + idBytes * 2));
  return {
    ids,
    findings: new Map(part.findings.map((finding) => [finding.id, finding])),
    complete: part.complete,
  };
}
