/** What several may take up together, and wait for in turn. */
export class Room {
  readonly #most: number;
  #taken = 0;
  readonly #waiting: { readonly amount: number; readonly enter: () => void }[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Waits until there is room; what is larger than all of it gets in alone. */
  async take(amount: number): Promise<void> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ amount, enter });
      this.#admit();
    });
  }

  give(amount: number): void {
    this.#taken -= amount;
    this.#admit();
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#taken > 0 && this.#taken + next.amount > this.#most) return;
      this.#waiting.shift();
      this.#taken += next.amount;
      next.enter();
    }
  }
}
