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
   * `sum`: rows of several projects with the same first cell are one row, their numbers added up.
   */
  readonly kind: 'worst' | 'sum';
  /** Index of the column that rows are ordered by, largest first. */
  readonly rank: number;
  /** How many rows are kept. */
  readonly limit: number;
  /** All rows of a project, in any order. */
  readonly rows: (history: ProjectHistory, span: Span, settings: MeasureSettings) => readonly TableRow[];
}
