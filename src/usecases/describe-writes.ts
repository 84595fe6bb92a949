import type { Write } from '../model/write.ts';
import { describeWrite } from '../publish/describe-write.ts';

/** One line per write of a dry run. */
export function describeWrites(writes: readonly Write[]): readonly string[] {
  return writes.map((write) => `would ${describeWrite(write)}`);
}
