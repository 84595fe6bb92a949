import { type AST, RegExpParser } from '@eslint-community/regexpp';

/**
 * Characters that something is made of: of every class that patterns name, and those that mean something in a format.
 */
const alphabet: readonly string[] = [
  ...[
    'a',
    'A',
    'f',
    'x',
    '0',
    '9',
    '_',
    '-',
    '.',
    ',',
    '/',
    '\\',
    ':',
    ';',
    '#',
    '@',
    '!',
    '?',
    '%',
    '&',
    '$',
    '+',
    '*',
    '~',
    '=',
    '^',
    '|',
  ],
  ...[
    '`',
    '"',
    "'",
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    ' ',
    '\t',
    '\n',
    '\r',
    '\u2028',
    '\u2003',
    'é',
    '日',
    '━',
    '❯',
    '\u001B',
  ],
];

/** What nothing goes on with, or only a pattern that takes anything. */
const ends: readonly string[] = ['', '\n', '\u2028x', '!x'];

const perSet = 5;

type Piece = AST.Element | AST.Alternative;

class Sampler {
  readonly #flags: string;
  readonly #alphabet: readonly string[];

  /** A pattern's own characters first: what ends one part of it is what another goes on with. */
  constructor({ source, flags }: RegExp) {
    this.#flags = flags.replace(/[gym]/g, '');
    this.#alphabet = [...new Set([...source.replace(/\\[a-z]/gi, '').split(/(?:)/u), ...alphabet])];
  }

  #charactersOf(raw: string): readonly string[] {
    const one = new RegExp(`^${raw}$`, this.#flags);
    return this.#alphabet.filter((character) => one.test(character)).slice(0, 10);
  }

  /** Short texts that a part of a pattern takes. */
  of(node: Piece): readonly string[] {
    switch (node.type) {
      case 'Character':
        return [String.fromCodePoint(node.value)];
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass':
        return this.#charactersOf(node.raw);
      case 'Quantifier': {
        const least = Math.min(Math.max(node.min, 0), 50);
        return least === 0
          ? ['', ...this.of(node.element)]
          : this.of(node.element).map((one) => one.repeat(least));
      }
      case 'Group':
      case 'CapturingGroup':
        return node.alternatives.flatMap((alternative) => this.of(alternative)).slice(0, 24);
      case 'Alternative':
        return this.#ofAll(node.elements);
      case 'Backreference':
      case 'Assertion':
        return [''];
    }
  }

  /** The first way through, and each of an element's other ways with the first of all the rest. */
  #ofAll(elements: readonly AST.Element[]): readonly string[] {
    const samples = elements.map((element) => this.of(element));
    const first = samples.map((ways) => ways[0] ?? '');
    const others = samples.flatMap((ways, index) =>
      ways.slice(1, perSet).map((way) => [...first.slice(0, index), way, ...first.slice(index + 1)].join('')),
    );
    return [first.join(''), ...others].slice(0, 16);
  }

  /** What stands before a part within the whole pattern, in a shortest way. */
  before(node: AST.Node): string {
    const { parent } = node;
    if (parent === null || parent.type === 'RegExpLiteral' || parent.type === 'Pattern') return '';
    if (parent.type !== 'Alternative') return this.before(parent);
    const index = parent.elements.findIndex((element) => element === node);
    const here = parent.elements
      .slice(0, index)
      .map((element) => this.of(element).find((way) => way !== '') ?? '');
    return this.before(parent) + here.join('');
  }
}

function quantifiersIn(node: AST.Node): readonly AST.Quantifier[] {
  const inner =
    'alternatives' in node && Array.isArray(node.alternatives)
      ? node.alternatives
      : 'elements' in node
        ? node.elements
        : 'element' in node
          ? [node.element]
          : 'pattern' in node
            ? [node.pattern]
            : [];
  const own = node.type === 'Quantifier' ? [node] : [];
  return [...own, ...inner.flatMap((one: AST.Node) => quantifiersIn(one))];
}

/** The start, what is repeated, and the end of a text that grows. */
export interface Pump {
  readonly start: string;
  readonly unit: string;
  readonly end: string;
}

/** A text of about so many characters. */
export function grown({ start, unit, end }: Pump, length: number): string {
  return start + unit.repeat(Math.ceil(length / unit.length)) + end;
}

/**
 * Texts that a pattern could take longer for than in proportion to their length: what its quantifiers repeat, after
 * what leads to them, alone and over and over from the start, and ended by what it may not go on with.
 */
export function pumpsFor(pattern: RegExp): readonly Pump[] {
  const { source, flags } = pattern;
  const unicode = flags.includes('u');
  const root = new RegExpParser().parsePattern(source, 0, source.length, { unicode });
  const sampler = new Sampler(pattern);
  const pumps = new Map<string, Pump>();
  const add = (start: string, unit: string): void => {
    if (unit === '') return;
    for (const end of ends) pumps.set(JSON.stringify([start, unit, end]), { start, unit, end });
  };
  for (const quantifier of quantifiersIn(root).filter(({ max }) => max > 50)) {
    const start = sampler.before(quantifier);
    for (const unit of sampler.of(quantifier.element)) {
      add(start, unit);
      add('', start + unit);
    }
    add('', start);
  }
  return [...pumps.values()];
}
