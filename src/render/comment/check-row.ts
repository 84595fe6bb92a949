import type { Icon, Inline } from '../../model/document.ts';

/** One check of the table: symbol and words, and what changed against the baseline. */
export interface CheckRow {
  readonly label: readonly Inline[];
  /** `passed` and `info` need nobody's eye. */
  readonly state: Icon;
  readonly result: string;
  readonly change: string;
}
