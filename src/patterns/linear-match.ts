import { patternSteps, type Step } from './pattern-steps.ts';

/** What named groups hold, by name; a group that took no part has no entry. */
export type Groups = Readonly<Record<string, string | undefined>>;

/**
 * Where the groups of one way through the expression begin and end so far; never changed, so that ways can share it.
 */
type Marks = ReadonlyMap<string, { readonly start: number; readonly end: number | null }>;

interface Way {
  /** Index of a step that takes a character, or of the end. */
  readonly at: number;
  readonly marks: Marks;
}

interface Place {
  readonly text: string;
  readonly position: number;
}

function withMark(marks: Marks, { group, side }: Extract<Step, { do: 'mark' }>, position: number): Marks {
  const changed = new Map(marks);
  const start = side === 'start' ? position : (marks.get(group)?.start ?? position);
  changed.set(group, { start, end: side === 'start' ? null : position });
  return changed;
}

/** Ways at one place of the text, what the expression prefers first, each step at most once. */
class Ways {
  readonly all: Way[] = [];
  private readonly steps: readonly Step[];
  private readonly seen: Uint8Array;

  constructor(steps: readonly Step[]) {
    this.steps = steps;
    this.seen = new Uint8Array(steps.length);
  }

  clear(): void {
    this.all.length = 0;
    this.seen.fill(0);
  }

  /** Follows what takes no character. */
  enter(first: Way, { text, position }: Place): void {
    const open = [first];
    for (let way = open.pop(); way !== undefined; way = open.pop()) {
      const { at, marks } = way;
      const step = this.steps[at];
      if (step === undefined || this.seen[at] === 1) continue;
      this.seen[at] = 1;
      if (step.do === 'take' || step.do === 'end') this.all.push(way);
      // The last one pushed is followed first.
      else if (step.do === 'fork') for (const to of step.to.toReversed()) open.push({ at: to, marks });
      else if (step.do === 'mark') open.push({ at: at + 1, marks: withMark(marks, step, position) });
      else if (step.holds(text.charAt(position - 1), text.charAt(position))) open.push({ at: at + 1, marks });
    }
  }
}

/** Where an expression may begin in a text. */
type Beginning = 'at the start' | 'anywhere';

const noMarks: Marks = new Map();

/**
 * Takes one character on all ways; gives the marks of the way that is at its end, if there is one. What comes behind
 * that way is less preferred and goes no further.
 */
function advance(steps: readonly Step[], { now, next }: Turn, { text, position }: Place): Marks | null {
  next.clear();
  const character = text.charAt(position);
  for (const { at, marks } of now.all) {
    const step = steps[at];
    if (step?.do === 'end') return marks;
    if (step?.do === 'take' && position < text.length && step.test(character))
      next.enter({ at: at + 1, marks }, { text, position: position + 1 });
  }
  return null;
}

interface Turn {
  readonly now: Ways;
  readonly next: Ways;
}

/**
 * The marks of the preferred match, or, anywhere, of the one that is known first: that there is one is all that is
 * asked there.
 */
function matchedMarks(steps: readonly Step[], text: string, beginning: Beginning): Marks | null {
  let turn: Turn = { now: new Ways(steps), next: new Ways(steps) };
  let best: Marks | null = null;
  for (let position = 0; position <= text.length; position += 1) {
    const { now, next } = turn;
    if (position === 0 || beginning === 'anywhere') now.enter({ at: 0, marks: noMarks }, { text, position });
    if (now.all.length === 0 && beginning === 'at the start') break;
    const ended = advance(steps, turn, { text, position });
    best = ended ?? best;
    if (ended !== null && beginning === 'anywhere') break;
    turn = { now: next, next: now };
  }
  return best;
}

/**
 * What `RegExp.exec` finds at the very beginning of a text, as the named groups, in time that grows with the product of
 * both lengths and no faster. The expression has no flags, or `i`. Throws `UsageError` for what cannot be matched so.
 * Source: R. Cox, "Regular Expression Matching: the Virtual Machine Approach", https://swtch.com/~rsc/regexp/regexp2.html
 */
export function linearGroups(expression: RegExp): (text: string) => Groups | null {
  const steps = patternSteps(expression);
  return (text) => {
    const marks = matchedMarks(steps, text, 'at the start');
    if (marks === null) return null;
    return Object.fromEntries(
      [...marks].flatMap(([name, { start, end }]) => (end === null ? [] : [[name, text.slice(start, end)]])),
    );
  };
}

/** Whether `RegExp.test` finds an expression anywhere in a text; under the same conditions as `linearGroups`. */
export function linearPattern(expression: RegExp): (text: string) => boolean {
  const steps = patternSteps(expression);
  return (text) => matchedMarks(steps, text, 'anywhere') !== null;
}
