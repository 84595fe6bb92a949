/** https://html.spec.whatwg.org/multipage/syntax.html#void-elements, of those that GitLab lets through. */
const empty: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'wbr']);

const tag = /<(?<slash>\/?)(?<name>[a-z][^\s/<>]*)(?![^\s/<>])(?:[^<>"']|"[^"]*"|'[^']*')*>/iuy;
/** What readers do not see and what ends where it seems to. */
const unseen = /<!--(?:-?>|(?:(?!--!?>)[^])*--!?>)|<(?:\?|![a-z])[^<>]*>|<!\[CDATA\[[^<>]*\]\]>/iuy;

/** The elements that raw HTML in a text has opened and not closed yet. What is in doubt counts as open for good. */
export class OpenElements {
  readonly #names: string[] = [];
  #isInDoubt = false;

  get any(): boolean {
    return this.#isInDoubt || this.#names.length > 0;
  }

  /** Takes time in proportion to the length of all the HTML: the first thing that does not end is the last one read. */
  read(html: string): void {
    for (let at = html.indexOf('<'); at !== -1 && !this.#isInDoubt; ) {
      const end = /[a-z/!?]/i.test(html.charAt(at + 1)) ? this.#readAt(html, at) : at + 1;
      this.#isInDoubt = end === null;
      at = end === null ? -1 : html.indexOf('<', end);
    }
  }

  #readAt(html: string, at: number): number | null {
    unseen.lastIndex = at;
    if (unseen.test(html)) return unseen.lastIndex;
    tag.lastIndex = at;
    const groups = tag.exec(html)?.groups;
    if (groups === undefined) return null;
    const name = (groups['name'] ?? '').toLowerCase();
    if (groups['slash'] === '') this.#open(name);
    else this.#close(name);
    return tag.lastIndex;
  }

  #open(name: string): void {
    if (!empty.has(name)) this.#names.push(name);
  }

  /** An end that is not the one of the innermost element ends nothing for certain. */
  #close(name: string): void {
    if (this.#names.at(-1) === name) this.#names.pop();
  }
}
