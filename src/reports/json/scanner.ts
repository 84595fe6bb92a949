import { actions, mayEnd, stateCount, states, transitions } from './grammar.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const CLOSE_LIST = ']';
const CLOSE_OBJECT = '}';

/** Hears of lists and objects, of those alone that it watches; offsets are bytes from the start of the document. */
export interface ScannerWatch {
  /** A list or an object begins directly in what is watched; true to watch what is in it, too. */
  open(isList: boolean, offset: number): boolean;
  /** What is watched and was opened last ends with the byte at `offset`. */
  close(offset: number, isEmpty: boolean): void;
  /** A comma of what is watched and was opened last. */
  comma(offset: number): void;
  /** A key of what is watched and was opened last, its quotes excluded. */
  key(from: number, to: number, hasEscapes: boolean): void;
}

/** Where a document that is cut off was whole for the last time. */
export interface WholePart {
  readonly bytes: number;
  /** What closes the lists and objects that are open there. */
  readonly closers: string;
}

/** Walks over the bytes of a JSON text once, in any pieces, and knows whether `JSON.parse` would take it. */
export class JsonScanner {
  readonly #watch: ScannerWatch;
  #state: number = states.value;
  /** Bytes before this piece. */
  #before = 0;
  /** 1 for each open list, 0 for each open object. */
  #isList = new Uint8Array(64);
  #depth = 0;
  /** How many of the open lists and objects are watched: always the outermost. */
  #watched = 0;
  #isKey = false;
  #hasEscapes = false;
  #keyFrom = 0;
  #isRefused = false;
  #wholeBytes = 0;
  #wholeDepth = 0;

  constructor(watch: ScannerWatch) {
    this.#watch = watch;
  }

  /** False when the text is not JSON, whatever may follow. */
  get isJsonSoFar(): boolean {
    return !this.#isRefused;
  }

  /** True when the text may end here. */
  get isWhole(): boolean {
    return !this.#isRefused && mayEnd(this.#state, this.#depth);
  }

  /** Everything up to the last list or object that ended, or list that began; null when there is none. */
  wholePart(): WholePart | null {
    if (this.#depth === 0 || this.#wholeBytes === 0) return null;
    let closers = '';
    for (let depth = this.#wholeDepth - 1; depth >= 0; depth -= 1)
      closers += this.#isList[depth] === 1 ? CLOSE_LIST : CLOSE_OBJECT;
    return { bytes: this.#wholeBytes, closers };
  }

  write(piece: Uint8Array): void {
    if (this.#isRefused) return;
    let state = this.#state;
    for (let at = 0; at < piece.length; at += 1) {
      if (state === states.string) at = endOfPlainText(piece, at);
      const next = transitions[state * 256 + (piece[at] ?? 0)] ?? actions.refuse;
      if (next < stateCount) state = next;
      else if (at < piece.length) {
        this.#state = state;
        state = this.#act(next, this.#before + at);
        if (!this.isJsonSoFar) break;
        if (next === actions.endNumber) at -= 1;
      }
    }
    this.#state = state;
    this.#before += piece.length;
  }

  /** Does what the table says, and gives the next state. */
  #act(action: number, offset: number): number {
    switch (action) {
      case actions.beginString:
        this.#isKey = false;
        return states.string;
      case actions.beginKey:
        this.#isKey = true;
        this.#hasEscapes = false;
        this.#keyFrom = offset + 1;
        return states.string;
      case actions.escaped:
        this.#hasEscapes = true;
        return states.escape;
      case actions.endString:
        return this.#endString(offset);
      case actions.endLiteral:
      case actions.endNumber:
        return this.#afterValue();
      case actions.comma:
        return this.#comma(offset);
      default:
        return this.#nest(action, offset);
    }
  }

  #nest(action: number, offset: number): number {
    switch (action) {
      case actions.openList:
        this.#open(1, offset);
        this.#markWhole(offset);
        return states.firstItem;
      case actions.openObject:
        this.#open(0, offset);
        return states.firstKey;
      case actions.closeList:
        return this.#close(1, offset);
      case actions.closeObject:
        return this.#close(0, offset);
      default:
        return this.#refuse();
    }
  }

  #refuse(): number {
    this.#isRefused = true;
    return states.end;
  }

  #afterValue(): number {
    return this.#depth === 0 ? states.end : states.after;
  }

  #endString(offset: number): number {
    if (!this.#isKey) return this.#afterValue();
    if (this.#watched === this.#depth) this.#watch.key(this.#keyFrom, offset, this.#hasEscapes);
    return states.colon;
  }

  #comma(offset: number): number {
    if (this.#watched === this.#depth) this.#watch.comma(offset);
    return this.#isList[this.#depth - 1] === 1 ? states.value : states.key;
  }

  #open(isList: 0 | 1, offset: number): void {
    const isDirect = this.#watched === this.#depth;
    if (this.#depth === this.#isList.length) {
      const larger = new Uint8Array(2 * this.#depth);
      larger.set(this.#isList);
      this.#isList = larger;
    }
    this.#isList[this.#depth] = isList;
    this.#depth += 1;
    if (isDirect && this.#watch.open(isList === 1, offset)) this.#watched += 1;
  }

  #close(isList: 0 | 1, offset: number): number {
    if (this.#isList[this.#depth - 1] !== isList) return this.#refuse();
    const isEmpty = this.#state === states.firstItem || this.#state === states.firstKey;
    if (this.#watched === this.#depth) {
      this.#watch.close(offset, isEmpty);
      this.#watched -= 1;
    }
    this.#depth -= 1;
    this.#markWhole(offset);
    return this.#afterValue();
  }

  #markWhole(offset: number): void {
    this.#wholeBytes = offset + 1;
    this.#wholeDepth = this.#depth;
  }
}

/** The position of the next byte that ends a string, or means something in it. */
function endOfPlainText(piece: Uint8Array, from: number): number {
  let at = from;
  for (; at < piece.length; at += 1) {
    const byte = piece[at] ?? 0;
    if (byte === QUOTE || byte === BACKSLASH || byte < SPACE) return at;
  }
  return at;
}
