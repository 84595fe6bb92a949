/**
 * Handles an event in a process of its own: the same script as `herald bot`, with the payload on its standard input.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { exitCodes } from '../errors.ts';
import { type Granting, grantRequests } from './grant-requests.ts';
import type { HandlingOutcome } from './work-loop.ts';

export interface HereSettings extends Granting {
  /** The program and its first arguments: Node and this script. */
  readonly command: readonly [string, ...string[]];
  /** Flags of `herald bot` that are the same for every event. */
  readonly flags: readonly string[];
  /** All that the process sees of the environment; the token is in here and in no argument. */
  readonly environment: Readonly<Record<string, string>>;
  /** The largest heap of one process, in megabytes. */
  readonly maxHeapMegabytes: number;
  /** Takes each line that the process logs. */
  readonly logLine: (line: string) => void;
}

/** How long a process has to end by itself after it was asked to, in milliseconds. */
const graceMilliseconds = 5_000;

/** What the end of a process means; docs/reference/exit-codes.md. */
function outcomeOf(code: number | null, signal: string | null): HandlingOutcome {
  const failed = (detail: string, again: boolean): HandlingOutcome => ({ outcome: 'failed', detail, again });
  if (code === null) return failed(`its process was ended by ${signal ?? 'a signal'}`, true);
  switch (code) {
    case exitCodes.done:
      return { outcome: 'handled', detail: '' };
    case exitCodes.unreachable:
      return failed('GitLab could not be reached', true);
    case exitCodes.refused:
      return failed('GitLab refused a request', true);
    case exitCodes.usage:
      return failed('the settings or the payload are wrong', false);
    default:
      return failed(`herald bot ended with ${code}`, true);
  }
}

/** One event to be handled. */
export interface HereEvent {
  readonly body: Uint8Array;
  /** The id of its delivery. */
  readonly delivery: string;
}

/** Runs one event. Throws nothing; when the signal is given, the process is asked to end, and then killed. */
export function handleHere(
  event: HereEvent,
  signal: AbortSignal,
  settings: HereSettings,
): Promise<HandlingOutcome> {
  return runBot(['--payload', '-'], event, { ...settings, signal });
}

/** Looks for what no webhook reported, in a process like those of events. Throws nothing. */
export function sweepHere(signal: AbortSignal, settings: HereSettings): Promise<HandlingOutcome> {
  return runBot(['--sweep'], { body: new Uint8Array(), delivery: '' }, { ...settings, signal });
}

function runBot(
  flags: readonly string[],
  { body, delivery }: HereEvent,
  { signal, ...settings }: HereSettings & { readonly signal: AbortSignal },
): Promise<HandlingOutcome> {
  const [program, ...first] = settings.command;
  const heap = `--max-old-space-size=${settings.maxHeapMegabytes}`;
  const args = [heap, ...first, 'bot', ...flags, '--log-format', 'json', ...settings.flags];
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: { ...settings.environment, ...(delivery === '' ? {} : { HERALD_DELIVERY: delivery }) },
      // The fourth is the way on which it asks for requests, and by whose end it learns that the receiver is gone.
      stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    });
    grantRequests(child, settings);
    let killer: NodeJS.Timeout | null = null;
    const stop = (): void => {
      child.kill('SIGTERM');
      killer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
    };
    const end = (result: HandlingOutcome): void => {
      if (killer !== null) clearTimeout(killer);
      signal.removeEventListener('abort', stop);
      resolve(result);
    };
    signal.addEventListener('abort', stop);
    const { stdin, stderr } = child;
    if (stderr !== null) createInterface({ input: stderr }).on('line', settings.logLine);
    child.once('error', (error) => {
      end({ outcome: 'failed', detail: `its process could not be started: ${error.message}`, again: true });
    });
    child.once('close', (code, by) => {
      end(outcomeOf(code, by));
    });
    // A process that ends before it has read everything says so by its exit code.
    stdin?.on('error', () => undefined);
    stdin?.end(body);
  });
}
