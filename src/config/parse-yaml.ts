import type * as YamlModule from 'yaml';
import type { Node, Pair } from 'yaml';
import { UsageError } from '../errors.ts';

/** A place in a text, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What is wrong at a place. */
export interface YamlProblem extends Place {
  readonly message: string;
}

export interface YamlDocument {
  /** Undefined where there are problems. */
  readonly value: unknown;
  readonly problems: readonly YamlProblem[];
  /** Where the value at a path begins, or its key with `of: 'key'`; of the last part of the path that is there. */
  placeOf(path: readonly PropertyKey[], of?: 'key' | 'value'): Place;
}

type Yaml = typeof YamlModule;

function pairsOf(node: unknown, { isMap }: Yaml): readonly Pair[] {
  return isMap(node) ? node.items : [];
}

/** The node at a path with its key's node, as deep as the path leads. */
function nodesAt(root: Node, path: readonly PropertyKey[], yaml: Yaml): { key: Node; value: Node } {
  let found = { key: root, value: root };
  for (const part of path) {
    if (yaml.isSeq(found.value)) {
      const item = found.value.items[Number(part)];
      if (!yaml.isNode(item)) break;
      found = { key: item, value: item };
      continue;
    }
    const pair = pairsOf(found.value, yaml).find(
      ({ key }) => yaml.isScalar(key) && String(key.value) === String(part),
    );
    if (pair === undefined || !yaml.isNode(pair.key)) break;
    found = { key: pair.key, value: yaml.isNode(pair.value) ? pair.value : pair.key };
  }
  return found;
}

/** What people do about the commonest mistakes, by the library's code; it words the others itself. */
const remedies: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab indents this line: indent with spaces',
  DUPLICATE_KEY: 'this key is written twice: keep one of them',
  MULTIPLE_DOCS: 'a second document begins here: remove the line "---"',
  BLOCK_AS_IMPLICIT_KEY:
    'a second ": " in a line, or a line that is indented too far: put text with ": " in quotes, or indent it like the keys above',
  RESOURCE_EXHAUSTION: 'it is nested too deep',
};

/** A problem as the library has it, with its code and where it begins. */
interface LibraryProblem {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** Without those that only follow from another: at the same place, or while the reader left what is nested too deep. */
function ownProblems(errors: readonly LibraryProblem[]): readonly LibraryProblem[] {
  const deep = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (deep !== undefined) return [deep];
  return errors.filter(({ pos }, index) => errors.findIndex((other) => other.pos[0] === pos[0]) === index);
}

/** Reads a YAML text with the places of what is in it; aliases cannot blow it up. */
export async function readYaml(text: string): Promise<YamlDocument> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const placeOf: YamlDocument['placeOf'] = (path, of = 'value') => {
    if (document.contents === null) return at(0);
    const nodes = nodesAt(document.contents, path, yaml);
    return at(nodes[of].range?.[0] ?? 0);
  };
  const problems = ownProblems(document.errors).map(({ code, message, pos }) => ({
    message: remedies[code] ?? message,
    ...at(pos[0]),
  }));
  if (problems.length > 0) return { value: undefined, problems, placeOf };
  try {
    return { value: document.toJS({ maxAliasCount: 20 }), problems, placeOf };
  } catch (error) {
    const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const message =
      error instanceof ReferenceError ? 'its aliases repeat too much: write the values out' : words;
    return { value: undefined, problems: [{ message, line: 1, column: 1 }], placeOf };
  }
}

/** The value of a YAML text; aliases cannot blow it up. Throws `UsageError` that names `path` and the place. */
export async function parseYaml(text: string, path: string): Promise<unknown> {
  const { value, problems } = await readYaml(text);
  const [problem] = problems;
  if (problem === undefined) return value;
  throw new UsageError(
    `${path} is not valid YAML: ${problem.message} at line ${problem.line}, column ${problem.column}`,
  );
}
