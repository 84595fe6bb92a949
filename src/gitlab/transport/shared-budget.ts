import * as z from 'zod';
import { type RequestBudget, remainingOf } from './request-budget.ts';

/** The way to the process that grants requests to all of its children. */
export interface Grantor {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Whether this process must stay alive for an answer. */
  keepAlive(isNeeded: boolean): void;
}

const granted = z.object({ kind: z.literal('granted'), request: z.number() });

/**
 * A budget that another process keeps: a request is asked for, granted, and over. So all processes of one token have
 * one budget, whatever their number. The other side is `serve/grant-requests.ts`.
 */
export function createSharedBudget(grantor: Grantor): RequestBudget {
  const waiting = new Map<number, () => void>();
  let count = 0;
  let remaining: number | null = null;
  grantor.onMessage((message) => {
    const { data } = granted.safeParse(message);
    const begin = data === undefined ? undefined : waiting.get(data.request);
    if (data === undefined || begin === undefined) return;
    waiting.delete(data.request);
    if (waiting.size === 0) grantor.keepAlive(false);
    begin();
  });
  return {
    async run(request) {
      count += 1;
      const id = count;
      await new Promise<void>((resolve) => {
        waiting.set(id, resolve);
        grantor.keepAlive(true);
        grantor.send({ kind: 'ask', request: id });
      });
      try {
        return await request();
      } finally {
        grantor.send({ kind: 'over', request: id, remaining });
      }
    },
    heard(header) {
      remaining = remainingOf(header) ?? remaining;
    },
    count: () => count,
    remaining: () => remaining,
  };
}
