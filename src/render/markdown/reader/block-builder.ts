import { type Block, details, type Inline, paragraph, text } from '../../../model/document.ts';

/** Folds that are deeper are dropped, their content is kept. */
const maxFolds = 6;

interface Frame {
  readonly blocks: Block[];
  /** Of a fold; of anything else null. */
  readonly fold: { readonly summary: readonly Inline[]; readonly isOpen: boolean } | null;
}

/** Blocks within blocks while they are read. */
export class BlockBuilder {
  readonly #open: Frame[] = [{ blocks: [], fold: null }];
  #folds = 0;
  /** Text before the next paragraph: the name of a footnote. */
  #prefix: readonly Inline[] = [];

  add(...blocks: readonly Block[]): void {
    this.#open.at(-1)?.blocks.push(...blocks);
  }

  addParagraph(inlines: readonly Inline[]): void {
    if (inlines.length > 0) this.add(paragraph(...this.#prefix, ...inlines));
    this.#prefix = [];
  }

  beginWith(prefix: string): void {
    this.#prefix = [text(prefix)];
  }

  open(): void {
    this.#open.push({ blocks: [], fold: null });
  }

  /** What is in the innermost container that is not a fold; folds that nothing closed end with it. */
  close(): readonly Block[] {
    while (this.#open.at(-1)?.fold !== null && this.#open.length > 1) this.closeFold();
    return this.#open.pop()?.blocks ?? [];
  }

  openFold(summary: readonly Inline[], isOpen: boolean): void {
    if (this.#folds >= maxFolds) return;
    this.#folds += 1;
    this.#open.push({ blocks: [], fold: { summary, isOpen } });
  }

  /** Nothing when no fold is open in the innermost container. */
  closeFold(): void {
    const fold = this.#open.at(-1)?.fold ?? null;
    if (fold === null) return;
    this.#folds -= 1;
    const blocks = this.#open.pop()?.blocks ?? [];
    this.add(details(fold.summary, blocks, fold.isOpen));
  }
}
