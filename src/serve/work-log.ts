/**
 * What was tried with the events that wait, over restarts: one line for each beginning, failure and end. Lines are
 * appended, many at once: an access to the disk for each step would cost more than everything else.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { append } from './durable-file.ts';
import { createGroupCommit } from './group-commit.ts';

/** What was tried with one event. */
export interface Tries {
  /** How often handling it was begun. */
  readonly begun: number;
  /** How often that failed: the end of a receiver does not count. */
  readonly failed: number;
  /** After a failure, not to be begun before this moment, in milliseconds since 1970; 0 without one. */
  readonly notBefore: number;
}

const lineSchema = z.tuple([z.string(), z.number().int(), z.number().int(), z.number(), z.boolean()]);

interface State extends Tries {
  /** It is over while its file is still there for others. */
  readonly isOver: boolean;
}

export interface WorkLog {
  /** What is known of an event. */
  of(name: string): Tries;
  isOver(name: string): boolean;
  /** Each is fulfilled when the line survives the end of this process. */
  begin(name: string): Promise<void>;
  fail(name: string, notBefore: number): Promise<void>;
  end(name: string): Promise<void>;
  /** The file of these events is gone, so nothing has to be known of them. */
  forget(names: readonly string[]): void;
  /** Of how many events something is known. */
  readonly size: number;
}

/** Lines after which a new log is written, with what still counts. */
const maxLines = 20_000;
const nothing: State = { begun: 0, failed: 0, notBefore: 0, isOver: false };

function lineOf(name: string, { begun, failed, notBefore, isOver }: State): string {
  return `${JSON.stringify([name, begun, failed, notBefore, isOver])}\n`;
}

/** A line that a kill cut off says nothing. */
function parseLine(line: string): readonly [string, State] | null {
  try {
    const [name, begun, failed, notBefore, isOver] = lineSchema.parse(JSON.parse(line));
    return [name, { begun, failed, notBefore, isOver }];
  } catch {
    return null;
  }
}

class FileLog implements WorkLog {
  readonly #states: Map<string, State>;
  readonly #append: (line: string) => Promise<void>;
  readonly #path: string;
  #lines = 0;

  constructor(path: string, states: Map<string, State>) {
    this.#path = path;
    this.#states = states;
    const limits = { maxItems: 10_000, maxSize: Infinity, sizeOf: () => 0 };
    this.#append = createGroupCommit((lines) => this.#write(lines), limits);
  }

  get size(): number {
    return this.#states.size;
  }

  async #write(lines: readonly string[]): Promise<void> {
    const isFull = this.#lines + lines.length > maxLines + this.#states.size;
    if (isFull) return this.rewrite();
    this.#lines += lines.length;
    await append(this.#path, lines.join('')).catch((error: unknown) => {
      // Half a line may be there now, and would take the next one with it.
      this.#lines = Infinity;
      throw error;
    });
  }

  /** With what counts now, which holds all lines that wait. */
  async rewrite(): Promise<void> {
    const temporary = `${this.#path}.new`;
    const lines = [...this.#states].map(([name, state]) => lineOf(name, state));
    await writeFile(temporary, lines.join(''), { mode: 0o600 });
    await rename(temporary, this.#path);
    this.#lines = 0;
  }

  #set(name: string, changes: Partial<State>): Promise<void> {
    const state = { ...(this.#states.get(name) ?? nothing), ...changes };
    this.#states.set(name, state);
    return this.#append(lineOf(name, state));
  }

  of(name: string): Tries {
    return this.#states.get(name) ?? nothing;
  }

  isOver(name: string): boolean {
    return this.#states.get(name)?.isOver ?? false;
  }

  begin(name: string): Promise<void> {
    return this.#set(name, { begun: this.of(name).begun + 1 });
  }

  fail(name: string, notBefore: number): Promise<void> {
    return this.#set(name, { failed: this.of(name).failed + 1, notBefore });
  }

  end(name: string): Promise<void> {
    return this.#set(name, { isOver: true });
  }

  forget(names: readonly string[]): void {
    for (const name of names) this.#states.delete(name);
  }
}

/** Opens the log, and keeps of it what is about events that are still there. */
export async function openWorkLog(path: string, names: ReadonlySet<string>): Promise<WorkLog> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const states = new Map<string, State>();
  for (const line of text.split('\n')) {
    const parsed = parseLine(line);
    if (parsed !== null && names.has(parsed[0])) states.set(...parsed);
  }
  const log = new FileLog(path, states);
  await log.rewrite();
  return log;
}
