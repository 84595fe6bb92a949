import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface SeenIds {
  has(id: string): boolean;
  add(id: string, now: Date): Promise<void>;
}

/** GitLab shows deliveries, and lets people resend them, for two days: https://docs.gitlab.com/user/project/integrations/webhooks/#view-webhook-request-history */
const maxHours = 49;
/**
 * About 60 MB of memory. A receiver that is busier forgets sooner, and then handles a duplicate twice, which changes
 * nothing.
 */
const maxIds = 400_000;

const fileForm = /^\d{4}-\d\d-\d\dT\d\d\.txt$/;

/**
 * The ids of deliveries that were handled, in one file for each hour.
 */
export async function openSeenIds(folder: string): Promise<SeenIds> {
  const hours = new Map<string, Set<string>>();
  for (const file of (await readdir(folder)).filter((name) => fileForm.test(name)).sort()) {
    const text = await readFile(join(folder, file), 'utf8');
    // A process that was killed may have left half a line; the next id must not become a part of it.
    if (!text.endsWith('\n')) await appendFile(join(folder, file), '\n');
    hours.set(file, new Set(text.split('\n').filter((line) => line !== '')));
  }

  const total = (): number => [...hours.values()].reduce((sum, ids) => sum + ids.size, 0);

  async function forgetOld(): Promise<void> {
    while (hours.size > maxHours || (hours.size > 1 && total() > maxIds)) {
      const [oldest] = [...hours.keys()].sort();
      if (oldest === undefined) return;
      hours.delete(oldest);
      await rm(join(folder, oldest), { force: true });
    }
  }

  await forgetOld();
  return {
    has: (id) => [...hours.values()].some((ids) => ids.has(id)),
    async add(id, now) {
      const file = `${now.toISOString().slice(0, 13)}.txt`;
      const ids = hours.get(file) ?? new Set();
      const isNewHour = ids.size === 0;
      ids.add(id);
      hours.set(file, ids);
      await appendFile(join(folder, file), `${id}\n`, { mode: 0o600 });
      if (isNewHour || ids.size % 10_000 === 0) await forgetOld();
    },
  };
}
