import type { DigestTable, Span } from '../model/digest.ts';
import type { HistoryPart, ProjectHistory } from '../model/project-history.ts';
import type { MeasureSettings } from './measure.ts';

export type TableRow = DigestTable['rows'][number];

/** A list of the digest. Adding one is a new file in `tables/` and a line in `registry.ts`. */
export interface TableSource extends Pick<DigestTable, 'id' | 'section' | 'columns'> {
  /** Where a part could not be read, the table has nothing of the project. */
  readonly needs: readonly HistoryPart[];
  /**
   * `worst`: a row belongs to one project; the rows with the largest number in the column `rank` are kept.
   * `sum`: rows with the same first cell are one row, their numbers added up.
   */
  readonly kind: 'worst' | 'sum';
  /** Columns of a `sum` that have the median of the numbers instead. */
  readonly medians?: readonly number[];
  /** Index of the column that rows are ordered by, largest first; null = by the first cell, as in a list of names. */
  readonly rank: number | null;
  /** How many rows are kept. */
  readonly limit: number;
  /** True for figures per person: the table is there only where they are asked for. */
  readonly isAboutPeople?: true;
  /** All rows of a project, in any order. */
  readonly rows: (history: ProjectHistory, span: Span, settings: MeasureSettings) => readonly TableRow[];
}
