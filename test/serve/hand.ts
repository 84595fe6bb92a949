interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that moves only when a test moves it. */
export class Hand {
  now = 0;
  timers: Timer[] = [];

  callAfter(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.now + milliseconds, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  }

  async moveTo(moment: number): Promise<void> {
    this.now = moment;
    for (const timer of this.timers.filter(({ at }) => at <= moment)) {
      this.timers = this.timers.filter((one) => one !== timer);
      timer.callback();
    }
    await settled();
  }
}

/** All that is known by now has been worked on, as far as it needs no disk. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
