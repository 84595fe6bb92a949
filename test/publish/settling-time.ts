/**
 * Time as these tests have it: a sleep outlasts every request that was decided upon before it began. Without such a
 * bound no protocol over notes can work, as GitLab has no conditional update: an update that stays on its way for ever
 * lands on anything.
 */
export class SettlingTime {
  private readonly deciding = new Set<number>();
  private waiting: { readonly before: Set<number>; readonly wake: () => void }[] = [];

  /** The publisher has read, and may write by what it has read. */
  read(publisher: number): void {
    this.deciding.add(publisher);
  }

  /** Its writes have landed. */
  rest(publisher: number): void {
    this.deciding.delete(publisher);
    for (const { before } of this.waiting) before.delete(publisher);
    const awake = this.waiting.filter(({ before }) => before.size === 0);
    this.waiting = this.waiting.filter(({ before }) => before.size > 0);
    for (const { wake } of awake) wake();
  }

  sleep(publisher: number): Promise<void> {
    this.rest(publisher);
    const before = new Set(this.deciding);
    if (before.size === 0) return Promise.resolve();
    return new Promise((wake) => this.waiting.push({ before, wake }));
  }
}
