/** Grants the requests of a child process; the other side is `gitlab/transport/shared-budget.ts`. */
import type { ChildProcess } from 'node:child_process';
import * as z from 'zod';
import type { RequestGate } from './request-gate.ts';

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ask'), request: z.number() }),
  z.object({ kind: z.literal('over'), request: z.number(), remaining: z.number().nullable() }),
]);

export interface Granting {
  readonly gate: RequestGate;
  /** Called after each request, with how many GitLab still allows. */
  readonly requested: (count: number, remaining: number | null) => void;
}

/**
 * Grants what the child asks for until it ends; then what it still had is free for others. Each granted request is
 * counted once: the last messages of a child may come after its end, or never, and GitLab got the request all the same.
 */
export function grantRequests(child: ChildProcess, { gate, requested }: Granting): void {
  const leave = new Map<number, () => void>();
  const granted = new Set<number>();
  const end = (request: number, remaining: number | null): void => {
    leave.get(request)?.();
    leave.delete(request);
    if (granted.delete(request)) requested(1, remaining);
  };
  const ask = (request: number): void => {
    const grant = (): void => {
      // A child that has just ended asks for nothing; its `close` gives the room back.
      if (!child.connected) return;
      granted.add(request);
      child.send({ kind: 'granted', request }, () => undefined);
    };
    leave.set(request, gate.enter(grant));
  };
  child.on('message', (given) => {
    const { data } = message.safeParse(given);
    if (data?.kind === 'over') end(data.request, data.remaining);
    else if (data !== undefined) ask(data.request);
  });
  child.once('close', () => {
    for (const request of [...leave.keys()]) end(request, null);
  });
}
