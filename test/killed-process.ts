import { expect } from 'vitest';
import type { Intervention } from '../src/demo/server.ts';
import { HeraldError } from '../src/errors.ts';

/** A process that ends with its nth write: that one lands, its answer is lost, and nothing is sent after it. */
export interface KilledProcess {
  /** What the embedded GitLab is to do with its requests. */
  beforeRequest(request: { readonly method: string }): Intervention;
  /** Lets it work until it is done or dies; the next one is another process. */
  run(work: () => Promise<unknown>): Promise<void>;
  /** How many writes it has made. */
  writes(): number;
}

export function processKilledAfter(n: number): KilledProcess {
  let [counting, alive, writes] = [false, true, 0];
  return {
    beforeRequest({ method }) {
      if (!alive) return 'reset';
      if (!counting || method === 'GET') return undefined;
      writes += 1;
      if (writes !== n) return undefined;
      alive = false;
      return 'reset-after';
    },
    async run(work) {
      counting = true;
      await work().catch((error: unknown) => {
        expect(error).toBeInstanceOf(HeraldError);
      });
      [counting, alive] = [false, true];
    },
    writes: () => writes,
  };
}
