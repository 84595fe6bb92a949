import type { ReadReport } from '../model/report.ts';
import type { FileToRead, HowToRead } from '../usecases/reading.ts';

/** What a thread is started with. */
export interface ThreadSetup {
  readonly how: HowToRead;
  /** Every form in which secrets are looked for: nothing leaves a thread unmasked. */
  readonly secretForms: readonly string[];
}

/** What a thread gets: one file after the other, each up to its `end` or `broken`. */
export type ToThread =
  | { readonly kind: 'file'; readonly file: Omit<FileToRead, 'chunks'> }
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  /** The rest of the file cannot be had. */
  | { readonly kind: 'broken'; readonly message: string };

/** What a thread says: each chunk that it is done with, and once for each file what it read. */
export type FromThread =
  | { readonly kind: 'done-with-chunk' }
  | { readonly kind: 'read'; readonly read: ReadReport };

/** One end of a channel between threads. */
export interface ThreadPort {
  postMessage(message: ToThread | FromThread, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listen: (message: unknown) => void): void;
}

function isOfKind(message: unknown, kinds: readonly string[]): boolean {
  if (typeof message !== 'object' || message === null) return false;
  const kind: unknown = Reflect.get(message, 'kind');
  return typeof kind === 'string' && kinds.includes(kind);
}

/** True for a message of the other side; only the two files of this folder write them. */
export function isToThread(message: unknown): message is ToThread {
  return isOfKind(message, ['file', 'chunk', 'end', 'broken']);
}

/** The same for what a thread says. */
export function isFromThread(message: unknown): message is FromThread {
  return isOfKind(message, ['done-with-chunk', 'read']);
}

/** True for what a thread is started with. */
export function isThreadSetup(value: unknown): value is ThreadSetup {
  return typeof value === 'object' && value !== null && 'how' in value && 'secretForms' in value;
}
