import type { Finding, FindingFix } from '../model/findings.ts';
import type { Metric } from '../model/metrics.ts';
import type { Report } from '../model/report.ts';
import type { TestFailure } from '../model/tests.ts';
import { type MaskText, maskedValue } from '../secrets/masked-value.ts';
import { withoutControls } from './clean-text.ts';
import type { TestRun } from './format.ts';
import { hashDigits, stableHash } from './stable-hash.ts';

type RawFinding = Omit<Finding, 'id' | 'report'>;
type RawMetric = Omit<Metric, 'report'>;

/** Takes secrets out of what a format says, before it is identified, cut or kept. */
export interface ReportMask {
  run(run: TestRun): TestRun;
  finding(finding: RawFinding): RawFinding;
  metric(metric: RawMetric): RawMetric;
  /** A path that is an identity: of a file with coverage. */
  path(path: string): string;
  text(text: string): string;
}

/** More than any collector keeps of one text. */
const maxCharacters = 300_000;
/** Different texts that are told apart after their secrets are gone. */
const maxDistinct = 10_000;
const maxKnown = 4_096;

/** A secret that terminal sequences split is one when they are gone, which they will be. Else the text stays as it is. */
function throughControls(mask: MaskText): MaskText {
  return (text) => {
    const bounded = text.length > maxCharacters ? text.slice(0, maxCharacters) : text;
    const clean = withoutControls(bounded);
    const safe = mask(clean);
    return safe === clean ? text : safe;
  };
}

/** Groups of tests have few texts, which come again and again. */
function remembered(mask: MaskText): MaskText {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const safe = mask(text);
    if (known.size < maxKnown) known.set(text, safe);
    return safe;
  };
}

/**
 * Numbers texts that differ in their secrets only, in the order they come: without that, the passing one of two tests would pass for a
 * rerun of the failing one. The number is the same in each run, whatever the secrets are. Beyond the limit nothing comes twice.
 */
function createDistinction(): (raw: string, safe: string) => string {
  const numbers = new Map<string, Map<string, number>>();
  let size = 0;
  return (raw, safe) => {
    const key = hashDigits(stableHash(safe));
    const ofSafe = numbers.get(key) ?? new Map<string, number>();
    const digest = hashDigits(stableHash(raw));
    const number = ofSafe.get(digest) ?? (size < maxDistinct ? ofSafe.size + 1 : size + 1);
    if (!ofSafe.has(digest)) {
      size += 1;
      if (size <= maxDistinct) numbers.set(key, ofSafe.set(digest, number));
    }
    return number === 1 ? '' : ` (${number})`;
  };
}

function maskedFailure(failure: TestFailure, mask: MaskText): TestFailure {
  const { type, message, details } = failure;
  return { type: type === null ? null : mask(type), message: mask(message), details: mask(details) };
}

function createRunMask(mask: MaskText): (run: TestRun) => TestRun {
  const distinct = createDistinction();
  const maskGroup = remembered(mask);
  const nameOf = (run: TestRun, safe: Pick<TestRun, 'suite' | 'className' | 'name' | 'file'>): string => {
    const isSame =
      safe.name === run.name &&
      safe.className === run.className &&
      safe.suite === run.suite &&
      safe.file === run.file;
    if (isSame) return run.name;
    const keyOf = (of: typeof safe): string => JSON.stringify([of.suite, of.className, of.name, of.file]);
    return safe.name + distinct(keyOf(run), keyOf(safe));
  };
  return (run) => {
    const suite = maskGroup(run.suite);
    const className = maskGroup(run.className);
    const file = run.file === null ? null : maskGroup(run.file);
    return {
      suite,
      className,
      name: nameOf(run, { suite, className, file, name: mask(run.name) }),
      file,
      line: run.line,
      outcome: run.outcome,
      durationSeconds: run.durationSeconds,
      failure: run.failure === null ? null : maskedFailure(run.failure, mask),
      earlierFailures:
        run.earlierFailures.length === 0
          ? run.earlierFailures
          : run.earlierFailures.map((failure) => maskedFailure(failure, mask)),
    };
  };
}

/** Code that somebody may commit is offered as it is or not at all. */
function maskedFix(fix: FindingFix | null, mask: MaskText): FindingFix | null {
  if (fix === null || mask(fix.replacement) !== fix.replacement) return null;
  return { ...fix, description: fix.description === null ? null : mask(fix.description) };
}

/** Makes the mask of one report file. */
export function createReportMask(maskText: MaskText): ReportMask {
  const text = throughControls(maskText);
  const distinctPath = createDistinction();
  const distinctMetric = createDistinction();
  const orNull = (value: string | null): string | null => (value === null ? null : text(value));
  return {
    text,
    run: createRunMask(text),
    finding: (finding) => ({
      ...finding,
      tool: text(finding.tool),
      rule: text(finding.rule),
      ruleUrl: orNull(finding.ruleUrl),
      message: text(finding.message),
      description: text(finding.description),
      path: orNull(finding.path),
      identifiers: maskedValue(finding.identifiers, text),
      fix: maskedFix(finding.fix, text),
    }),
    metric(metric) {
      const { name, group, labels, unit } = metric;
      const safe = {
        name: text(name),
        group: text(group),
        labels: maskedLabels(labels, text),
        unit: orNull(unit),
      };
      const before = JSON.stringify([group, name, labels]);
      const after = JSON.stringify([safe.group, safe.name, safe.labels]);
      const number = before === after ? '' : distinctMetric(before, after);
      return { ...metric, ...safe, name: safe.name + number };
    },
    path(path) {
      const safe = text(path);
      return safe === path ? path : safe + distinctPath(path, safe);
    },
  };
}

/** A label is a name with its value: `token="…"` is a secret by its name. */
function maskedLabels(labels: Metric['labels'], mask: MaskText): Metric['labels'] {
  return Object.fromEntries(
    Object.entries(labels).map(([label, value]) => {
      const start = `${mask(label)}=`;
      const both = mask(start + value);
      return [mask(label), both.startsWith(start) ? both.slice(start.length) : mask(value)];
    }),
  );
}

/** Masks what was collected once more, whatever part of a report its texts came from. Of coverage, only paths are texts. */
export function maskedReport<Kind extends Report>(report: Kind, mask: MaskText): Kind {
  if (report.kind !== 'coverage') return maskedValue(report, mask);
  const paths = report.files.map(({ path }) => mask(path));
  if (report.files.every(({ path }, index) => path === paths[index])) return report;
  return { ...report, files: report.files.map((file, index) => ({ ...file, path: paths[index] ?? '' })) };
}
