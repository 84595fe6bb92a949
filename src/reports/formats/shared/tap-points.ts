import type { TestOutcome } from '../../../model/tests.ts';
import type { ReportSink } from '../../format.ts';
import { blankTestRun, failureFrom, suitePath } from './blank-test-run.ts';
import { yamlFields } from './tap-yaml.ts';

/** One test point, with what its producer says of it. */
export interface Point {
  readonly depth: number;
  readonly ok: boolean;
  readonly description: string;
  readonly directive: { readonly name: 'skip' | 'todo'; readonly reason: string } | null;
  /** Lines of its YAML block. */
  readonly diagnostics: string[];
  /** Comments below it. */
  readonly comments: string[];
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
    comments: [],
  };
}

/** https://testanything.org/tap-version-14-specification.html: a failing TODO is not a failure. */
export function outcomeOf({ ok, directive }: Point): TestOutcome {
  if (directive?.name === 'skip') return 'skipped';
  if (directive?.name === 'todo') return ok ? 'passed' : 'skipped';
  return ok ? 'passed' : 'failed';
}

/**
 * True for a test without a body that Node counts among those that are still to be done; elsewhere a TODO that passes
 * is a test that passed. https://nodejs.org/docs/latest-v20.x/api/test.html#todo-tests
 */
function isToDo({ ok, directive }: Point, fields: ReadonlyMap<string, string>): boolean {
  return ok && directive?.name === 'todo' && fields.has('duration_ms');
}

interface Place {
  readonly file: string | null;
  readonly line: number | null;
}

/** The first of the keys that has a value. */
function firstOf(fields: ReadonlyMap<string, string>, ...keys: readonly string[]): string {
  return keys.map((key) => fields.get(key) ?? '').find((value) => value !== '') ?? '';
}

/** Where the test is: `at: {file, line}`, `at: path:1:2` or `location: 'path:1:2'`. */
function placeOf(fields: ReadonlyMap<string, string>): Place {
  const text = firstOf(fields, 'location', 'at');
  const match = /^(?:.*\()?([^'"\s(][^'"()]*?):(\d+)(?::\d+)?\)?$/.exec(text);
  const all = new Map([...fields, ...yamlFields(text.split('\n'))]);
  const file = match?.[1] ?? firstOf(all, 'file', 'fileName');
  const line = Number(match?.[2] ?? firstOf(all, 'line', 'lineNumber'));
  return { file: file === '' ? null : file, line: Number.isInteger(line) && line > 0 ? line : null };
}

/** A stack as its runtime prints it: YAML has no `at`. */
function stackOf(stack: string): string {
  return stack
    .split('\n')
    .map((line) =>
      /^\s*(?:async )?\S.*:\d+:\d+\)?$/.test(line) && !/^\s*at /.test(line) ? `    at ${line.trim()}` : line,
    )
    .join('\n');
}

/** The fields that a console shows, in its order: what went wrong, both sides or their diff, and the stack. */
function detailsOf(fields: ReadonlyMap<string, string>, said: string): string {
  const [expected = fields.get('wanted'), actual = fields.get('found')] = [
    fields.get('expected'),
    fields.get('actual'),
  ];
  const diff = fields.get('diff');
  const sides =
    diff === undefined && expected !== undefined && actual !== undefined && !said.includes('\n')
      ? [`expected: ${expected}\n  actual: ${actual}`]
      : [];
  return [said, diff ?? '', ...sides, fields.get('source') ?? '', stackOf(fields.get('stack') ?? '')]
    .filter((part) => part.trim() !== '')
    .join('\n\n');
}

/** What a point says of its failure: YAML as data, comments as they are. */
function failureOf(
  { diagnostics, comments, directive }: Point,
  outcome: TestOutcome,
  fields: ReadonlyMap<string, string>,
): ReturnType<typeof failureFrom> {
  if (outcome === 'passed') return null;
  const said = fields.get('message') ?? fields.get('error') ?? '';
  const own = detailsOf(fields, said);
  // What does not look like YAML is shown as it is.
  const details = [own === '' && comments.length === 0 ? diagnostics.join('\n') : own, comments.join('\n')]
    .filter((part) => part.trim() !== '')
    .join('\n');
  const message = outcome === 'skipped' ? (directive?.reason ?? null) : said === '' ? null : said;
  const texts = { message, details: details === message ? '' : details, type: fields.get('name') ?? null };
  return failureFrom(outcome, texts);
}

function emit(point: Point, suites: readonly string[], sink: ReportSink): void {
  const fields = yamlFields(point.diagnostics);
  const toDo = isToDo(point, fields);
  const outcome = toDo ? 'skipped' : outcomeOf(point);
  const duration = Number(fields.get('duration_ms') ?? Number.NaN);
  const place = placeOf(fields);
  sink.test({
    ...blankTestRun,
    ...place,
    // Most producers say where a test is only when it fails.
    isFileOfFailure: true,
    suite: suitePath(suites),
    name: point.description === '' ? 'unnamed test' : point.description,
    outcome,
    durationSeconds: Number.isFinite(duration) && duration >= 0 ? duration / 1000 : null,
    failure: failureOf(toDo ? { ...point, diagnostics: [] } : point, outcome, fields),
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
