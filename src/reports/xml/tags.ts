import { XmlNames } from './names.ts';
import { XmlTag } from './tag.ts';
import { XmlValues } from './values.ts';

/** The tag that is read, and one that was held back while others are read. */
export class XmlTags {
  readonly names = new XmlNames();
  readonly #values = new XmlValues();
  current = new XmlTag(this.names, this.#values);
  #other = new XmlTag(this.names, this.#values);
  /** The tag that a handler sees: it stays what it was when it is held. */
  shown = this.current;
  #isHeld = false;

  /** Shows the tag that was read last. */
  show(): XmlTag {
    this.shown = this.current;
    return this.shown;
  }

  /** Keeps the current tag; what was held before gives way to those that are read next. */
  hold(): XmlTag {
    const held = this.current;
    // Held already.
    if (held !== this.shown) return this.shown;
    this.current = this.#other;
    this.#other = held;
    this.#isHeld = true;
    return held;
  }

  /** Saves the tag that is held from the end of its chunk. */
  chunkEnds(): void {
    if (this.#isHeld) this.#other.detach();
  }
}
