/**
 * The grammar of JSON (RFC 8259) as a table: what may follow in each state, byte by byte. It takes what `JSON.parse`
 * takes, and nothing else.
 */

const SPACES = ' \t\n\r';
const DIGITS_FROM_1 = '123456789';
const DIGITS = `0${DIGITS_FROM_1}`;
const HEXADECIMAL = `${DIGITS}abcdefABCDEF`;

/** Where a scanner is between two bytes. */
export const states = {
  value: 0,
  /** Behind `[`. */
  firstItem: 1,
  /** Behind `{`. */
  firstKey: 2,
  /** Behind a comma in an object. */
  key: 3,
  colon: 4,
  /** Behind a value in a list or an object. */
  after: 5,
  /** Behind the value of the document. */
  end: 6,
  string: 7,
  escape: 8,
  hex1: 9,
  hex2: 10,
  hex3: 11,
  hex4: 12,
  minus: 13,
  zero: 14,
  integer: 15,
  point: 16,
  fraction: 17,
  exponent: 18,
  exponentSign: 19,
  exponentDigits: 20,
  t: 21,
  tr: 22,
  tru: 23,
  f: 24,
  fa: 25,
  fal: 26,
  fals: 27,
  n: 28,
  nu: 29,
  nul: 30,
} as const;

/** What the table says beside a next state: something to do first. */
export const actions = {
  openObject: 32,
  openList: 33,
  closeObject: 34,
  closeList: 35,
  comma: 36,
  beginString: 37,
  beginKey: 38,
  endString: 39,
  escaped: 40,
  /** Behind the last letter of `true`, `false` or `null`. */
  endLiteral: 41,
  /** The byte is the first one behind a number, and means what it means behind any value. */
  endNumber: 42,
  refuse: 43,
} as const;

/** Of all that `transitions` says, what is a state and not an action. */
export const stateCount = 32;

const table = new Uint8Array(stateCount * 256).fill(actions.refuse);

function when(state: number, bytes: string, next: number): void {
  for (const byte of bytes) table[state * 256 + byte.charCodeAt(0)] = next;
}

function whenAny(state: number, next: number): void {
  table.fill(next, state * 256, state * 256 + 256);
}

for (const state of [states.value, states.firstItem]) {
  when(state, '{', actions.openObject);
  when(state, '[', actions.openList);
  when(state, '"', actions.beginString);
  when(state, '-', states.minus);
  when(state, '0', states.zero);
  when(state, DIGITS_FROM_1, states.integer);
  when(state, 't', states.t);
  when(state, 'f', states.f);
  when(state, 'n', states.n);
}
for (const state of [states.firstKey, states.key]) when(state, '"', actions.beginKey);
for (const state of [states.firstItem, states.after]) when(state, ']', actions.closeList);
for (const state of [states.firstKey, states.after]) when(state, '}', actions.closeObject);
when(states.after, ',', actions.comma);
when(states.colon, ':', states.value);
for (let state: number = states.value; state <= states.end; state += 1) when(state, SPACES, state);

table.fill(states.string, states.string * 256 + 0x20, states.string * 256 + 256);
when(states.string, '"', actions.endString);
when(states.string, '\\', actions.escaped);
when(states.escape, '"\\/bfnrt', states.string);
when(states.escape, 'u', states.hex1);
when(states.hex1, HEXADECIMAL, states.hex2);
when(states.hex2, HEXADECIMAL, states.hex3);
when(states.hex3, HEXADECIMAL, states.hex4);
when(states.hex4, HEXADECIMAL, states.string);

for (const state of [states.zero, states.integer, states.fraction, states.exponentDigits])
  whenAny(state, actions.endNumber);
when(states.minus, '0', states.zero);
when(states.minus, DIGITS_FROM_1, states.integer);
when(states.integer, DIGITS, states.integer);
for (const state of [states.zero, states.integer]) when(state, '.', states.point);
for (const state of [states.point, states.fraction]) when(state, DIGITS, states.fraction);
for (const state of [states.zero, states.integer, states.fraction]) when(state, 'eE', states.exponent);
when(states.exponent, '+-', states.exponentSign);
for (const state of [states.exponent, states.exponentSign, states.exponentDigits])
  when(state, DIGITS, states.exponentDigits);

when(states.t, 'r', states.tr);
when(states.tr, 'u', states.tru);
when(states.tru, 'e', actions.endLiteral);
when(states.f, 'a', states.fa);
when(states.fa, 'l', states.fal);
when(states.fal, 's', states.fals);
when(states.fals, 'e', actions.endLiteral);
when(states.n, 'u', states.nu);
when(states.nu, 'l', states.nul);
when(states.nul, 'l', actions.endLiteral);

/**
 * By state times 256 plus byte: the next state, or an action. A zero after a zero is refused, as the number is over.
 */
export const transitions: Readonly<Uint8Array> = table;

/** True where the text may end: a number has no end of its own. */
export function mayEnd(state: number, depth: number): boolean {
  return depth === 0 && (state === states.end || table[state * 256] === actions.endNumber);
}
