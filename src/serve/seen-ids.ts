import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { append } from './durable-file.ts';
import { createGroupCommit } from './group-commit.ts';
import { IdSet, keyOfId } from './id-set.ts';

export interface SeenIds {
  has(id: string): boolean;
  /** When the promise is fulfilled, the id survives the end of this process. */
  add(id: string, now: Date): Promise<void>;
  /** How many are kept. */
  readonly size: number;
}

export interface SeenLimits {
  /** How many ids are kept at most; a fifth of them are forgotten together. */
  readonly maxIds: number;
  /**
   * How many hours with deliveries are remembered. GitLab shows deliveries, and lets people resend them, for two days.
   * Source: https://docs.gitlab.com/user/project/integrations/webhooks/#view-webhook-request-history
   */
  readonly maxHours: number;
}

/**
 * About 10 MB of memory. A receiver that is busier forgets sooner, and then handles a duplicate twice, which changes
 * nothing.
 */
const usualSeenLimits: SeenLimits = { maxIds: 400_000, maxHours: 49 };

/** `<hour>-<count>.txt` */
const fileForm = /^(\d{4}-\d\d-\d\dT\d\d)-(\d{4})\.txt$/;

interface Page {
  readonly file: string;
  readonly hour: string;
  readonly ids: IdSet;
}

interface Line {
  readonly file: string;
  readonly id: string;
}

async function readPages(folder: string): Promise<Page[]> {
  const pages: Page[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const [, hour = ''] = fileForm.exec(file) ?? [];
    if (hour === '') continue;
    const text = await readFile(join(folder, file), 'utf8');
    // A process that was killed may have left half a line; the next id must not become a part of it.
    if (!text.endsWith('\n')) await appendFile(join(folder, file), '\n');
    const ids = new IdSet();
    for (const line of text.split('\n')) if (line !== '') ids.add(keyOfId(line));
    pages.push({ file, hour, ids });
  }
  return pages;
}

class PagedIds implements SeenIds {
  readonly #folder: string;
  readonly #limits: SeenLimits;
  /** Oldest first. */
  readonly #pages: Page[];
  readonly #append: (line: Line) => Promise<void>;

  constructor(folder: string, limits: SeenLimits, pages: Page[]) {
    this.#folder = folder;
    this.#limits = limits;
    this.#pages = pages;
    const sizes = { maxItems: 10_000, maxSize: Infinity, sizeOf: () => 0 };
    this.#append = createGroupCommit((lines) => this.#write(lines), sizes);
  }

  get size(): number {
    return this.#pages.reduce((sum, { ids }) => sum + ids.size, 0);
  }

  has(id: string): boolean {
    const key = keyOfId(id);
    return this.#pages.some(({ ids }) => ids.has(key));
  }

  /** The page that an id belongs on. Pages never go back: a clock that is set back must not write on the oldest. */
  #pageAt(now: Date): Page {
    const last = this.#pages.at(-1);
    const hourNow = now.toISOString().slice(0, 13);
    const hour = last !== undefined && last.hour > hourNow ? last.hour : hourNow;
    if (last?.hour === hour && last.ids.size < this.#limits.maxIds / 5) return last;
    const count = last?.hour === hour ? Number(fileForm.exec(last.file)?.[2]) + 1 : 0;
    const page = { file: `${hour}-${String(count).padStart(4, '0')}.txt`, hour, ids: new IdSet() };
    this.#pages.push(page);
    return page;
  }

  /** An hour counts by its place, not by the clock, which may have been set forward. */
  async #forgetOld(): Promise<void> {
    const { maxHours, maxIds } = this.#limits;
    const isTooMuch = (): boolean =>
      this.size > maxIds || new Set(this.#pages.map(({ hour }) => hour)).size > maxHours;
    while (this.#pages.length > 1 && isTooMuch()) {
      const [oldest] = this.#pages.splice(0, 1);
      if (oldest !== undefined) await rm(join(this.#folder, oldest.file), { force: true });
    }
  }

  /** Many at once, with one access to the disk for each page. */
  async #write(lines: readonly Line[]): Promise<void> {
    const files = new Map<string, string>();
    for (const { file, id } of lines) files.set(file, `${files.get(file) ?? ''}${id}\n`);
    for (const [file, text] of files) await append(join(this.#folder, file), text);
  }

  async add(id: string, now: Date): Promise<void> {
    const { file, ids } = this.#pageAt(now);
    const isNewPage = ids.size === 0;
    ids.add(keyOfId(id));
    await this.#append({ file, id });
    if (isNewPage || this.size > this.#limits.maxIds) await this.#forgetOld();
  }
}

/** The ids of deliveries that were handled, on pages of some thousands: the oldest page is forgotten first. */
export async function openSeenIds(folder: string, limits: SeenLimits = usualSeenLimits): Promise<SeenIds> {
  return new PagedIds(folder, limits, await readPages(folder));
}
