import type { XmlElement, XmlHandler } from '../format.ts';
import { KeptText } from './kept-text.ts';
import type { XmlTags } from './tags.ts';

/** Deeper elements are counted and not shown to the handler. */
const maxDepth = 1_000;
/** How far up an end tag looks for the element it closes. */
const maxUnwind = 64;

interface OpenElement {
  readonly name: string;
  text: KeptText | null;
}

/** The elements that are open, from the root to the innermost, and what a handler gets of them. */
export class XmlOpenElements {
  readonly #handler: XmlHandler;
  readonly #warn: (message: string) => void;
  readonly #stack: OpenElement[] = [];
  readonly #tags: XmlTags;
  readonly #element: XmlElement;
  /** Open elements that are nested too deep to be shown. */
  #hidden = 0;
  #mismatches = 0;

  constructor(handler: XmlHandler, tags: XmlTags, warn: (message: string) => void) {
    this.#handler = handler;
    this.#tags = tags;
    this.#warn = warn;
    const stack = this.#stack;
    this.#element = {
      get name() {
        return tags.shown.name;
      },
      get depth() {
        return stack.length - 1;
      },
      attribute: (name) => tags.shown.attribute(name),
      ascii: (name, value) => tags.shown.ascii(name, value),
      hold: () => tags.hold(),
      keepText(maxCharacters) {
        const top = stack.at(-1);
        if (top !== undefined) top.text = new KeptText(maxCharacters);
      },
    };
  }

  /** Name of the innermost one, null when none is open. */
  innermost(): string | null {
    return this.#stack[this.#stack.length - 1]?.name ?? null;
  }

  /** How many end tags did not fit the innermost element. */
  mismatches(): number {
    return this.#mismatches;
  }

  /** Keeps `buffer[from, to)` where the innermost element asked for its text. */
  addText(buffer: Buffer, range: { readonly from: number; readonly to: number }, verbatim: boolean): void {
    const text = this.#stack[this.#stack.length - 1]?.text ?? null;
    if (text !== null && this.#hidden === 0) text.add(buffer, range, verbatim);
  }

  /** Lets the handler take whole elements from `from` on, where a `<` is; gives the position after them. */
  take(buffer: Buffer, from: number): number {
    if (this.#handler.take === undefined || this.#stack.length >= maxDepth) return from;
    // What lies between the elements is text of the innermost one.
    return this.#stack[this.#stack.length - 1]?.text === null ? this.#handler.take(buffer, from) : from;
  }

  /** Opens the element of the tag that was read last. */
  open(isEmpty: boolean): void {
    if (this.#stack.length >= maxDepth) {
      if (this.#hidden === 0) this.#warn(`elements nested more than ${maxDepth} deep are ignored`);
      if (!isEmpty) this.#hidden += 1;
      return;
    }
    this.#stack.push({ name: this.#tags.show().name, text: null });
    this.#handler.open(this.#element);
    if (isEmpty) this.#closeTop();
  }

  /** An end tag of nothing that is open is ignored; one of an outer element closes those inside it. */
  close(name: string): void {
    const stack = this.#stack;
    if (this.#hidden > 0) {
      this.#hidden -= 1;
      return;
    }
    if (stack[stack.length - 1]?.name === name) {
      this.#closeTop();
      return;
    }
    this.#mismatches += 1;
    const lowest = Math.max(0, stack.length - maxUnwind);
    let at = stack.length - 1;
    while (at >= lowest && stack[at]?.name !== name) at -= 1;
    if (at >= lowest) while (stack.length > at) this.#closeTop();
  }

  /** Closes what is still open. */
  end(): void {
    while (this.#stack.length > 0) this.#closeTop();
    this.#handler.end();
  }

  #closeTop(): void {
    const top = this.#stack.pop();
    if (top !== undefined) this.#handler.close(top.name, top.text?.decoded() ?? '');
  }
}
