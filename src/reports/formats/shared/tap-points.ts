import type { TestOutcome } from '../../../model/tests.ts';
import type { ReportSink } from '../../format.ts';
import { blankTestRun, failureFrom, suitePath } from './blank-test-run.ts';

/** One test point, with what its producer says of it. */
export interface Point {
  readonly depth: number;
  readonly ok: boolean;
  readonly description: string;
  readonly directive: { readonly name: 'skip' | 'todo'; readonly reason: string } | null;
  readonly diagnostics: string[];
}

/** A brace opens the subtests of a point. */
function withoutBrace(description: string): string {
  return description.endsWith('{') ? description.slice(0, -1) : description;
}

/**
 * The point that a line is, null for other lines: `ok 1 - description # SKIP reason`; a `#` after a backslash or a word
 * is not a directive (TAP 14).
 */
export function pointOf(line: string, depth: number): Point | null {
  const match = /^(not )?ok\b/.exec(line);
  if (match === null) return null;
  const numbered = line.slice(match[0].length).trim();
  const rest = numbered.replace(/^\d{1,20}(?=\s|-|#|$)/, '').replace(/^\s{0,100}-?\s{0,100}/, '');
  const directive = /(?:^|\s)#\s{0,40}(skip(?:ped)?|todo)\b:?/i.exec(rest);
  const description = directive === null ? rest : rest.slice(0, directive.index);
  return {
    depth,
    ok: match[1] === undefined,
    description: withoutBrace(description.trim()).replaceAll('\\#', '#').trim(),
    directive:
      directive === null
        ? null
        : {
            name: directive[1]?.toLowerCase() === 'todo' ? 'todo' : 'skip',
            reason: rest.slice(directive.index + directive[0].length).trim(),
          },
    diagnostics: [],
  };
}

/** https://testanything.org/tap-version-14-specification.html: a failing TODO is not a failure. */
export function outcomeOf({ ok, directive }: Point): TestOutcome {
  if (directive?.name === 'skip') return 'skipped';
  if (directive?.name === 'todo') return ok ? 'passed' : 'skipped';
  return ok ? 'passed' : 'failed';
}

/** The value of a key in a YAML block, read leniently: tools write all kinds of YAML. */
function yamlValue(lines: readonly string[], key: string): string | null {
  const pattern = new RegExp(`^\\s*${key}:\\s*(.*)$`);
  for (const [index, line] of lines.entries()) {
    const value = pattern.exec(line)?.[1]?.trim();
    if (value === undefined) continue;
    if (value === '|' || value === '|-' || value === '>' || value === '>-' || value === '')
      return lines[index + 1]?.trim() ?? null;
    return value.replace(/^(['"])(.*)\1$/, '$2');
  }
  return null;
}

interface Place {
  readonly file: string | null;
  readonly line: number | null;
}

/** Where the test is: `at: {file, line}`, `at: path:1:2` or `location: 'path:1:2'`. */
function placeOf(diagnostics: readonly string[]): Place {
  const text = yamlValue(diagnostics, 'location') ?? yamlValue(diagnostics, 'at') ?? '';
  const match = /^['"]?([^'"\s][^'"]*?):(\d+)(?::\d+)?['"]?$/.exec(text);
  const file = match?.[1] ?? yamlValue(diagnostics, 'file');
  const line = Number(match?.[2] ?? yamlValue(diagnostics, 'line') ?? Number.NaN);
  return {
    file: file === '' || file === null ? null : file,
    line: Number.isInteger(line) && line > 0 ? line : null,
  };
}

function emit(point: Point, suites: readonly string[], sink: ReportSink): void {
  const { diagnostics, directive } = point;
  const outcome = outcomeOf(point);
  const duration = Number(yamlValue(diagnostics, 'duration_ms') ?? Number.NaN);
  const message =
    outcome === 'skipped'
      ? (directive?.reason ?? null)
      : (yamlValue(diagnostics, 'message') ?? yamlValue(diagnostics, 'error'));
  const place = placeOf(diagnostics);
  sink.test({
    ...blankTestRun,
    ...place,
    // Most producers say where a test is only when it fails.
    isFileOfFailure: true,
    suite: suitePath(suites),
    name: point.description === '' ? 'unnamed test' : point.description,
    outcome,
    durationSeconds: Number.isFinite(duration) && duration >= 0 ? duration / 1000 : null,
    failure:
      outcome === 'passed'
        ? null
        : failureFrom(outcome, { message, details: diagnostics.join('\n'), type: null }),
  });
}

/**
 * Puts points into a tree: a point of a level is the parent of the deeper ones that came since the last one of its
 * level, as subtests are before their summary point. Leaves are tests; a parent counts only when it failed and none
 * of its tests did.
 */
export function createTree(sink: ReportSink): { add(point: Point): void; finish(): void } {
  interface Node {
    readonly point: Point;
    readonly children: readonly Node[];
  }
  const levels: Node[][] = [];

  function failed({ point, children }: Node): boolean {
    return children.length === 0 ? outcomeOf(point) === 'failed' : children.some(failed);
  }

  function flush(node: Node, suites: readonly string[]): void {
    const blamesNobody =
      node.children.length > 0 && outcomeOf(node.point) === 'failed' && !node.children.some(failed);
    for (const child of node.children) flush(child, [...suites, node.point.description]);
    if (node.children.length === 0 || blamesNobody) emit(node.point, suites, sink);
  }

  /** Deeper nodes whose parent never came stand for themselves. */
  function takeDeeper(depth: number): readonly Node[] {
    const deeper = levels.splice(depth + 1).flat();
    return deeper;
  }

  return {
    add(point) {
      const node: Node = { point, children: takeDeeper(point.depth) };
      if (point.depth === 0) flush(node, []);
      else {
        while (levels.length <= point.depth) levels.push([]);
        levels[point.depth]?.push(node);
      }
    },
    finish() {
      for (const node of levels.flat()) flush(node, []);
    },
  };
}
