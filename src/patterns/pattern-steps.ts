import { UsageError } from '../errors.ts';
import { type PatternNode, parsePattern } from './pattern-tree.ts';

/** Steps of a matcher; more than these are not worth their time. */
const maxSteps = 2_000;

export type Step =
  | { readonly do: 'take'; readonly test: (character: string) => boolean }
  | { readonly do: 'look'; readonly holds: (before: string, after: string) => boolean }
  /** Goes on at all places; the first is what the expression prefers. */
  | { readonly do: 'fork'; readonly to: readonly number[] }
  /** A named group begins or ends. */
  | { readonly do: 'mark'; readonly group: string; readonly side: 'start' | 'end' }
  | { readonly do: 'end' };

/** Appends the steps of a part; each goes on at the next one unless it says otherwise. */
function compile(node: PatternNode, steps: Step[]): void {
  if (steps.length > maxSteps) throw new UsageError('is too large, for example by high counts in braces');
  switch (node.kind) {
    case 'character':
      steps.push({ do: 'take', test: node.test });
      break;
    case 'assertion':
      steps.push({ do: 'look', holds: node.holds });
      break;
    case 'group':
      steps.push({ do: 'mark', group: node.name, side: 'start' });
      compile(node.inner, steps);
      steps.push({ do: 'mark', group: node.name, side: 'end' });
      break;
    case 'sequence':
      for (const part of node.parts) compile(part, steps);
      break;
    case 'choice':
      compileChoice(node.options, steps);
      break;
    case 'repetition':
      compileRepetition(node, steps);
      break;
  }
}

/** A fork to each option, and behind each a way to the end of all. */
function compileChoice(options: readonly PatternNode[], steps: Step[]): void {
  const fork = steps.length;
  const starts: number[] = [];
  const ways: number[] = [];
  steps.push({ do: 'fork', to: [] });
  for (const option of options) {
    starts.push(steps.length);
    compile(option, steps);
    ways.push(steps.length);
    steps.push({ do: 'fork', to: [] });
  }
  steps[fork] = { do: 'fork', to: starts };
  for (const way of ways) steps[way] = { do: 'fork', to: [steps.length] };
}

function compileRepetition(
  { inner, min, max, lazy }: Extract<PatternNode, { kind: 'repetition' }>,
  steps: Step[],
): void {
  const forkAt = (fork: number, end: number): Step => ({
    do: 'fork',
    to: lazy ? [end, fork + 1] : [fork + 1, end],
  });
  for (let count = 0; count < min; count += 1) compile(inner, steps);
  if (max === Infinity) {
    const fork = steps.length;
    steps.push({ do: 'fork', to: [] });
    compile(inner, steps);
    steps.push({ do: 'fork', to: [fork] });
    steps[fork] = forkAt(fork, steps.length);
    return;
  }
  const forks: number[] = [];
  for (let count = min; count < max; count += 1) {
    forks.push(steps.length);
    steps.push({ do: 'fork', to: [] });
    compile(inner, steps);
  }
  for (const fork of forks) steps[fork] = forkAt(fork, steps.length);
}

/** An expression as steps; the last is the end. Throws `UsageError` for what cannot be matched without backtracking. */
export function patternSteps(expression: RegExp): readonly Step[] {
  const steps: Step[] = [];
  compile(parsePattern(expression), steps);
  steps.push({ do: 'end' });
  return steps;
}
