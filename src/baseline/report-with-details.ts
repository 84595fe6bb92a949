import { detailsPartSchema } from './details/details-part.ts';
import { keptReportSchema } from './herald-report.ts';

/** `herald-report.json` with what only a run without a token adds. */
export const heraldReportSchema = keptReportSchema.extend({ details: detailsPartSchema.optional() });
