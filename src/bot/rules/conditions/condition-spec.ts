import type * as z from 'zod';
import type { Condition } from '../rule.ts';

/** How one key of `when` is read. Adding one is a line in the registry. */
export interface ConditionSpec {
  readonly key: string;
  /** For the docs: holds when … */
  readonly meaning: string;
  /** The value after the key in the file, in one line. */
  readonly example: string;
  readonly schema: z.ZodType<Condition>;
}
