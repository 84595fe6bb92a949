import type { ReportSink, TextFormat } from '../format.ts';

// https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md#abnf
const sampleName = /^([a-zA-Z_:][\w:.]*)\s*/;
const labelPart = /\s*([a-zA-Z_][\w.]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|\})/y;
const maxLabels = 32;

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
  /** White space is between its name and its value. */
  readonly isApart: boolean;
  /** Words behind the value: a time, and what is remarked or exemplary behind a `#`. */
  readonly after: readonly string[];
}

function unescaped(text: string): string {
  return text.replace(/\\(n|"|\\)/g, (_match, character: string) => (character === 'n' ? '\n' : character));
}

/** Reads `{a="1",b="2"}` from `start`; null when it does not close. */
function labelsFrom(
  line: string,
  start: number,
): { readonly labels: Record<string, string>; readonly end: number } | null {
  const labels: [string, string][] = [];
  let at = start + 1;
  if (line[at] === '}') return { labels: {}, end: at + 1 };
  while (labels.length < maxLabels) {
    labelPart.lastIndex = at;
    const match = labelPart.exec(line);
    if (match === null) return null;
    labels.push([match[1] ?? '', unescaped(match[2] ?? '')]);
    at = labelPart.lastIndex;
    if (match[3] === '}' || line[at] === '}')
      return { labels: Object.fromEntries(labels), end: match[3] === '}' ? at : at + 1 };
  }
  return null;
}

function sampleOf(line: string): Sample | null {
  const name = sampleName.exec(line);
  if (name === null) return null;
  let rest = name[0].length;
  let labels: Readonly<Record<string, string>> = {};
  if (line[rest] === '{') {
    const read = labelsFrom(line, rest);
    if (read === null) return null;
    labels = read.labels;
    rest = read.end;
  }
  const [value = '', ...after] = line.slice(rest).trim().split(/\s+/);
  const isApart = /\s/.test(line.slice(rest - 1, rest + 1));
  return value === '' ? null : { name: name[1] ?? '', labels, value, isApart, after };
}

function numberOf(text: string): number | null {
  if (/^[+-]?inf(?:inity)?$/i.test(text))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  const value = Number(text);
  return text !== '' && Number.isFinite(value) ? value : null;
}

/** `# UNIT name unit` and `# TYPE name type` lines give units; samples of a family carry its name as a prefix. */
function unitOf(name: string, units: ReadonlyMap<string, string>): string | null {
  const declared =
    units.get(name) ?? units.get(name.replace(/_(?:total|sum|count|bucket|created|info)$/, ''));
  if (declared !== undefined) return declared;
  return (
    /_(seconds|bytes|ratio|percent|meters|joules|volts|amperes|celsius|grams)(?:_|$)/.exec(name)?.[1] ?? null
  );
}

function addSample(
  sample: Sample,
  units: ReadonlyMap<string, string>,
  { sink, line }: { sink: ReportSink; line: number },
): void {
  const value = numberOf(sample.value);
  if (value === null) sink.warn(`line ${line}: "${sample.value.slice(0, 40)}" is not a number`);
  else if (Number.isFinite(value)) {
    const { name, labels } = sample;
    sink.metric({ name, group: 'metrics', labels, value, unit: unitOf(name, units), better: null });
  }
}

/**
 * OpenMetrics and Prometheus text, as GitLab's `artifacts:reports:metrics` takes it. Infinite and NaN samples are
 * ignored.
 */
export const openmetrics: TextFormat = {
  format: 'openmetrics',
  title: 'OpenMetrics text',
  kind: 'metrics',
  wellKnownNames: ['**/metrics.txt', '**/*.openmetrics', '**/*.prom'],
  specification: 'https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md',
  producers: [{ tool: 'any job', option: 'echo "build_size_bytes 1024" > metrics.txt' }],
  syntax: 'text',
  detect(head) {
    if (/^# (?:HELP|TYPE|UNIT) [a-zA-Z_:]/m.test(head) || /^# EOF\s*$/m.test(head)) return true;
    const lines = head.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
    const complete = lines.length > 1 ? lines.slice(0, -1) : lines;
    return complete.length > 0 && complete.every((line) => isSampleLine(line));
  },
  read(sink) {
    const units = new Map<string, string>();
    // Only the last line can be half of one: the end of a file that was cut off.
    let isHalf = false;
    return {
      line(text, number) {
        if (text.trim() !== '') isHalf = false;
        const unit = /^# UNIT ([\w:.]+) (\S+)/.exec(text);
        if (unit?.[1] !== undefined && unit[2] !== undefined) units.set(unit[1], unit[2]);
        if (text.startsWith('#') || text.trim() === '') return;
        const sample = sampleOf(text);
        isHalf = sample === null;
        if (sample === null) sink.warn(`line ${number} is not a sample: ${text.slice(0, 80)}`);
        else addSample(sample, units, { sink, line: number });
      },
      end() {
        if (isHalf) sink.incomplete('the last line is not a whole sample: the file may be cut off');
      },
    };
  },
};

/** `name{labels} value [timestamp]`, and nothing else on the line but an exemplar. */
function isSampleLine(line: string): boolean {
  const sample = sampleOf(line);
  if (sample === null || !sample.isApart || numberOf(sample.value) === null) return false;
  const [first = '#', second = '#'] = sample.after;
  return first.startsWith('#') || (/^[\d.e+-]+$/.test(first) && second.startsWith('#'));
}
