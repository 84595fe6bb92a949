import * as z from 'zod';
import { type Finding, type FindingsReport, severities } from '../../model/findings.ts';
import { type ByteSpace, cutText } from '../byte-space.ts';

const count = z.int().nonnegative();
const line = z.int().nullable();
const maxFindings = 20_000;
const limits = { name: 1_000, message: 4_000, description: 2_000, fix: 20_000, identifiers: 50 } as const;
const name = z.string().max(limits.name);

const findingSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  category: z.enum(['quality', 'security', 'accessibility', 'license']),
  tool: name,
  rule: name,
  ruleUrl: name.nullable(),
  severity: z.enum(severities),
  message: z.string().max(limits.message),
  description: z.string().max(limits.description),
  path: name.nullable(),
  line,
  endLine: line,
  column: line,
  identifiers: z.array(name).max(limits.identifiers),
  fix: z
    .object({
      startLine: z.int(),
      endLine: z.int(),
      replacement: z.string().max(limits.fix),
      columns: z
        .object({ start: z.int(), end: line })
        .nullable()
        .default(null)
        .meta({ description: 'The part of its lines that it replaces; null for all of them.' }),
      description: z.string().max(limits.message).nullable(),
    })
    .nullable(),
  suppressed: z.boolean(),
  report: name,
});

export const detailsFindingsSchema = z.object({
  findings: z.array(findingSchema).max(maxFindings),
  omitted: count.meta({ description: 'Findings that were cut from the report, or had no room here.' }),
});

type DetailsFindings = z.infer<typeof detailsFindingsSchema>;

function keptFinding(finding: Finding): DetailsFindings['findings'][number] {
  const { tool, rule, ruleUrl, message, description, path, identifiers, fix, report } = finding;
  const isShort = (text: string | null): boolean => text === null || text.length <= limits.name;
  return {
    ...finding,
    tool: cutText(tool, limits.name),
    rule: cutText(rule, limits.name),
    ruleUrl: isShort(ruleUrl) ? ruleUrl : null,
    message: cutText(message, limits.message),
    description: cutText(description, limits.description),
    path: path === null ? null : cutText(path, limits.name),
    identifiers: identifiers.filter(isShort).slice(0, limits.identifiers),
    fix:
      fix === null || fix.replacement.length > limits.fix
        ? null
        : { ...fix, description: fix.description === null ? null : cutText(fix.description, limits.message) },
    report: cutText(report, limits.name),
  };
}

function weightOf({ suppressed, severity }: Finding): number {
  return suppressed ? severities.length : severities.indexOf(severity);
}

/** The findings, the most severe first where there is no room for all; in the order of the report. */
export function detailsFindingsOf(
  { findings, omittedFindings }: FindingsReport,
  space: ByteSpace,
): DetailsFindings {
  const kept = new Map<Finding, DetailsFindings['findings'][number]>();
  for (const finding of findings.toSorted((a, b) => weightOf(a) - weightOf(b))) {
    const one = keptFinding(finding);
    if (kept.size < maxFindings && space.take(one)) kept.set(finding, one);
  }
  const inReport = findings.flatMap((finding) => kept.get(finding) ?? []);
  return { findings: inReport, omitted: omittedFindings + findings.length - inReport.length };
}

/** Reads the part beside its counts; null when they contradict each other. */
export function readDetailsFindings(
  { findings, omitted }: DetailsFindings,
  { total, bySeverity }: Pick<FindingsReport, 'total' | 'bySeverity'>,
): FindingsReport | null {
  const told = findings.filter(({ suppressed }) => !suppressed);
  const sum = severities.reduce((all, severity) => all + bySeverity[severity], 0);
  const fits = severities.every(
    (severity) => told.filter((finding) => finding.severity === severity).length <= bySeverity[severity],
  );
  if (sum !== total || !fits) return null;
  return { kind: 'findings', total, bySeverity, findings, omittedFindings: omitted };
}
