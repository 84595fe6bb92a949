import { UsageError } from '../../errors.ts';
import { type PatternNode, parsePattern } from './pattern-tree.ts';

/** Steps of the matcher; more than these are not worth their time. */
const maxSteps = 2_000;

type Step =
  | { readonly do: 'take'; readonly test: (character: string) => boolean }
  | { readonly do: 'look'; readonly holds: (before: string, after: string) => boolean }
  /** Goes on at both places. */
  | { readonly do: 'fork'; readonly to: readonly number[] }
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
  { inner, min, max }: Extract<PatternNode, { kind: 'repetition' }>,
  steps: Step[],
): void {
  for (let count = 0; count < min; count += 1) compile(inner, steps);
  if (max === Infinity) {
    const fork = steps.length;
    steps.push({ do: 'fork', to: [] });
    compile(inner, steps);
    steps.push({ do: 'fork', to: [fork] });
    steps[fork] = { do: 'fork', to: [fork + 1, steps.length] };
    return;
  }
  const forks: number[] = [];
  for (let count = min; count < max; count += 1) {
    forks.push(steps.length);
    steps.push({ do: 'fork', to: [] });
    compile(inner, steps);
  }
  for (const fork of forks) steps[fork] = { do: 'fork', to: [fork + 1, steps.length] };
}

/** Steps that wait for a character at one place of the text, each at most once. */
class Front {
  readonly waiting: number[] = [];
  private readonly steps: readonly Step[];
  private readonly seen: Uint8Array;

  constructor(steps: readonly Step[]) {
    this.steps = steps;
    this.seen = new Uint8Array(steps.length);
  }

  clear(): void {
    this.waiting.length = 0;
    this.seen.fill(0);
  }

  /** Follows what takes no character; true when the end is reached. */
  enter(first: number, before: string, after: string): boolean {
    const open = [first];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const step = this.steps[at];
      if (step === undefined || this.seen[at] === 1) continue;
      this.seen[at] = 1;
      if (step.do === 'end') return true;
      if (step.do === 'take') this.waiting.push(at);
      else if (step.do === 'fork') open.push(...step.to);
      else if (step.holds(before, after)) open.push(at + 1);
    }
    return false;
  }
}

function isIn(steps: readonly Step[], text: string): boolean {
  let front = new Front(steps);
  let next = new Front(steps);
  for (let at = 0; at <= text.length; at += 1) {
    const before = at === 0 ? '' : text.charAt(at - 1);
    const character = text.charAt(at);
    if (front.enter(0, before, character)) return true;
    next.clear();
    const after = text.charAt(at + 1);
    for (const index of at === text.length ? [] : front.waiting) {
      const step = steps[index];
      if (step?.do === 'take' && step.test(character) && next.enter(index + 1, character, after)) return true;
    }
    [front, next] = [next, front];
  }
  return false;
}

/**
 * A search for a regular expression whose time grows with the product of both lengths and no faster, whatever the text: all ways to read it
 * are followed at once. The expression has no flags, or `i`. Throws `UsageError` for what cannot be matched so.
 * Source: K. Thompson, "Regular expression search algorithm", CACM 11(6), 1968; https://swtch.com/~rsc/regexp/regexp1.html
 */
export function linearPattern(expression: RegExp): (text: string) => boolean {
  const steps: Step[] = [];
  compile(parsePattern(expression), steps);
  steps.push({ do: 'end' });
  return (text) => isIn(steps, text);
}
