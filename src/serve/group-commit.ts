/** Does one slow thing for all that wait for it, rather than once for each. */

export interface GroupLimits<T> {
  /** How many go together at most. */
  readonly maxItems: number;
  /** How large they may be together; one that is larger goes alone. */
  readonly maxSize: number;
  sizeOf(item: T): number;
}

/**
 * Makes a function that hands items to `commit`, in order. While one group is on its way, the next gathers: the slower
 * the disk, the larger the groups, so that a slow disk makes answers late and not ever later. When a group fails, every
 * item of it fails.
 */
export function createGroupCommit<T>(
  commit: (items: readonly T[]) => Promise<void>,
  { maxItems, maxSize, sizeOf }: GroupLimits<T>,
): (item: T) => Promise<void> {
  interface Waiting {
    readonly item: T;
    readonly resolve: () => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let isRunning = false;

  function nextGroup(): readonly Waiting[] {
    let [count, size] = [0, 0];
    for (const { item } of waiting) {
      size += sizeOf(item);
      if (count > 0 && (count >= maxItems || size > maxSize)) break;
      count += 1;
    }
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return group;
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const group = nextGroup();
      try {
        await commit(group.map(({ item }) => item));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void run();
    });
}
