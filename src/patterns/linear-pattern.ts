import { patternSteps, type Step } from './pattern-steps.ts';

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
      else if (step.do === 'mark' || step.holds(before, after)) open.push(at + 1);
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
  const steps = patternSteps(expression);
  return (text) => isIn(steps, text);
}
