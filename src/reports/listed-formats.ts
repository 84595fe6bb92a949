import type { ReportFormat } from './format.ts';
import { jsonNames } from './json-names.ts';
import { lineFormats } from './line-formats.ts';
import { xmlFormats } from './xml-formats.ts';

/**
 * A format in JSON before its reader is loaded: most of all formats are in JSON, and most runs have reports in XML and
 * lists of lines.
 */
export interface DeferredFormat extends Pick<ReportFormat, 'format' | 'wellKnownNames'> {
  readonly syntax: 'deferred-json';
}

/** What a file of a run may be. */
export type ListedFormat = ReportFormat | DeferredFormat;

/** Every report format. */
export const builtInFormats: readonly ListedFormat[] = [
  ...xmlFormats,
  ...Object.entries(jsonNames).map(
    ([format, wellKnownNames]): DeferredFormat => ({ syntax: 'deferred-json', format, wellKnownNames }),
  ),
  ...lineFormats,
];
